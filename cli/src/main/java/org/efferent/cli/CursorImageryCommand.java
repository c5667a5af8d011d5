package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.efferent.cohort.recordings.ImageryRecordings;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.efferent.filters.features.Band;
import org.efferent.filters.features.BinOptions;
import org.efferent.filters.features.ClassScore;
import org.efferent.filters.features.FeatureFile;
import org.efferent.filters.features.FeatureStream;
import org.efferent.filters.features.ImageryModel;
import org.efferent.filters.features.ImageryOptions;
import org.efferent.filters.features.Trials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code cursor imagery}: imagined movements in EEG, learned from some recordings, scored on
 * others.
 */
@Command(
    name = "imagery",
    description =
        "Learns to tell imagined movements apart from EEG recordings and scores it on others.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor imagery --train S001R03.edf S001R07.edf --test S001R04.edf S001R08.edf",
      "  efferent cursor imagery --train S001R04.edf S001R08.edf --leave-one-run-out",
      "",
      "Common spatial patterns and a discriminant with shrinkage, all causal. Classes named left, right,",
      "both and feet steer a cursor. The interval is Clopper and Pearson's, of 95 %%."
    })
final class CursorImageryCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--train",
      paramLabel = "RECORDING",
      arity = "1..*",
      required = true,
      description = "Recordings with cues as markers that it learns from.")
  private List<Path> train;

  @Option(
      names = "--test",
      paramLabel = "RECORDING",
      arity = "1..*",
      description = "Recordings that it is scored on.")
  private List<Path> test = List.of();

  @Option(
      names = "--leave-one-run-out",
      description = "Score each recording of --train by what is learned from the others, too.")
  private boolean leaveOneRunOut;

  @Option(
      names = "--classes",
      paramLabel = "CLASS=MARKER,…",
      description =
          "What the markers mean (default: left=T1,right=T2): once for all recordings, or as often as"
              + " there are recordings, in their order, those of --train first.")
  private List<String> classes = List.of("left=T1,right=T2");

  @Option(
      names = "--band",
      paramLabel = "LOW:HIGH",
      description = "Band of the rhythms in Hz (default: ${DEFAULT-VALUE}).")
  private String band = "8:30";

  @Option(
      names = "--trial",
      paramLabel = "FROM:TO",
      description = "Seconds after the cue that are looked at (default: ${DEFAULT-VALUE}).")
  private String trial = "0.5:2.5";

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs of spatial filters (default: ${DEFAULT-VALUE}).")
  private int pairs = ImageryOptions.DEFAULTS.pairs();

  @Option(
      names = "--window",
      paramLabel = "S",
      description = "Window of the power when bins are decoded (default: ${DEFAULT-VALUE}).")
  private double window = ImageryOptions.DEFAULTS.windowSeconds();

  @Option(
      names = "--bin-seconds",
      paramLabel = "S",
      description = "Length of a bin (default: ${DEFAULT-VALUE}).")
  private double binSeconds = 0.1;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Save what is learned from all of --train.")
  private Path save;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write run.json: configuration, hashes of the recordings, figures.")
  private Path out;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    if (test.isEmpty() && !leaveOneRunOut && save == null) {
      throw new UsageException(
          "say what to do with what is learned: --test, --leave-one-run-out or --save");
    }
    if (leaveOneRunOut && train.size() < 2) {
      throw new UsageException(
          "--leave-one-run-out needs at least two recordings in --train; recordings="
              + train.size());
    }
    ImageryOptions options = options();
    if (save != null) {
      RunRecord.refuseExisting(save, force);
    }
    if (out != null) {
      RunRecord.folder(out, force);
    }
    List<ImageryRecordings.Run> runs = open(options);
    List<ImageryRecordings.Run> learned = runs.subList(0, train.size());
    List<ImageryRecordings.Run> tested = runs.subList(train.size(), runs.size());
    List<ImageryResult> results = new ArrayList<>();
    if (leaveOneRunOut) {
      results.add(leaveOneRunOut(learned, options));
    }
    if (!tested.isEmpty() || save != null) {
      ImageryModel model = ImageryModel.fit(trials(learned), options);
      if (!tested.isEmpty()) {
        ClassScore score = new ClassScore(model.classes().size());
        ClassScore bins = new ClassScore(model.classes().size());
        tested.forEach(run -> score(model, run, score, bins));
        results.add(new ImageryResult("test", names(learned), names(tested), score, bins));
      }
      if (save != null) {
        FeatureFile.save(model, save, force);
        output.note("wrote %s", save);
      }
    }
    report(runs, learned, results);
    return 0;
  }

  private ImageryOptions options() {
    double[] corners = pair("--band", band);
    double[] times = pair("--trial", trial);
    return new ImageryOptions(
        new Band(corners[0], corners[1]),
        ImageryOptions.DEFAULTS.order(),
        times[0],
        times[1],
        pairs,
        window);
  }

  /** {@code A:B}, two numbers. */
  static double[] pair(String option, String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 2) {
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
      }
    } catch (NumberFormatException e) {
      throw new UsageException(option + " must be two numbers, A:B; " + option + "=" + text, e);
    }
    throw new UsageException(option + " must be two numbers, A:B; " + option + "=" + text);
  }

  private List<ImageryRecordings.Run> open(ImageryOptions options) {
    List<Path> all = new ArrayList<>(train);
    all.addAll(test);
    if (classes.size() != 1 && classes.size() != all.size()) {
      throw new UsageException(
          "--classes must be given once or as often as there are recordings; classes="
              + classes.size()
              + ", recordings="
              + all.size());
    }
    List<Map<String, String>> cues = classes.stream().map(ImageryRecordings::cues).toList();
    Set<String> names = new LinkedHashSet<>();
    cues.forEach(one -> names.addAll(one.values()));
    List<ImageryRecordings.Run> runs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Map<String, String> own = cues.get(cues.size() == 1 ? 0 : i);
      runs.add(
          ImageryRecordings.open(
              all.get(i), own, List.copyOf(names), options, text -> output.note("%s", text)));
    }
    return runs;
  }

  private static Trials trials(List<ImageryRecordings.Run> runs) {
    return runs.stream().map(ImageryRecordings.Run::trials).reduce(Trials::and).orElseThrow();
  }

  private static List<String> names(List<ImageryRecordings.Run> runs) {
    return runs.stream().map(ImageryRecordings.Run::name).toList();
  }

  private ImageryResult leaveOneRunOut(List<ImageryRecordings.Run> runs, ImageryOptions options) {
    int count = runs.get(0).trials().classes().size();
    ClassScore score = new ClassScore(count);
    ClassScore bins = new ClassScore(count);
    for (int i = 0; i < runs.size(); i++) {
      List<ImageryRecordings.Run> others = new ArrayList<>(runs);
      ImageryRecordings.Run left = others.remove(i);
      score(ImageryModel.fit(trials(others), options), left, score, bins);
    }
    return new ImageryResult("leave-one-run-out", names(runs), names(runs), score, bins);
  }

  /** Adds a recording's trials, and the bins whose window lies within a trial. */
  private void score(
      ImageryModel model, ImageryRecordings.Run run, ClassScore score, ClassScore bins) {
    score.add(model.score(run.trials()));
    ImageryOptions options = model.patterns().options();
    MemoryRecording features =
        FeatureStream.features(run.recording(), model.patterns(), BinOptions.ofSeconds(binSeconds));
    int bin = 0;
    for (Marker marker : run.recording().markers()) {
      String name = run.cues().get(marker.label());
      if (name == null) {
        continue;
      }
      double from = marker.time() + options.fromSeconds() + options.windowSeconds();
      double to = marker.time() + options.toSeconds();
      while (bin < features.rows() && features.stamps()[bin] < from) {
        bin++;
      }
      for (; bin < features.rows() && features.stamps()[bin] <= to; bin++) {
        double[] p = model.discriminant().probabilities(features.row(bin));
        bins.add(model.classes().indexOf(name), ImageryModel.likeliest(p));
      }
    }
  }

  private void report(
      List<ImageryRecordings.Run> runs,
      List<ImageryRecordings.Run> learned,
      List<ImageryResult> results) {
    Trials first = learned.get(0).trials();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("classes", first.classes());
    all.put("channels", first.input().size());
    all.put("sampleRateHz", first.input().sampleRateHz());
    all.put("skippedTrials", runs.stream().mapToInt(run -> run.trials().skipped()).sum());
    all.put("results", results.stream().map(ImageryResult::map).toList());
    if (out != null) {
      Map<String, Object> configuration = new LinkedHashMap<>();
      configuration.put("train", train.stream().map(Path::toString).toList());
      configuration.put("test", test.stream().map(Path::toString).toList());
      configuration.put("classes", classes);
      configuration.put("band", band);
      configuration.put("trial", trial);
      configuration.put("pairs", pairs);
      configuration.put("window", window);
      configuration.put("binSeconds", binSeconds);
      RunRecord record = new RunRecord("cursor imagery", configuration, 0);
      runs.forEach(run -> record.input(run.path()));
      record.figures(all);
      record.write(out.resolve("run.json"), force);
      output.note("wrote %s", out);
    }
    results.forEach(result -> output.text("%s", result.text()));
    output.result(all);
  }
}
