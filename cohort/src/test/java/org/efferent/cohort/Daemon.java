package org.efferent.cohort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program beside the test: a master, a worker, a driver. Its output is read on a thread. */
final class Daemon implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private Daemon(Process process) {
    this.process = process;
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a program.
   *
   * @param home of Spark; its folder {@code work} is the workers'
   * @param quiet whether the tests' settings of logging count, so that Spark says nothing
   * @param words main class and arguments
   */
  static Daemon start(Path home, boolean quiet, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        Arrays.asList(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-Xmx600m");
    command.add("-cp");
    command.add(classPath(quiet));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new Daemon(builder.start());
  }

  private static String classPath(boolean quiet) {
    List<String> kept = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (quiet || !entry.endsWith("test-classes")) {
        kept.add(entry);
      }
    }
    return String.join(File.pathSeparator, kept);
  }

  /** Waits for a line and gives its first group; what is said later is thrown away. */
  String await(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher.groupCount() == 0 ? line : matcher.group(1);
      }
      all.append(line).append('\n');
    }
    throw new IllegalStateException("it ended without saying " + pattern + ":\n" + all);
  }

  /** Reads on, so that it never waits for somebody to listen. */
  Daemon drain() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (said.readLine() != null) {
                  // thrown away
                }
              } catch (IOException e) {
                // it is gone
              }
            },
            "drain");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Kills it and what it started, at once. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
