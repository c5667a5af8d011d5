package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.cohort.recordings.EvokedDecoders;
import org.efferent.cohort.recordings.EvokedRecordings;
import org.efferent.cohort.recordings.ImageryRecordings;
import org.efferent.core.UsageException;
import org.efferent.decoders.evoked.EvokedScore;
import org.efferent.decoders.evoked.EvokedTraining;
import org.efferent.decoders.evoked.EvokedTrials;
import org.efferent.decoders.evoked.LeaveOneRunOut;
import org.efferent.decoders.evoked.NetworkOptions;
import org.efferent.decoders.linear.LinearAlgebra;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
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
  private static final double LONGEST_SECONDS = 60;

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
    EvokedRecordings.Cut cut = cut();
    EvokedDecoders wanted = EvokedDecoders.of(decoders);
    if (wanted.hasNetworks() && recordings.size() < 3) {
      throw new UsageException(
          "networks need three recordings at least, one that is scored and one that says when to stop; recordings="
              + recordings.size()
              + "; give more, or --decoder lda,xdawn,ridge");
    }
    LeaveOneRunOut scheme = new LeaveOneRunOut(reject);
    NetworkOptions options = NetworkOptions.DEFAULTS.epochs(epochs).seed(seed);
    if (out != null) {
      RunRecord.folder(out, force);
    }
    List<EvokedRecordings.Run> runs = new ArrayList<>();
    for (Path recording : recordings) {
      runs.add(EvokedRecordings.open(recording, runs.size(), cut, text -> output.note("%s", text)));
    }
    check(runs);
    List<EvokedTrials> trials = new ArrayList<>();
    for (EvokedRecordings.Run run : runs) {
      trials.add(permute ? run.trials().permuted(seed + trials.size()) : run.trials());
    }
    if (device.threads() > 0) {
      LinearAlgebra.setThreads(device.threads());
    }
    List<EvokedScore> scores;
    try (Compute compute = wanted.hasNetworks() ? device.open(Precision.SINGLE, output) : null) {
      Map<String, EvokedTraining> training = wanted.training(options, compute);
      scores =
          scheme.score(
              trials,
              training,
              (decoder, held) -> output.note("%s, for %s", decoder, runs.get(held).name()));
    }
    EvokedReport report =
        new EvokedReport(cut.classes(), runs, reject, permute, seed, wanted.reported(scores));
    if (out != null) {
      record(runs, report.map());
    }
    report.lines().forEach(line -> output.text("%s", line));
    output.result(report.map());
    return 0;
  }

  private EvokedRecordings.Cut cut() {
    Map<String, String> cues = ImageryRecordings.cues(classes);
    double[] corners = CursorImageryCommand.pair("--band", band);
    double[] times = CursorImageryCommand.pair("--trial", trial);
    if (!(times[0] < times[1]) || times[0] < -LONGEST_SECONDS || !(times[1] <= LONGEST_SECONDS)) {
      throw new UsageException(
          "--trial must be FROM:TO, FROM before TO, both within 60 s of the marker; --trial="
              + trial);
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

  /** Runs are of the same channels, and no two of them are the same recording. */
  private static void check(List<EvokedRecordings.Run> runs) {
    EvokedRecordings.Run first = runs.get(0);
    for (int i = 1; i < runs.size(); i++) {
      EvokedRecordings.Run run = runs.get(i);
      if (!run.channels().equals(first.channels())) {
        throw new UsageException(
            "recordings must have the same brain channels in the same order; %s has %s, %s has %s"
                .formatted(first.name(), first.channels(), run.name(), run.channels()));
      }
      for (EvokedRecordings.Run other : runs.subList(0, i)) {
        if (Arrays.equals(run.trials().epochs().values(), other.trials().epochs().values())) {
          throw new UsageException(
              "a recording must be given once, or it is learned from and scored; the same trials are in %s and %s"
                  .formatted(other.path(), run.path()));
        }
      }
    }
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
