package org.efferent.data.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The long hunt, started by {@code .ci/fuzz}: prints a table, a line a format; the exit status is 1
 * if there is a defect, 2 if the command is wrong.
 */
public final class FuzzJob {
  private static final int MOST_DEFECTS = 20;
  private static final int MOST_FRAMES = 12;

  private FuzzJob() {}

  /**
   * Runs.
   *
   * @param args {@code [--cases N] [--first N] [--huge N] [--list] [FORMAT...]}
   */
  public static void main(String[] args) throws IOException {
    long cases = 100_000;
    long first = 0;
    long huge = 20;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--cases" -> cases = Long.parseLong(args[++i]);
        case "--first" -> first = Long.parseLong(args[++i]);
        case "--huge" -> huge = Long.parseLong(args[++i]);
        case "--list" -> {
          FuzzTargets.all().forEach(t -> System.out.println(t.name()));
          return;
        }
        default -> names.add(args[i]);
      }
    }
    List<FuzzTarget> all = FuzzTargets.all();
    List<String> known = all.stream().map(FuzzTarget::name).toList();
    if (!known.containsAll(names)) {
      System.err.println("fuzz: a format is one of " + known + "; formats=" + names);
      System.exit(2);
    }
    List<FuzzTarget> targets =
        all.stream().filter(t -> names.isEmpty() || names.contains(t.name())).toList();
    System.exit(run(targets, first, cases, huge) ? 0 : 1);
  }

  private static boolean run(List<FuzzTarget> targets, long first, long cases, long huge)
      throws IOException {
    System.out.println(FuzzResult.HEAD);
    File temporaries = new File(System.getProperty("java.io.tmpdir"));
    boolean sound = true;
    for (FuzzTarget target : targets) {
      // Beside the folder of temporary files, which is watched.
      Path folder =
          Files.createTempDirectory(
              temporaries.getAbsoluteFile().getParentFile().toPath(), "fuzz-" + target.name());
      FuzzResult result =
          new FuzzRun(target, folder, temporaries, MOST_DEFECTS).run(first, cases, huge);
      System.out.println(result.row());
      for (FuzzResult.Defect defect : result.found()) {
        sound = false;
        tell(defect);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
    return sound;
  }

  /** What a damaged file says may be long and unfit for a terminal. */
  private static void tell(FuzzResult.Defect defect) {
    System.err.println(printable(defect.message()));
    for (Throwable cause = defect.cause(); cause != null; cause = cause.getCause()) {
      System.err.println("  " + printable(cause.toString()));
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
        System.err.println("    at " + frames[i]);
      }
    }
  }

  private static String printable(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() > 300 ? plain.substring(0, 300) + " and so on" : plain;
  }
}
