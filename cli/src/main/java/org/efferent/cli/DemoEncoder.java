package org.efferent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.evaluate.LinearBaseline;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.Ranks;
import org.efferent.decoders.train.Trainer;
import org.efferent.decoders.train.TrainingConfig;
import org.efferent.decoders.train.TrainingListener;
import org.efferent.viz.BarComparison;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.Topography;

/**
 * The second stop of the tour: an encoder learns which of some pictures a simulated person sees,
 * and what it decodes is drawn. Some seconds on one thread, so that a seed gives the same figures
 * everywhere.
 */
final class DemoEncoder {
  private static final int MOMENTS = 4;
  private static final int TRAIN = 60;
  private static final int VALIDATION = 12;
  private static final int TEST = 20;

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private Figure comparison;
  private Figure maps;
  private Figure drawing;

  private DemoEncoder() {}

  /**
   * Simulates, trains, evaluates.
   *
   * @param seed of everything
   */
  static DemoEncoder run(long seed) {
    Path folder;
    try {
      folder = Files.createTempDirectory("efferent-demo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      DemoEncoder made = new DemoEncoder();
      DemoPictures pictures =
          DemoPictures.make(folder, seed, 4 * (TRAIN + VALIDATION), TEST).orElse(null);
      TrainingConfig config = TrainingConfig.of(configuration(seed, pictures != null), "demo");
      made.train(folder, config, pictures);
      return made;
    } finally {
      delete(folder);
    }
  }

  private static Map<String, Object> configuration(long seed, boolean drawn) {
    Map<String, Object> simulated = new LinkedHashMap<>();
    simulated.put("kind", "images");
    simulated.put("channels", 32);
    simulated.put("train", TRAIN);
    simulated.put("validation", VALIDATION);
    simulated.put("test", TEST);
    simulated.put("snrDb", drawn ? -14.0 : -4.0);
    if (drawn) {
      simulated.put("targets", DemoPictures.LATENTS);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seed", (int) (seed & 0x7fffffff));
    all.put("data", Map.of("simulated", simulated));
    all.put("encoder", Map.of("architecture", "projection-mlp"));
    all.put("loss", Map.of("kind", drawn ? "mse" : "symmetric InfoNCE"));
    all.put("optimiser", Map.of("learningRate", 1e-3));
    all.put("training", Map.of("batch", 32, "epochs", 10, "distinctTargets", true));
    return all;
  }

  private void train(Path folder, TrainingConfig config, DemoPictures pictures) {
    Path data = folder.resolve("data");
    SimulatedData.of(config.data().map("simulated"), folder).write(data);
    try (WindowDataset of = WindowDataset.open(data);
        Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE))) {
      Encoder encoder = config.encoder(of);
      Trainer trainer =
          new Trainer(
              compute,
              of,
              encoder,
              config.objective(),
              config.options(),
              Map.of(),
              new TrainingListener() {});
      Trainer.Result result = trainer.run(folder.resolve("trained"), null, null, false);
      EncoderFile trained = EncoderFile.read(result.encoder());
      try (Weights weights = trained.on(compute)) {
        float[] made = evaluate(config.target(of), of, trained, weights);
        if (pictures != null) {
          int[] test = of.indices(Split.TEST);
          drawing =
              pictures.draw(
                  java.util.Arrays.stream(test).map(e -> of.example(e).target()).toArray(), made);
          figures.put("drawn", pictures.figures());
        }
      }
    }
  }

  private float[] evaluate(String target, WindowDataset of, EncoderFile trained, Weights weights) {
    int[] test = of.indices(Split.TEST);
    Inference inference = new Inference(of, trained.encoder(), trained.input(), weights);
    float[] made = inference.encode(test).values();
    LinearBaseline ridge = LinearBaseline.fit(of, target, trained.input(), LinearBaseline.ALL);
    float[] linear = new float[test.length * ridge.width()];
    ridge.predict(test, linear);
    double encoder = Ranks.ofExamples(of, target, test, made).score().top1();
    double regression = Ranks.ofExamples(of, target, test, linear).score().top1();
    int candidates = Ranks.candidates(of, test).length;
    figures.put("queries", test.length);
    figures.put("candidates", candidates);
    figures.put("encoderTop1", encoder);
    figures.put("ridgeTop1", regression);
    figures.put("chance", 1.0 / candidates);
    comparison =
        BarComparison.of(
            "right image first",
            BarComparison.Better.HIGHER,
            List.of(
                new BarComparison.Bar("encoder", encoder),
                new BarComparison.Bar("ridge regression", regression)),
            new BarComparison.Reference(1.0 / candidates, "chance"),
            FigureSize.SCREEN.withHeight(240));
    maps = maps(of, target, test, inference);
    return made;
  }

  private static Figure maps(WindowDataset of, String target, int[] test, Inference inference) {
    int[] rows = java.util.Arrays.stream(test).map(e -> of.example(e).target()).toArray();
    float[] truth = new float[rows.length * (int) of.targets().get(target)[0]];
    of.readTarget(target, rows, rows.length, truth);
    double[] saliency = inference.saliency(test, truth);
    SensorLayout layout = of.layouts().get(0);
    List<Topography.Map> moments = new ArrayList<>();
    for (int m = 0; m < MOMENTS; m++) {
      int from = m * of.time() / MOMENTS;
      int to = (m + 1) * of.time() / MOMENTS;
      double[] values = new double[of.channels()];
      for (int c = 0; c < values.length; c++) {
        for (int t = from; t < to; t++) {
          values[c] += saliency[c * of.time() + t];
        }
      }
      moments.add(
          new Topography.Map(
              String.format(
                  Locale.ROOT,
                  "%.0f to %.0f ms",
                  1000 * from / of.rateHz(),
                  1000 * to / of.rateHz()),
              values));
    }
    return Topography.of(
        EncoderExplainCommand.head(layout),
        moments,
        Topography.Options.diverging("cosine"),
        FigureSize.SCREEN.withHeight(300));
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of it, as plain values. */
  Map<String, Object> figures() {
    return figures;
  }

  /** The encoder beside ridge regression and chance. */
  Figure comparison() {
    return comparison;
  }

  /** What each sensor adds, by quarters of the window. */
  Figure maps() {
    return maps;
  }

  /** What was seen beside what was drawn; null where the small generator is not at hand. */
  Figure drawing() {
    return drawing;
  }
}
