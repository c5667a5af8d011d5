package org.efferent.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.viz.Curves;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;

/**
 * docs/SCALE.md, its figures and its table out of scale.json; the same JSON gives the same page.
 */
final class ScalePage {
  private static final double HOURS = 10_000;
  private static final double CANDIDATES = 1e8;
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("preprocess", "band-pass, notch, windows: s a second of signal"),
          Map.entry("encode", "TSConv, one window of 1 s: s"),
          Map.entry("both", "both: s a second of signal"),
          Map.entry("heap", "live heap when the work is closed: bytes"),
          Map.entry("peak", "peak resident memory: bytes"),
          Map.entry("query", "single query: s"),
          Map.entry("queryBatch", "query in a batch of 32: s"),
          Map.entry("build", "building the graph: s"),
          Map.entry("file", "file: bytes"),
          Map.entry("forward", "one window: s"),
          Map.entry("train", "training step of 32: s"),
          Map.entry("imagery", "cohort, task imagery: s"));

  private final JsonNode root;

  private ScalePage(JsonNode root) {
    this.root = root;
  }

  static ScalePage read(Path json) throws IOException {
    return new ScalePage(new ObjectMapper().readTree(Files.readString(json)));
  }

  String csv() {
    StringBuilder text = new StringBuilder("curve,x,value,figure,measured,fit\n");
    for (JsonNode curve : root.path("curves")) {
      curve
          .path("figures")
          .properties()
          .forEach(
              f -> {
                for (int i = 0; i < curve.path("values").size(); i++) {
                  double x = curve.path("values").path(i).doubleValue();
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "%s,%s,%.9g,%s,%.9g,%.9g%n",
                          curve.path("name").textValue(),
                          curve.path("x").textValue(),
                          x,
                          f.getKey(),
                          f.getValue().path("values").path(i).doubleValue(),
                          law(curve, f.getValue()).at(x)));
                }
              });
    }
    return text.toString();
  }

  private static GrowthLaw law(JsonNode curve, JsonNode figure) {
    return GrowthLaw.of(doubles(curve.path("values")), doubles(figure.path("values")));
  }

  /** Time and memory of each curve over its x, both logarithmic. */
  void figures(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (JsonNode curve : root.path("curves")) {
      String name = curve.path("name").textValue();
      draw(curve, false, folder.resolve(picture(name, "time")));
      draw(curve, true, folder.resolve(picture(name, "memory")));
    }
  }

  private static String picture(String curve, String what) {
    return "images/scale-%s-%s.png".formatted(curve, what);
  }

  private static boolean memory(String what) {
    return what.equals("heap") || what.equals("peak") || what.equals("file");
  }

  private static void draw(JsonNode curve, boolean memory, Path file) {
    List<Curves.Curve> lines = new ArrayList<>();
    double[] x = doubles(curve.path("values"));
    curve
        .path("figures")
        .properties()
        .forEach(
            f -> {
              if (memory(f.getKey()) == memory && !f.getKey().equals("heap")) {
                double unit = memory ? 1e6 : 1;
                GrowthLaw law = law(curve, f.getValue());
                lines.add(
                    new Curves.Curve(
                            WORDS.get(f.getKey()).replaceAll(": (s|bytes)$", ""),
                            x,
                            Arrays.stream(doubles(f.getValue().path("values")))
                                .map(v -> v / unit)
                                .toArray())
                        .withTrend(at -> law.at(at) / unit));
              }
            });
    if (!lines.isEmpty()) {
      Curves.of(
              lines,
              Curves.Options.logarithmic(
                  curve.path("x").textValue(), memory ? "megabytes" : "seconds"),
              FigureSize.SCREEN)
          .writePng(file, 1, IfExists.REPLACE);
    }
  }

  private static double[] doubles(JsonNode values) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.path(i).doubleValue();
    }
    return out;
  }

  String markdown() {
    StringBuilder text =
        new StringBuilder("# What growth costs\n\n```\nbenchmarks/scale OUT\n```\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Written by that script from its `scale.json`. %s, Java %s, %s, load %.1f before and %.1f after, %.0f s%s. Every point ran in a JVM of its own (heap at most 2 GB; seed 1, noise; encoders on one thread, retrieval on two); peak is the largest resident set, pages of mapped files in it. Each curve is fitted by `y = c + a · x^b`, least squares of the logarithms; c, what nothing costs already, stands where there are five points or more and it takes a third off the squared error (of the logarithms) and what is left grows. The last column is the largest relative error of the fit at a measured point: where it is large the law is a poor summary, and the points count.\n",
            root.path("date").textValue(),
            root.path("java").textValue(),
            root.path("machine").textValue(),
            root.path("loadBefore").doubleValue(),
            root.path("loadAfter").doubleValue(),
            root.path("seconds").doubleValue(),
            root.path("quick").booleanValue() ? "; **preliminary: a quick run**" : ""));
    root.path("curves").forEach(curve -> section(text, curve));
    root.path("skipped")
        .properties()
        .forEach(
            s ->
                text.append(
                    "\n## By %s\n\nLeft out: %s\n"
                        .formatted(s.getKey(), s.getValue().textValue())));
    extrapolation(text);
    return text.toString();
  }

  private static void section(StringBuilder text, JsonNode curve) {
    String x = curve.path("x").textValue();
    text.append("\n## By %s (%s)\n\n| %s |".formatted(x, curve.path("name").textValue(), x));
    double[] values = doubles(curve.path("values"));
    for (double v : values) {
      text.append(String.format(Locale.ROOT, " %,.0f |", v));
    }
    text.append(" c | b | largest error |\n")
        .append("|---".repeat(values.length + 4))
        .append("|\n");
    curve
        .path("figures")
        .properties()
        .forEach(
            f -> {
              if (f.getKey().equals("heap")) {
                return; // the same at every point; scale.json has it
              }
              text.append("| ").append(WORDS.getOrDefault(f.getKey(), f.getKey())).append(" |");
              for (double y : doubles(f.getValue().path("values"))) {
                text.append(' ').append(say(y)).append(" |");
              }
              GrowthLaw law = law(curve, f.getValue());
              text.append(
                  String.format(
                      Locale.ROOT,
                      " %s | %.2f | %.0f %% |%n",
                      law.fixed() == 0 ? "–" : say(law.fixed()),
                      law.slope(),
                      100 * law.error()));
            });
    text.append(
        "\n![Time by %s, measured points and fitted laws](%s)\n"
            .formatted(x, picture(curve.path("name").textValue(), "time")));
  }

  private JsonNode curve(String name) {
    for (JsonNode curve : root.path("curves")) {
      if (curve.path("name").textValue().equals(name)) {
        return curve;
      }
    }
    throw new IllegalStateException("no such curve: " + name);
  }

  /** In proportion from the largest point: what is read whole, or grows with its logarithm more. */
  private double proportional(String name, String figure) {
    double[] x = doubles(curve(name).path("values"));
    double[] y = doubles(curve(name).path("figures").path(figure).path("values"));
    return y[y.length - 1] * (CANDIDATES / x[x.length - 1]);
  }

  /** Of the three largest points alone: what is small hides the growth behind fixed costs. */
  private GrowthLaw law(String name, String figure) {
    double[] x = doubles(curve(name).path("values"));
    double[] y = doubles(curve(name).path("figures").path(figure).path("values"));
    int from = Math.max(0, x.length - 3);
    return GrowthLaw.power(
        Arrays.copyOfRange(x, from, x.length), Arrays.copyOfRange(y, from, y.length));
  }

  /** At 64 channels as it was measured; a quick run did not, and its law must do. */
  private double at64(String figure) {
    JsonNode curve = root.path("curves").path(0);
    JsonNode one = curve.path("figures").path(figure);
    double[] channels = doubles(curve.path("values"));
    for (int i = 0; i < channels.length; i++) {
      if (channels[i] == 64) {
        return one.path("values").path(i).doubleValue();
      }
    }
    return law(curve, one).at(64);
  }

  private void extrapolation(StringBuilder text) {
    double seconds = HOURS * 3600;
    double samples = seconds * 64 * 250;
    double preprocess = at64("preprocess") * HOURS;
    double encode = at64("encode") * HOURS;
    text.append(
        String.format(
            Locale.ROOT,
            "%n## 10,000 hours of 64 channels at 250 Hz%n%nAssumed: cost grows in proportion to hours (each window by itself), the time at 64 channels%s, cores that do not hinder one another, reading and writing not counted.%n%n| what | value |%n|---|---|%n| samples | %.3g |%n| storage, EDF (2 bytes) | %.2f TB |%n| storage, single precision | %.2f TB |%n| band-pass, notch, windows | %.1f core-hours |%n| encoding every second, TSConv | %.1f core-hours |%n| cores to do both in a day | %.2f |%n",
            root.path("quick").booleanValue() ? " by the fitted law" : " as measured",
            samples,
            samples * 2 / 1e12,
            samples * 4 / 1e12,
            preprocess,
            encode,
            (preprocess + encode) / 24));
    if (root.path("quick").booleanValue()) {
      text.append(
          "\n## 100 million candidates\n\nNot extrapolated: a quick run stops at 100,000, where fixed costs rule.\n");
      return;
    }
    text.append(
        "\n## 100 million candidates\n\nAssumed: all but the graph's query grows in proportion from the largest point that was measured (fixed costs in it make that too much rather than too little, logarithms in a graph's build too little); the graph's query follows the law of its three largest points; the vectors lie in memory. From a disk of 1 GB/s a scan takes at least the last line.\n\n| what | 128 numbers | 768 numbers |\n|---|---|---|\n");
    row(text, "vectors, GB", w -> CANDIDATES * w * 4 / 1e9);
    row(text, "exact, a single query, s", w -> proportional("exact-" + w, "query"));
    row(text, "exact, a query in a batch, s", w -> proportional("exact-" + w, "queryBatch"));
    row(text, "graph, build, hours", w -> proportional("hnsw-" + w, "build") / 3600);
    row(text, "graph, file, GB", w -> proportional("hnsw-" + w, "file") / 1e9);
    row(text, "graph, peak memory of the build, GB", w -> proportional("hnsw-" + w, "peak") / 1e9);
    row(text, "graph, a single query, s", w -> law("hnsw-" + w, "query").at(CANDIDATES));
    row(text, "one pass over a disk of 1 GB/s, s", w -> CANDIDATES * w * 4 / 1e9);
  }

  /** A figure of embeddings of a width. */
  @FunctionalInterface
  private interface OfWidth {
    double at(int width);
  }

  private static void row(StringBuilder text, String what, OfWidth figure) {
    text.append("| %s | %s | %s |%n".formatted(what, say(figure.at(128)), say(figure.at(768))));
  }

  private static String say(double v) {
    return v != 0 && (Math.abs(v) < 1e-2 || Math.abs(v) >= 1e5)
        ? String.format(Locale.ROOT, "%.2e", v)
        : String.format(Locale.ROOT, "%.3g", v);
  }
}
