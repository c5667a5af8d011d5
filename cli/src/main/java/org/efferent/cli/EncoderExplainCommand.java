package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.interpret.Regions;
import org.efferent.decoders.interpret.TemporalGeneralisation;
import org.efferent.decoders.interpret.WindowEdits;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.WindowEdit;
import org.efferent.viz.BarComparison;
import org.efferent.viz.Curves;
import org.efferent.viz.FigureSize;
import org.efferent.viz.HeadSensors;
import org.efferent.viz.MatrixFigure;
import org.efferent.viz.Topography;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code encoder explain}: what an encoder listens to.
 *
 * <p>Longer than 300 lines: a figure after the other, each with its words.
 */
@Command(
    name = "explain",
    description = "Draws what an encoder listens to: regions, sensors, bands, times.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder explain trained/encoder.safetensors trained/data --out explained",
      "",
      "Windows are edited and encoded again, nothing is trained anew: what falls is an upper bound of",
      "what was needed. Noise and shifted windows must land at chance. Nothing is chosen by these figures."
    })
final class EncoderExplainCommand implements Callable<Integer> {
  private static final int MOMENTS = 5;

  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Parameters(index = "0", paramLabel = "ENCODER", description = "An encoder's file.")
  private Path encoder;

  @Parameters(index = "1", paramLabel = "DATA", description = "Folder of a data set.")
  private Path folder;

  @Option(
      names = "--split",
      paramLabel = "validation|test",
      description = "Which examples (default: ${DEFAULT-VALUE}).")
  private String split = "test";

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "At most so many, evenly spread (default: ${DEFAULT-VALUE}).")
  private int most = 1000;

  @Option(
      names = "--stretch",
      paramLabel = "S",
      description = "Length of a stretch of time, seconds (default: ${DEFAULT-VALUE}).")
  private double stretch = 0.1;

  @Option(names = "--seed", description = "Of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "report.html, its pictures and run.json.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  private WindowDataset data;
  private Inference inference;
  private String target;
  private int[] examples;
  private float[] truth;
  private double chance;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  @Override
  public Integer call() {
    EncoderFile file = EncoderFile.read(encoder);
    if (most < 2 || !(stretch > 0)) {
      throw new UsageException(
          "--examples must be 2 or more, --stretch above 0; examples=%d, stretch=%s"
              .formatted(most, stretch));
    }
    try (WindowDataset set = WindowDataset.open(folder);
        Compute compute = device.open(Precision.SINGLE, output);
        Weights weights = file.on(compute)) {
      String wrong = EncoderEncodeCommand.difference(file, set);
      if (!wrong.isEmpty()) {
        throw new InputException(folder + ": " + wrong);
      }
      data = set;
      target = set.targets().keySet().iterator().next();
      examples = chosen(set);
      RunRecord.folder(out, force);
      inference = new Inference(set, file.encoder(), file.input(), weights);
      truth = targets(set);
      chance = 1.0 / Ranks.candidates(set, examples).length;
      ExplainReport report = new ExplainReport(out, "What an encoder listens to");
      draw(report, file);
      finish(report);
    }
    return 0;
  }

  private int[] chosen(WindowDataset set) {
    int[] all =
        switch (split) {
          case "test" -> set.indices(Split.TEST);
          case "validation" -> set.indices(Split.VALIDATION);
          default -> throw new UsageException("--split must be validation or test; split=" + split);
        };
    if (all.length < 2) {
      throw new InputException(
          "%s: has %d examples of split %s; two at least are needed"
              .formatted(folder, all.length, split));
    }
    int n = Math.min(most, all.length);
    return IntStream.range(0, n).map(i -> all[(int) ((long) i * all.length / n)]).toArray();
  }

  private float[] targets(WindowDataset set) {
    int width =
        Math.toIntExact(Arrays.stream(set.targets().get(target)).reduce(1, Math::multiplyExact));
    int[] rows = IntStream.of(examples).map(e -> set.example(e).target()).toArray();
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    set.readTarget(target, rows, rows.length, values);
    return values;
  }

  private double top1(WindowEdit edit) {
    float[] made = inference.encode(examples, edit).values();
    return Ranks.ofExamples(data, target, examples, made).score().top1();
  }

  private void draw(ExplainReport report, EncoderFile file) {
    double whole = top1(WindowEdit.NONE);
    double noise = top1(WindowEdits.noise(seed));
    double shifted = top1(WindowEdits.shifted(data.time() / 2));
    figures.put("top1", whole);
    figures.put("chance", chance);
    figures.put("noise", noise);
    figures.put("shifted", shifted);
    report
        .page()
        .highlight(
            say(whole),
            "of %d examples (%s) have their truth first; guessing reaches %s."
                .formatted(examples.length, split, say(chance)))
        .paragraph(
            "With noise of the same power in every channel it is %s, with windows turned by half of their length %s."
                .formatted(say(noise), say(shifted)));
    SensorLayout layout = data.layouts().isEmpty() ? null : data.layouts().get(0);
    output.note("regions and sensors");
    regions(report, whole, layout);
    sensors(report, layout);
    output.note("frequencies and times");
    bands(report, whole);
    times(report, whole);
    output.note("saliency");
    saliency(report, layout);
    if (data.targets().get(target).length == 1) {
      output.note("temporal generalisation");
      generalisation(report, file);
      similarity(report);
    }
  }

  private void regions(ExplainReport report, double whole, SensorLayout layout) {
    Map<String, boolean[]> regions = Regions.of(data.labels(), layout);
    if (regions.size() < 2) {
      return;
    }
    List<BarComparison.Bar> bars = new ArrayList<>();
    bars.add(new BarComparison.Bar("all sensors", whole));
    Map<String, Object> without = new LinkedHashMap<>();
    Map<String, Object> alone = new LinkedHashMap<>();
    regions.forEach(
        (name, in) -> {
          double removed = top1(WindowEdits.without(in));
          without.put(name, removed);
          bars.add(new BarComparison.Bar("without " + name, removed));
        });
    regions.forEach(
        (name, in) -> {
          boolean[] others = new boolean[in.length];
          for (int c = 0; c < in.length; c++) {
            others[c] = !in[c];
          }
          double only = top1(WindowEdits.without(others));
          alone.put(name, only);
          bars.add(new BarComparison.Bar(name + " alone", only));
        });
    figures.put("withoutRegion", without);
    figures.put("regionAlone", alone);
    report
        .section("Regions", "Sensors of a region are silenced, or all others are.")
        .figure("regions", "Top-1 without a region, and with it alone.", bars(bars));
  }

  private org.efferent.viz.Figure bars(List<BarComparison.Bar> bars) {
    return BarComparison.of(
        "top-1",
        BarComparison.Better.HIGHER,
        bars,
        new BarComparison.Reference(chance, "chance"),
        FigureSize.PAGE.withHeight(110 + 26 * bars.size()));
  }

  private void sensors(ExplainReport report, SensorLayout layout) {
    if (layout == null || layout.placed() < 3) {
      return;
    }
    double all = likeness(WindowEdit.NONE);
    double[] drop = new double[data.channels()];
    for (int c = 0; c < drop.length; c++) {
      boolean[] one = new boolean[drop.length];
      one[c] = true;
      drop[c] = all - likeness(WindowEdits.without(one));
    }
    figures.put("sensorDrop", drop);
    report
        .section("Sensors", "Each sensor is silenced in turn.")
        .figure(
            "sensors",
            "How much the likeness to the truth (mean cosine) falls without a sensor.",
            Topography.of(
                head(layout),
                List.of(new Topography.Map("one sensor silenced", drop)),
                Topography.Options.diverging("fall of the cosine"),
                FigureSize.PAGE.withHeight(300)));
  }

  /** Where the sensors of a layout are on a head. */
  static HeadSensors head(SensorLayout layout) {
    double[] all = layout.positions();
    double[] flat = new double[2 * layout.channels()];
    boolean[] placed = new boolean[layout.channels()];
    for (int c = 0; c < placed.length; c++) {
      placed[c] = layout.valid(c);
      flat[2 * c] = all[c * layout.axes()];
      flat[2 * c + 1] = all[c * layout.axes() + 1];
    }
    return HeadSensors.of(flat, placed);
  }

  /** Mean cosine of embeddings and what they should be. */
  private double likeness(WindowEdit edit) {
    float[] made = inference.encode(examples, edit).values();
    int width = made.length / examples.length;
    double sum = 0;
    for (int i = 0; i < examples.length; i++) {
      double product = 0;
      double a = 0;
      double b = 0;
      for (int d = i * width; d < (i + 1) * width; d++) {
        product += (double) made[d] * truth[d];
        a += (double) made[d] * made[d];
        b += (double) truth[d] * truth[d];
      }
      sum += a > 0 && b > 0 ? product / Math.sqrt(a * b) : 0;
    }
    return sum / examples.length;
  }

  private void bands(ExplainReport report, double whole) {
    Map<String, double[]> bands = new LinkedHashMap<>();
    bands.put("delta, 0 to 4 Hz", new double[] {0, 4});
    bands.put("theta, 4 to 8 Hz", new double[] {4, 8});
    bands.put("alpha, 8 to 13 Hz", new double[] {8, 13});
    bands.put("beta, 13 to 30 Hz", new double[] {13, 30});
    bands.put("gamma, 30 Hz and more", new double[] {30, 1e9});
    List<BarComparison.Bar> bars = new ArrayList<>();
    bars.add(new BarComparison.Bar("all frequencies", whole));
    Map<String, Object> found = new LinkedHashMap<>();
    bands.forEach(
        (name, hz) -> {
          if (hz[0] < data.rateHz() / 2) {
            double only = top1(WindowEdits.band(data.rateHz(), hz[0], hz[1]));
            found.put(name, only);
            bars.add(new BarComparison.Bar(name, only));
          }
        });
    figures.put("bandAlone", found);
    report
        .section(
            "Frequencies",
            "Only one band of each window's spectrum is left; a window of %.1f s tells apart what differs by %.2f Hz."
                .formatted(data.time() / data.rateHz(), data.rateHz() / data.time()))
        .figure("bands", "Top-1 with one band alone.", bars(bars));
  }

  private void times(ExplainReport report, double whole) {
    int samples = Math.max(1, (int) Math.round(stretch * data.rateHz()));
    int n = data.time() / samples;
    if (n < 2) {
      return;
    }
    double[] x = new double[n];
    double[] growing = new double[n];
    double[] sliding = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i + 1) * samples / data.rateHz();
      growing[i] = top1(WindowEdits.during(0, (i + 1) * samples));
      sliding[i] = top1(WindowEdits.during(i * samples, (i + 1) * samples));
    }
    figures.put("windowEndSeconds", x);
    figures.put("growing", growing);
    figures.put("sliding", sliding);
    report
        .section("Times", "Only a stretch of each window is left, the rest is silent.")
        .figure(
            "times",
            "Top-1 with what came until a time, and with the stretch of %.0f ms before it alone; the whole window reaches %s."
                .formatted(1000 * samples / data.rateHz(), say(whole)),
            Curves.of(
                List.of(
                    new Curves.Curve("from the beginning", x, growing),
                    new Curves.Curve("a stretch alone", x, sliding)),
                new Curves.Options(
                    "end of the stretch, from the window's beginning (s)",
                    "top-1",
                    false,
                    new BarComparison.Reference(chance, "chance"),
                    ""),
                FigureSize.PAGE));
  }

  private void saliency(ExplainReport report, SensorLayout layout) {
    double[] map = inference.saliency(examples, truth);
    int time = data.time();
    double[] course = new double[time];
    double[] seconds = new double[time];
    for (int t = 0; t < time; t++) {
      seconds[t] = t / data.rateHz();
      for (int c = 0; c < data.channels(); c++) {
        course[t] += map[c * time + t];
      }
    }
    figures.put("saliency", course);
    report.section(
        "Saliency",
        "The gradient of the likeness to the truth, times the signal: what each sample adds to it, to first order.");
    report.figure(
        "saliency",
        "What the samples of each moment add to the likeness, all sensors together.",
        Curves.of(
            List.of(new Curves.Curve("all sensors", seconds, course)),
            Curves.Options.of("from the window's beginning (s)", "cosine a sample"),
            FigureSize.PAGE));
    if (layout == null || layout.placed() < 3) {
      return;
    }
    List<Topography.Map> maps = new ArrayList<>();
    for (int m = 0; m < MOMENTS; m++) {
      int from = m * time / MOMENTS;
      int to = (m + 1) * time / MOMENTS;
      double[] values = new double[data.channels()];
      for (int c = 0; c < values.length; c++) {
        for (int t = from; t < to; t++) {
          values[c] += map[c * time + t];
        }
      }
      maps.add(
          new Topography.Map(
              String.format(
                  Locale.ROOT,
                  "%.0f to %.0f ms",
                  1000 * from / data.rateHz(),
                  1000 * to / data.rateHz()),
              values));
    }
    report.figure(
        "saliency-maps",
        "What the sensors add to the likeness, by fifths of the window.",
        Topography.of(
            head(layout),
            maps,
            Topography.Options.diverging("cosine"),
            FigureSize.PAGE.withHeight(220)));
  }

  private void generalisation(ExplainReport report, EncoderFile file) {
    int[] training = data.indices(Split.TRAIN);
    int samples = Math.max(1, (int) Math.round(stretch * data.rateHz()));
    if (training.length < 3 || data.time() / samples < 2) {
      return;
    }
    TemporalGeneralisation found =
        TemporalGeneralisation.run(data, target, file.input(), training, examples, samples);
    int n = found.stretches();
    double[][] top5 = new double[n][n];
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        top5[from][to] =
            Ranks.ofExamples(data, target, examples, found.predictions(from, to)).score().top5();
      }
    }
    figures.put("generalisationTop5", Arrays.asList(top5));
    double last = (n - 1) * samples / data.rateHz();
    report
        .section(
            "Temporal generalisation",
            "A ridge regression from one stretch of %.0f ms, tried on every other: a square means a lasting pattern, a diagonal one that moves on."
                .formatted(1000 * samples / data.rateHz()))
        .figure(
            "generalisation",
            "Top-5 of a linear decoder that was trained at one time and tested at another.",
            MatrixFigure.of(
                top5,
                MatrixFigure.Axis.values("trained at (s)", 0, last),
                MatrixFigure.Axis.values("tested at (s)", 0, last),
                MatrixFigure.Options.around("top-5", Math.min(1, 5 * chance), "chance"),
                FigureSize.PAGE.withHeight(420)));
  }

  private void similarity(ExplainReport report) {
    float[] made = inference.encode(examples).values();
    RepresentationalSimilarity found = RepresentationalSimilarity.of(data, examples, made, truth);
    figures.put("representationalSimilarity", found.spearman());
    report.section(
        "Representational similarity",
        "Cosine distances between all pairs of %d stimuli, among embeddings and among targets: their ranks correlate by %s (Spearman)."
            .formatted(found.stimuli(), say(found.spearman())));
    if (found.stimuli() <= 400) {
      MatrixFigure.Axis axis = MatrixFigure.Axis.values("stimulus", 1, found.stimuli());
      FigureSize size = FigureSize.PAGE.withHeight(420);
      report.figure(
          "similarity-embeddings",
          "Distances of embeddings, averaged over each stimulus.",
          MatrixFigure.of(
              found.embeddings(), axis, axis, MatrixFigure.Options.of("1 − cosine"), size));
      report.figure(
          "similarity-targets",
          "Distances of the targets, in the same order.",
          MatrixFigure.of(
              found.targets(), axis, axis, MatrixFigure.Options.of("1 − cosine"), size));
    }
  }

  private void finish(ExplainReport report) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Version", Versions.program());
    facts.put("Encoder", encoder.toString());
    facts.put("Data", folder + ", " + data.hash());
    facts.put("Seed", Long.toString(seed));
    report.write(facts);
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("encoder", encoder.toString());
    configuration.put("data", folder.toString());
    configuration.put("split", split);
    configuration.put("examples", examples.length);
    configuration.put("stretch", stretch);
    RunRecord record = new RunRecord("encoder explain", configuration, seed);
    record.input(encoder);
    record.input(folder.getFileName() + "/", data.hash());
    record.figures(figures);
    record.write(out.resolve("run.json"), true);
    output.text(
        "top-1 %s, chance %s, with noise %s",
        say(figures.get("top1")), say(chance), say(figures.get("noise")));
    output.text("wrote %s", out.resolve("report.html"));
    Map<String, Object> result = new LinkedHashMap<>(figures);
    result.put("pictures", report.pictures());
    output.result(result);
  }

  private static String say(Object value) {
    return String.format(Locale.ROOT, "%.3f", (Double) value);
  }
}
