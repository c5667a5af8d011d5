package org.efferent.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What growth costs: time and peak memory by channels, recordings, candidates and parameters, each
 * point in a process of its own ({@link ScalePoint}). Writes scale.json, scale.csv, figures and
 * SCALE.md ({@link ScalePage}). {@code benchmarks/scale} calls this.
 */
public final class ScaleBenchmark {
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.Ee+-]+)");

  private final Path out;
  private final boolean quick;
  private final String launcher;
  private final List<Map<String, Object>> curves = new ArrayList<>();
  private final Map<String, Object> skipped = new LinkedHashMap<>();

  private ScaleBenchmark(Path out, boolean quick, String launcher) {
    this.out = out;
    this.quick = quick;
    this.launcher = launcher;
  }

  /**
   * Runs all curves.
   *
   * @param args folder; {@code full}, {@code quick} or {@code page} (of the scale.json that is
   *     there); the launcher of the command
   * @throws IOException if a point fails or the disk refuses
   * @throws InterruptedException if it is asked to stop
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path out = Files.createDirectories(Path.of(args[0]));
    if (!args[1].equals("page")) {
      ScaleBenchmark benchmark = new ScaleBenchmark(out, args[1].equals("quick"), args[2]);
      Map<String, Object> json = benchmark.run();
      Files.writeString(
          out.resolve("scale.json"),
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
              + "\n");
    }
    ScalePage page = ScalePage.read(out.resolve("scale.json"));
    Files.writeString(out.resolve("scale.csv"), page.csv());
    page.figures(out);
    Files.writeString(out.resolve("SCALE.md"), page.markdown());
  }

  private Map<String, Object> run() throws IOException, InterruptedException {
    double load = load();
    long begin = System.nanoTime();
    int[] channels =
        quick ? new int[] {8, 32, 128} : new int[] {8, 16, 32, 64, 128, 256, 512, 1024};
    curve("channels", "channels", channels, n -> List.of("channels", "" + n, quick ? "5" : "20"));
    recordings(quick ? new int[] {2, 4} : new int[] {4, 8, 16, 32, 64});
    int[] narrow = quick ? new int[] {1_000, 10_000, 100_000} : powers(1_000, 10_000_000);
    int[] wide = quick ? new int[] {1_000, 10_000} : powers(1_000, 1_000_000);
    exact(narrow, 128);
    exact(wide, 768);
    int[] nodes =
        quick
            ? new int[] {1_000, 3_000}
            : new int[] {1_000, 3_000, 10_000, 30_000, 100_000, 300_000};
    graph(nodes, 128);
    graph(quick ? nodes : Arrays.copyOf(nodes, 5), 768);
    int[] widths = quick ? new int[] {21, 165} : new int[] {21, 165, 820, 2_970, 9_800};
    curve("encoders", "parameters", widths, n -> List.of("encoder", "" + n));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    json.put("java", System.getProperty("java.version"));
    json.put(
        "machine",
        "%s %s, %d cores"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    json.put("quick", quick);
    json.put("loadBefore", load);
    json.put("loadAfter", load());
    json.put("seconds", (System.nanoTime() - begin) / 1e9);
    json.put("curves", curves);
    json.put("skipped", skipped);
    return json;
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static int[] powers(int from, int to) {
    List<Integer> all = new ArrayList<>();
    for (long n = from; n <= to; n *= 10) {
      all.add((int) n);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private void exact(int[] rows, int width) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(out.resolve("work"));
    curve(
        "exact-" + width,
        "candidates",
        rows,
        n -> List.of("exact", folder.toString(), "" + n, "" + width));
    Files.deleteIfExists(folder.resolve("exact.index"));
  }

  private void graph(int[] rows, int width) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(out.resolve("work"));
    curve(
        "hnsw-" + width,
        "candidates",
        rows,
        n -> List.of("graph", folder.toString(), "" + n, "" + width));
    Files.deleteIfExists(folder.resolve("graph.index"));
  }

  /** The words of a point. */
  @FunctionalInterface
  private interface Words {
    List<String> of(int n);
  }

  private void curve(String name, String x, int[] values, Words words)
      throws IOException, InterruptedException {
    List<Double> xs = new ArrayList<>();
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (int n : values) {
      Map<String, Double> point;
      try {
        point = point(words.of(n));
      } catch (IOException e) {
        // The machine's limit, as a rule; what is larger would not do either.
        skipped.put(name + " from " + n + " " + x, e.getMessage());
        break;
      }
      Double size = point.remove("encoderSize"); // of an encoder, what its width amounts to
      xs.add(size == null ? n : size);
      point.forEach((k, v) -> figures.computeIfAbsent(k, w -> new ArrayList<>()).add(v));
      System.err.printf("%s %d: %s%n", name, n, point);
    }
    if (xs.size() > 1) {
      add(name, x, xs, figures);
    }
  }

  private void add(String name, String x, List<Double> xs, Map<String, List<Double>> figures) {
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("name", name);
    curve.put("x", x);
    curve.put("values", xs);
    Map<String, Object> all = new LinkedHashMap<>();
    figures.forEach(
        (what, ys) -> {
          GrowthLaw law = GrowthLaw.of(array(xs), array(ys));
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("values", ys);
          one.put("fixed", law.fixed());
          one.put("factor", law.factor());
          one.put("slope", law.slope());
          one.put("error", law.error());
          all.put(what, one);
        });
    curve.put("figures", all);
    curves.add(curve);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Map<String, Double> point(List<String> words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                ScalePoint.class.getName()));
    command.addAll(words);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line : lines(command)) {
      String[] pair = line.split(" ", 2);
      figures.put(pair[0], Double.valueOf(pair[1]));
    }
    return figures;
  }

  private static List<String> lines(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("its program ended with status " + process.exitValue());
    }
    return lines;
  }

  /** Simulated participants, two runs of a minute each, through {@code cohort} on one core. */
  private void recordings(int[] counts) throws InterruptedException {
    List<Double> xs = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    try {
      for (int n : counts) {
        String at = out.resolve("work").resolve("cohort" + n).toString();
        if (!Files.exists(Path.of(at))) {
          lines(
              List.of(
                  launcher,
                  "simulate",
                  "cohort",
                  "--participants",
                  "" + n / 2,
                  "--runs",
                  "2",
                  "--seconds",
                  "60",
                  "--channels",
                  "64",
                  "--rate",
                  "250",
                  "--out",
                  at));
        }
        List<String> said =
            lines(
                List.of(
                    launcher,
                    "cohort",
                    "--master",
                    "local[1]",
                    "--recordings",
                    at,
                    "--task",
                    "imagery",
                    "--out",
                    at + "-results",
                    "--json"));
        Matcher found = SECONDS.matcher(String.join("", said));
        if (!found.find()) {
          throw new IOException("cohort said no seconds");
        }
        xs.add((double) n);
        seconds.add(Double.valueOf(found.group(1)));
      }
      add("recordings", "recordings", xs, Map.of("imagery", seconds));
    } catch (IOException e) {
      skipped.put(
          "recordings",
          "efferent cohort did not run here: " + e.getMessage().replaceFirst(":.*", ""));
    }
  }
}
