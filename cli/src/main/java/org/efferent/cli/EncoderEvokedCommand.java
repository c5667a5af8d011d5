package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.decoders.evoked.AreaUnderCurve;
import org.efferent.decoders.evoked.EvokedNetwork;
import org.efferent.decoders.evoked.EvokedScore;
import org.efferent.decoders.evoked.EvokedTraining;
import org.efferent.decoders.evoked.EvokedTrials;
import org.efferent.decoders.evoked.LeaveOneRunOut;
import org.efferent.decoders.evoked.LinearTraining;
import org.efferent.decoders.evoked.NetworkOptions;
import org.efferent.decoders.evoked.WindowMeans;
import org.efferent.decoders.evoked.XdawnTangent;
import org.efferent.decoders.linear.LinearAlgebra;
import org.efferent.decoders.linear.RidgeOptions;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.filters.features.ClassDiscriminant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder evoked}: which of two stimuli was shown, from the response it evoked. */
@Command(
    name = "evoked",
    description = {
      "Tells the responses to two kinds of stimuli apart, trial by trial, and scores each recording by what",
      "was learned from the others: area under the curve with its 95 %% interval over trials (DeLong), chance 0.5."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder evoked run1.csv run2.csv run3.csv run4.csv --classes house=1,face=2 --notch 60",
      "",
      "Filters are causal and run from the first sample on. Nothing is chosen by a score: band, window, limit",
      "and each decoder's options are what is written here, for every recording. Trials beyond the limit of",
      "--reject are not learned from; of the recording that is scored all trials count.",
      "",
      "lda        means of 1/32 s, linear discriminant with shrinkage",
      "xdawn      covariances behind xDAWN filters in the tangent space, the same discriminant",
      "ridge      means of 1/32 s, ridge regression, its penalty by leave-one-out of the training trials",
      "eegnet     EEGNet on means of 1/128 s; shallownet at 256 Hz. Each training recording in turn says when",
      "           to stop; the networks that come of it vote",
      "ensemble   the sum of all five, each by the deviation of its scores in training"
    })
final class EncoderEvokedCommand implements Callable<Integer> {
  private static final int ORDER = 4;
  private static final int XDAWN_FILTERS = 2;
  private static final double FEATURE_HZ = 32;
  private static final String ENSEMBLE = "ensemble";
  private static final List<String> MEMBERS =
      List.of("lda", "xdawn", "ridge", "eegnet", "shallownet");

  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Parameters(
      paramLabel = "RECORDING",
      arity = "2..*",
      description = "Runs with their stimuli as markers, of the same channels and rate.")
  private List<Path> recordings;

  @Option(
      names = "--classes",
      paramLabel = "CLASS=MARKER,…",
      required = true,
      description = "What the markers mean: two classes, such as house=1,face=2.")
  private String classes;

  @Option(
      names = "--decoder",
      paramLabel = "NAME,…",
      split = ",",
      description =
          "lda, xdawn, ridge, eegnet, shallownet, ensemble, or all (default: ${DEFAULT-VALUE}).")
  private List<String> decoders = List.of("all");

  @Option(
      names = "--band",
      paramLabel = "LOW:HIGH",
      description = "Butterworth band pass in Hz, 4th order (default: ${DEFAULT-VALUE}).")
  private String band = "1:30";

  @Option(
      names = "--notch",
      paramLabel = "HZ",
      description = "Take the mains out, 50 or 60; 0 for no notch (default: ${DEFAULT-VALUE}).")
  private double notch;

  @Option(
      names = "--trial",
      paramLabel = "FROM:TO",
      description = "Seconds after the marker that are looked at (default: ${DEFAULT-VALUE}).")
  private String trial = "0:0.8";

  @Option(
      names = "--reject",
      paramLabel = "UV",
      description =
          "Trials with a larger difference within a channel, in microvolt, are not learned from (default:"
              + " ${DEFAULT-VALUE}).")
  private double reject = 75;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Most passes of a network over its trials (default: ${DEFAULT-VALUE}).")
  private int epochs = NetworkOptions.DEFAULTS.epochs();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of networks and of --permute (default: ${DEFAULT-VALUE}).")
  private long seed = NetworkOptions.DEFAULTS.seed();

  @Option(
      names = "--permute",
      description =
          "Exchange the classes of each recording's trials at random first: what is scored is chance.")
  private boolean permute;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write run.json: configuration, hashes of the recordings, figures.")
  private Path out;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    Set<String> wanted = wanted();
    Set<String> fitted = new LinkedHashSet<>(wanted.contains(ENSEMBLE) ? MEMBERS : wanted);
    boolean networks = fitted.contains("eegnet") || fitted.contains("shallownet");
    if (networks && recordings.size() < 3) {
      throw new UsageException(
          "networks need three recordings at least: one is scored, one says when to stop; recordings="
              + recordings.size()
              + "; give more or --decoder lda,xdawn,ridge");
    }
    LeaveOneRunOut scheme = new LeaveOneRunOut(reject);
    NetworkOptions options = NetworkOptions.DEFAULTS.epochs(epochs).seed(seed);
    EvokedRecordings.Cut cut = cut();
    if (out != null) {
      RunRecord.folder(out, force);
    }
    List<EvokedRecordings.Run> runs = new ArrayList<>();
    for (Path recording : recordings) {
      runs.add(EvokedRecordings.open(recording, runs.size(), cut, output));
    }
    checkChannels(runs);
    List<EvokedTrials> trials = new ArrayList<>();
    for (EvokedRecordings.Run run : runs) {
      trials.add(permute ? run.trials().permuted(seed + trials.size()) : run.trials());
    }
    List<EvokedScore> scores;
    if (networks) {
      try (Compute compute = device.open(Precision.SINGLE, output)) {
        scores = score(scheme, trials, runs, training(fitted, options, compute));
      }
    } else {
      scores = score(scheme, trials, runs, training(fitted, options, null));
    }
    if (wanted.contains(ENSEMBLE)) {
      scores.add(EvokedScore.together(ENSEMBLE, List.copyOf(scores)));
    }
    scores.removeIf(score -> !wanted.contains(score.decoder()));
    report(cut, runs, scores);
    return 0;
  }

  private Set<String> wanted() {
    Set<String> known = new LinkedHashSet<>(MEMBERS);
    known.add(ENSEMBLE);
    if (decoders.equals(List.of("all"))) {
      return known;
    }
    for (String decoder : decoders) {
      if (!known.contains(decoder)) {
        throw new UsageException(
            "--decoder must be all or some of %s; decoder='%s'".formatted(known, decoder));
      }
    }
    return new LinkedHashSet<>(decoders);
  }

  private EvokedRecordings.Cut cut() {
    Map<String, String> cues = ImageryRecordings.cues(classes);
    double[] corners = CursorImageryCommand.pair("--band", band);
    double[] times = CursorImageryCommand.pair("--trial", trial);
    if (!(times[0] < times[1])) {
      throw new UsageException("--trial must be FROM:TO, FROM before TO; --trial=" + trial);
    }
    return new EvokedRecordings.Cut(
        EvokedRecordings.classes(cues),
        cues,
        corners[0],
        corners[1],
        ORDER,
        notch,
        times[0],
        times[1]);
  }

  private static void checkChannels(List<EvokedRecordings.Run> runs) {
    EvokedRecordings.Run first = runs.get(0);
    for (EvokedRecordings.Run run : runs) {
      if (!run.channels().equals(first.channels())) {
        throw new UsageException(
            "recordings must have the same brain channels in the same order; %s has %s, %s has %s"
                .formatted(first.name(), first.channels(), run.name(), run.channels()));
      }
    }
  }

  private Map<String, EvokedTraining> training(
      Set<String> names, NetworkOptions options, Compute compute) {
    if (device.threads() > 0) {
      LinearAlgebra.setThreads(device.threads());
    }
    WindowMeans means = new WindowMeans(FEATURE_HZ);
    Map<String, EvokedTraining> made = new LinkedHashMap<>();
    for (String name : names) {
      made.put(
          name,
          switch (name) {
            case "lda" ->
                EvokedTraining.linear(trials -> means, EncoderEvokedCommand::discriminant);
            case "xdawn" ->
                EvokedTraining.linear(
                    XdawnTangent.training(XDAWN_FILTERS), EncoderEvokedCommand::discriminant);
            case "ridge" ->
                EvokedTraining.linear(trials -> means, LinearTraining.ridge(RidgeOptions.DEFAULTS));
            case "eegnet" -> new EvokedNetwork(name, options, compute);
            default -> new EvokedNetwork(name, options.atHz(256), compute);
          });
    }
    return made;
  }

  /** The discriminant with shrinkage, as the logarithm of the odds of class 1. */
  private static LinearTraining.Score discriminant(double[][] features, int[] labels) {
    ClassDiscriminant fitted = ClassDiscriminant.fit(features, labels, 2);
    double[][] weights = fitted.weights();
    double[] bias = fitted.bias();
    return row -> {
      double sum = bias[1] - bias[0];
      for (int i = 0; i < row.length; i++) {
        sum += (weights[1][i] - weights[0][i]) * row[i];
      }
      return sum;
    };
  }

  private List<EvokedScore> score(
      LeaveOneRunOut scheme,
      List<EvokedTrials> trials,
      List<EvokedRecordings.Run> runs,
      Map<String, EvokedTraining> training) {
    return scheme.score(
        trials,
        training,
        (decoder, held) -> output.note("%s, for %s", decoder, runs.get(held).name()));
  }

  private void report(
      EvokedRecordings.Cut cut, List<EvokedRecordings.Run> runs, List<EvokedScore> scores) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("scheme", "leave-one-run-out");
    figures.put("classes", cut.classes());
    figures.put("channels", runs.get(0).channels());
    figures.put("refusedChannels", runs.get(0).refused());
    figures.put("sampleRateHz", runs.get(0).trials().epochs().sampleRateHz());
    figures.put("permuted", permute);
    figures.put("seed", seed);
    figures.put("chance", 0.5);
    figures.put("interval", "95 %, DeLong, over trials");
    figures.put("runs", runs.stream().map(run -> describe(run, cut)).toList());
    figures.put("decoders", scores.stream().map(score -> describe(score, runs)).toList());
    EvokedScore best =
        scores.stream().max(Comparator.comparingDouble(s -> s.mean().value())).orElseThrow();
    figures.put("best", best.decoder());
    if (out != null) {
      record(runs, figures);
    }
    for (EvokedRecordings.Run run : runs) {
      output.text(
          "%s: %d trials (%s %d, %s %d), %d of them beyond %.0f µV, %d cut off, %d damaged",
          run.name(),
          run.trials().count(),
          cut.classes().get(0),
          run.trials().count(0),
          cut.classes().get(1),
          run.trials().count(1),
          rejected(run),
          reject,
          run.cutOff(),
          run.damaged());
    }
    for (EvokedScore score : scores) {
      AreaUnderCurve mean = score.mean();
      StringBuilder each = new StringBuilder();
      score.runs().forEach(area -> each.append(" %.3f".formatted(area.value())));
      output.text(
          "%-10s AUC %.3f (95 %%: %.3f to %.3f), chance 0.5; runs%s",
          score.decoder(), mean.value(), mean.low(), mean.high(), each);
    }
    output.result(figures);
  }

  private int rejected(EvokedRecordings.Run run) {
    return run.trials().count() - run.trials().within(reject).count();
  }

  private Map<String, Object> describe(EvokedRecordings.Run run, EvokedRecordings.Cut cut) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.name());
    map.put("trials", run.trials().count());
    map.put(
        "byClass",
        Map.of(
            cut.classes().get(0), run.trials().count(0),
            cut.classes().get(1), run.trials().count(1)));
    map.put("leftOutOfLearning", rejected(run));
    map.put("cutOff", run.cutOff());
    map.put("damaged", run.damaged());
    return map;
  }

  private static Map<String, Object> describe(EvokedScore score, List<EvokedRecordings.Run> runs) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("decoder", score.decoder());
    map.putAll(describe(score.mean()));
    List<Map<String, Object>> each = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("run", runs.get(i).name());
      one.put("trials", runs.get(i).trials().count());
      one.putAll(describe(score.runs().get(i)));
      each.add(one);
    }
    map.put("runs", each);
    return map;
  }

  private static Map<String, Object> describe(AreaUnderCurve area) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("auc", area.value());
    map.put("low", area.low());
    map.put("high", area.high());
    return map;
  }

  private void record(List<EvokedRecordings.Run> runs, Map<String, Object> figures) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("recordings", recordings.stream().map(Path::toString).toList());
    configuration.put("classes", classes);
    configuration.put("decoder", decoders);
    configuration.put("band", band);
    configuration.put("notch", notch);
    configuration.put("trial", trial);
    configuration.put("reject", reject);
    configuration.put("epochs", epochs);
    configuration.put("permute", permute);
    configuration.put("device", device.device());
    configuration.put("threads", device.threads());
    RunRecord record = new RunRecord("encoder evoked", configuration, seed);
    runs.forEach(run -> record.input(run.path()));
    record.figures(figures);
    record.write(out.resolve("run.json"), force);
    output.note("wrote %s", out);
  }
}
