package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.efferent.core.InputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.filters.features.Band;
import org.efferent.filters.features.ClassScore;
import org.efferent.filters.features.ImageryModel;
import org.efferent.filters.features.ImageryOptions;
import org.efferent.filters.features.StoredTrials;
import org.efferent.filters.features.Trials;

/**
 * Imagined movements told apart: a recording is band-passed and cut, each recording of a
 * participant is scored by common spatial patterns and a discriminant that learned from the others.
 *
 * @param classes pairs of class and marker, as they were written
 * @param lowHz lower corner of the band
 * @param highHz upper corner
 * @param fromSeconds where a trial begins, after its cue
 * @param toSeconds where it ends
 * @param pairs of spatial filters
 */
record ImageryTask(
    String classes, double lowHz, double highHz, double fromSeconds, double toSeconds, int pairs)
    implements CohortTask {
  static final String NAME = "imagery";

  /** Both the markers of EEGMMIDB and those of the simulator. */
  private static final String CLASSES = "left=T1,right=T2,left=left,right=right";

  private static final long serialVersionUID = 1;

  static ImageryTask of(Settings settings) {
    double[] band = settings.pair("band", "8:30");
    double[] trial = settings.pair("trial", "0.5:2.5");
    ImageryTask task =
        new ImageryTask(
            settings.word("classes", CLASSES),
            band[0],
            band[1],
            trial[0],
            trial[1],
            (int) settings.number("pairs", ImageryOptions.DEFAULTS.pairs()));
    task.options();
    ImageryRecordings.cues(task.classes);
    return task;
  }

  private ImageryOptions options() {
    ImageryOptions usual = ImageryOptions.DEFAULTS;
    return new ImageryOptions(
        new Band(lowHz, highHz),
        usual.order(),
        fromSeconds,
        toSeconds,
        pairs,
        usual.windowSeconds());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("classes", classes);
    settings.put("band", List.of(lowHz, highHz));
    settings.put("trial", List.of(fromSeconds, toSeconds));
    settings.put("pairs", pairs);
    return settings;
  }

  @Override
  public Safetensors recording(RecordingFile file, Function<String, Path> files) {
    Map<String, String> cues = ImageryRecordings.cues(classes);
    List<String> names = List.copyOf(new LinkedHashSet<>(cues.values()));
    Map<String, Double> facts = Facts.of(file);
    Trials trials = ImageryRecordings.trials(file, cues, names, options());
    facts.put("trials", (double) trials.size());
    facts.put("skippedTrials", (double) trials.skipped());
    Safetensors stored = StoredTrials.of(trials);
    return Facts.with(facts, stored.metadata(), stored.tensors());
  }

  @Override
  public Safetensors participant(
      String participant, List<Safetensors> recordings, Function<String, Path> files) {
    if (recordings.size() < 2) {
      throw new InputException(
          "scoring each recording by the others needs two; recordings that could be read=%d; tell participants apart by --participant"
              .formatted(recordings.size()));
    }
    List<Trials> runs = new ArrayList<>();
    recordings.forEach(stored -> runs.add(StoredTrials.read(stored)));
    ClassScore score = new ClassScore(runs.get(0).classes().size());
    for (int held = 0; held < runs.size(); held++) {
      List<Trials> others = new ArrayList<>(runs);
      Trials scored = others.remove(held);
      Trials training = others.stream().reduce(Trials::and).orElseThrow();
      score.add(ImageryModel.fit(training, options()).score(scored));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("trials", (double) score.trials());
    figures.put("correct", (double) score.correct());
    figures.put("accuracy", score.accuracy());
    figures.put("chance", score.chance());
    figures.put("kappa", score.kappa());
    figures.put("p", score.p());
    return Facts.with(figures, Map.of(), Map.of());
  }

  @Override
  public Map<String, Object> cohort(Map<String, Safetensors> participants) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(
        "accuracy",
        CohortStatistics.against(
            CohortStatistics.values(participants, "accuracy"),
            CohortStatistics.values(participants, "chance")));
    double trials = 0;
    double correct = 0;
    for (Safetensors one : participants.values()) {
      trials += Facts.read(one).get("trials");
      correct += Facts.read(one).get("correct");
    }
    figures.put("trials", (long) trials);
    figures.put("correct", (long) correct);
    figures.put("pooledAccuracy", correct / trials);
    return figures;
  }
}
