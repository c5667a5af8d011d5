package org.efferent.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** The person at the keyboard, if there is one; passed in, so that tests can answer. */
interface UserTerminal {
  /** Whether somebody sees what is printed and can answer. */
  boolean present();

  /**
   * Asks a question.
   *
   * @param question shown as it is
   * @return one line; empty if there was none
   */
  String ask(String question);

  /** This process's terminal. */
  UserTerminal SYSTEM =
      new UserTerminal() {
        @Override
        @SuppressWarnings("SystemConsoleNull") // that newer versions differ is dealt with below
        public boolean present() {
          Console console = System.console();
          if (console == null || Runtime.version().feature() < 22) {
            return console != null;
          }
          // From Java 22 on there may be a console without a terminal, and a method that tells.
          try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
          } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return false;
          }
        }

        @Override
        @SuppressWarnings("SystemConsoleNull") // asked only where present() said yes
        public String ask(String question) {
          Console console = System.console();
          String line = console == null ? null : console.readLine("%s", question);
          return line == null ? "" : line.strip();
        }
      };
}
