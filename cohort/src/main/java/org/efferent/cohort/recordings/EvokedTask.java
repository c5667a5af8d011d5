package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.evoked.AreaUnderCurve;
import org.efferent.decoders.evoked.EvokedScore;
import org.efferent.decoders.evoked.EvokedTrials;
import org.efferent.decoders.evoked.LeaveOneRunOut;
import org.efferent.decoders.evoked.NetworkOptions;
import org.efferent.decoders.preprocess.Epochs;

/**
 * Responses to two kinds of stimuli told apart by linear decoders: a recording is filtered causally
 * and cut, each recording of a participant is scored by what was learned from the others.
 *
 * @param classes pairs of class and marker, as they were written
 * @param decoders names, in order
 * @param lowHz lower corner of the band
 * @param highHz upper corner
 * @param notchHz what is taken out; 0 for nothing
 * @param fromSeconds first sample, after the marker
 * @param toSeconds last sample
 * @param reject the largest difference within a channel of a trial that is learned from, microvolt
 */
record EvokedTask(
    String classes,
    String decoders,
    double lowHz,
    double highHz,
    double notchHz,
    double fromSeconds,
    double toSeconds,
    double reject)
    implements CohortTask {
  static final String NAME = "evoked";
  private static final int ORDER = 4;
  private static final String BETWEEN = "\n";
  private static final long serialVersionUID = 1;

  static EvokedTask of(Settings settings) {
    double[] band = settings.pair("band", "1:30");
    double[] trial = settings.pair("trial", "0:0.8");
    String classes = settings.word("classes", "");
    if (classes.isEmpty()) {
      throw new UsageException(
          "task evoked needs --classes, two kinds of stimuli by their markers, such as house=1,face=2");
    }
    EvokedTask task =
        new EvokedTask(
            classes,
            settings.word("decoder", "lda,xdawn,ridge"),
            band[0],
            band[1],
            settings.number("notch", 0),
            trial[0],
            trial[1],
            settings.number("reject", 75));
    task.cut();
    if (task.named().hasNetworks()) {
      throw new UsageException(
          "task evoked has the linear decoders lda, xdawn and ridge; networks are trained by encoder evoked; decoder="
              + task.decoders);
    }
    return task;
  }

  private EvokedDecoders named() {
    return EvokedDecoders.of(List.of(decoders.split(",", -1)));
  }

  private EvokedRecordings.Cut cut() {
    Map<String, String> cues = ImageryRecordings.cues(classes);
    return new EvokedRecordings.Cut(
        EvokedRecordings.classes(cues),
        cues,
        lowHz,
        highHz,
        ORDER,
        notchHz,
        fromSeconds,
        toSeconds);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("classes", classes);
    settings.put("decoder", decoders);
    settings.put("band", List.of(lowHz, highHz));
    settings.put("notch", notchHz);
    settings.put("trial", List.of(fromSeconds, toSeconds));
    settings.put("reject", reject);
    return settings;
  }

  @Override
  public Safetensors recording(RecordingFile file, Function<String, Path> files) {
    Map<String, Double> facts = Facts.of(file);
    EvokedRecordings.Run run = EvokedRecordings.of(file, 0, cut(), note -> {});
    Epochs epochs = run.trials().epochs();
    facts.put("trials", (double) run.trials().count());
    facts.put("skippedTrials", (double) run.cutOff() + run.damaged());
    Map<String, String> words = new LinkedHashMap<>();
    words.put("labels", String.join(BETWEEN, run.channels()));
    words.put("rate", Double.toString(epochs.sampleRateHz()));
    words.put("tmin", Double.toString(epochs.tminSeconds()));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "values", Tensor.of(epochs.values(), epochs.count(), epochs.channels(), epochs.samples()));
    long[] labels = Arrays.stream(run.trials().labels()).asLongStream().toArray();
    tensors.put("classes", Tensor.of(labels, labels.length));
    return Facts.with(facts, words, tensors);
  }

  private static EvokedTrials trials(Safetensors stored, int run) {
    Tensor values = stored.tensor("values");
    long[] shape = values.shape();
    int[] labels = Arrays.stream(stored.tensor("classes").longs()).mapToInt(l -> (int) l).toArray();
    int[] runs = new int[labels.length];
    Arrays.fill(runs, run);
    Epochs epochs =
        new Epochs(
            values.doubles(),
            (int) shape[1],
            (int) shape[2],
            Double.parseDouble(stored.metadata("rate")),
            Double.parseDouble(stored.metadata("tmin")));
    return new EvokedTrials(epochs, labels, runs);
  }

  @Override
  public Safetensors participant(
      String participant, List<Safetensors> recordings, Function<String, Path> files) {
    if (recordings.size() < 2) {
      throw new InputException(
          "scoring each recording by the others needs two; recordings that could be read=%d; tell participants apart by --participant"
              .formatted(recordings.size()));
    }
    String channels = recordings.get(0).metadata("labels");
    List<EvokedTrials> runs = new ArrayList<>();
    for (Safetensors stored : recordings) {
      if (!stored.metadata("labels").equals(channels)) {
        throw new InputException(
            "recordings must have the same brain channels in the same order; there are %s and %s"
                .formatted(
                    channels.replace(BETWEEN, ","),
                    stored.metadata("labels").replace(BETWEEN, ",")));
      }
      runs.add(trials(stored, runs.size()));
    }
    EvokedDecoders named = named();
    List<EvokedScore> scores =
        new LeaveOneRunOut(reject)
            .score(runs, named.training(NetworkOptions.DEFAULTS, null), (decoder, held) -> {});
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("trials", (double) runs.stream().mapToInt(EvokedTrials::count).sum());
    for (EvokedScore score : named.reported(scores)) {
      AreaUnderCurve area = score.mean();
      figures.put(score.decoder(), area.value());
      figures.put(score.decoder() + ".low", area.low());
      figures.put(score.decoder() + ".high", area.high());
    }
    return Facts.with(figures, Map.of(), Map.of());
  }

  @Override
  public Map<String, Object> cohort(Map<String, Safetensors> participants) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (String decoder : decoders.split(",", -1)) {
      figures.put(
          decoder + ".areaUnderCurve",
          CohortStatistics.of(
              CohortStatistics.values(participants, decoder), OptionalDouble.of(0.5)));
    }
    return figures;
  }
}
