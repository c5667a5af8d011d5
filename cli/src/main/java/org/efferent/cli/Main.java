package org.efferent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the program starts; the exit status is that of {@link EfferentCommand#run}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process.
   *
   * @param args the words after {@code efferent}
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    // The launcher's way of touching the classes that a class-data archive should hold.
    boolean warmUp = args.length == 1 && args[0].equals("warm-up");
    String[][] calls =
        warmUp
            ? new String[][] {{"--help"}, {"cursor", "evaluate", "--help"}, {"doctor", "--json"}}
            : new String[][] {args};
    int status = 0;
    for (String[] call : calls) {
      status = EfferentCommand.run(Arrays.asList(call), out, err);
    }
    out.flush();
    err.flush();
    if (status != 0 || !"cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      System.exit(status);
    } // else a driver inside the cluster: an exit before it says that it is done counts as a
    // failure
  }
}
