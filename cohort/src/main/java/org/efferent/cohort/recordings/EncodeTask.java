package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.efferent.core.Window;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.evoked.EventRows;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.stream.WindowDecoder;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.retrieval.evaluate.CosineScores;
import org.efferent.retrieval.evaluate.EmbeddingFile;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.statistics.Aggregate;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Factor;
import org.efferent.retrieval.statistics.Interval;

/**
 * Recordings to embeddings, one at each marker, and where the truth stands among a gallery. A
 * recording is brought to the encoder's channels, unit (EEG in microvolt) and rate first.
 *
 * <p>Longer than 300 lines because encoding, ranking and what is said of both share their names.
 *
 * @param encoder file of the encoder
 * @param gallery file of the candidates; empty for embeddings alone
 * @param galleryIds names of the candidates; markers of these names are encoded
 * @param subject the participant's number in the encoder, where it tells them apart
 * @param fromSeconds where a window begins, after its marker
 * @param band corners of a causal band pass before all else, {@code LOW:HIGH}; empty for none
 */
record EncodeTask(
    String encoder, String gallery, String galleryIds, int subject, double fromSeconds, String band)
    implements CohortTask {
  static final String NAME = "encode";
  private static final String BETWEEN = "\n";
  private static final long serialVersionUID = 1;

  static EncodeTask of(Settings settings) {
    EncodeTask task =
        new EncodeTask(
            settings.word("encoder", ""),
            settings.word("gallery", ""),
            settings.word("gallery-ids", ""),
            (int) settings.number("subject", 0),
            settings.number("from", 0),
            settings.word("band", ""));
    if (task.encoder.isEmpty()) {
      throw new UsageException("task encode needs --encoder, an encoder's file");
    }
    if (task.gallery.isEmpty() != task.galleryIds.isEmpty()) {
      throw new UsageException("--gallery and --gallery-ids go together; give both");
    }
    if (!task.band.isEmpty()) {
      task.corners();
    }
    return task;
  }

  private double[] corners() {
    return new Settings(NAME, Map.of("band", band)).pair("band", "");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("encoder", encoder);
    settings.put("gallery", gallery);
    settings.put("gallery-ids", galleryIds);
    settings.put("subject", subject);
    settings.put("from", fromSeconds);
    settings.put("band", band);
    return settings;
  }

  @Override
  public List<String> files() {
    return gallery.isEmpty() ? List.of(encoder) : List.of(encoder, gallery, ids());
  }

  /** The file of the names, without the column. */
  private String ids() {
    int hash = galleryIds.lastIndexOf('#');
    return hash > 0 ? galleryIds.substring(0, hash) : galleryIds;
  }

  private List<String> names(Function<String, Path> files, int rows) {
    String column = galleryIds.substring(ids().length());
    return LabelFile.read(files.apply(ids()) + column, rows);
  }

  @Override
  public Safetensors recording(RecordingFile file, Function<String, Path> files) {
    EncoderFile model = EncoderFile.read(files.apply(encoder));
    EncoderInput input = model.input();
    Map<String, Double> facts = Facts.of(file);
    Prepared.Plan plan =
        new Prepared.Plan(input.labels(), input.rateHz(), band.isEmpty() ? null : corners());
    MemoryRecording prepared = Prepared.of(file, plan);
    List<Marker> stimuli = file.markers();
    if (!gallery.isEmpty()) {
      try (EmbeddingFile candidates = EmbeddingFile.open(files.apply(gallery).toString())) {
        Set<String> known = new HashSet<>(names(files, candidates.embeddings().rows()));
        stimuli = stimuli.stream().filter(m -> known.contains(m.label())).toList();
      }
    }
    long[] rows = EventRows.nearest(prepared, stimuli.stream().mapToDouble(Marker::time).toArray());
    int time = model.encoder().time() > 0 ? model.encoder().time() : input.time();
    int shift = (int) Math.rint(fromSeconds * input.rateHz());
    List<Integer> whole = new ArrayList<>();
    for (int e = 0; e < rows.length; e++) {
      long from = rows[e] + shift;
      if (rows[e] >= 0 && from >= 0 && from + time <= prepared.rows()) {
        whole.add(e);
      }
    }
    if (whole.isEmpty()) {
      throw new InputException(
          "%s: has no whole window at a stimulus; markers=%d, of them stimuli of the gallery=%d, cut off=%d"
              .formatted(
                  file.path().getFileName(), file.markers().size(), rows.length, rows.length));
    }
    List<Marker> encoded = whole.stream().map(stimuli::get).toList();
    long[] starts = whole.stream().mapToLong(e -> rows[e] + shift).toArray();
    facts.put("windows", (double) starts.length);
    facts.put("skippedWindows", (double) (rows.length - starts.length));
    return Facts.with(facts, words(encoded), encode(model, prepared, starts, time, encoded));
  }

  private static Map<String, String> words(List<Marker> encoded) {
    for (Marker marker : encoded) {
      if (marker.label().contains(BETWEEN)) {
        throw new InputException("a stimulus must be named in one line; name=" + marker.label());
      }
    }
    Map<String, String> words = new LinkedHashMap<>();
    words.put("stimuli", String.join(BETWEEN, encoded.stream().map(Marker::label).toList()));
    return words;
  }

  private Map<String, Tensor> encode(
      EncoderFile model, MemoryRecording prepared, long[] starts, int time, List<Marker> encoded) {
    EncoderInput input = model.input();
    Encoder network = model.encoder();
    SensorLayout layout =
        network.needsLayout() && !input.layouts().isEmpty() ? input.layouts().get(0) : null;
    float[] all = null;
    int width = 0;
    // One thread and the processor: the same on every machine, whatever else runs there.
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = model.on(compute)) {
      WindowDecoder decoder = new WindowDecoder(network, weights, input, layout, subject);
      Window window = new Window(time, input.channels());
      for (int w = 0; w < starts.length; w++) {
        prepared.read(starts[w], time, window.values(), 0);
        float[] embedding = decoder.decode(window).values();
        if (all == null) {
          width = embedding.length;
          all = new float[Math.multiplyExact(starts.length, width)];
        }
        System.arraycopy(embedding, 0, all, w * width, width);
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("embeddings", Tensor.of(all, starts.length, width));
    double[] times = encoded.stream().mapToDouble(Marker::time).toArray();
    tensors.put("times", Tensor.of(times, times.length));
    return tensors;
  }

  @Override
  public Safetensors participant(
      String participant, List<Safetensors> recordings, Function<String, Path> files) {
    List<String> stimuli = new ArrayList<>();
    int width = 0;
    int rows = 0;
    for (Safetensors recording : recordings) {
      stimuli.addAll(List.of(recording.metadata("stimuli").split(BETWEEN, -1)));
      width = (int) recording.tensor("embeddings").shape()[1];
      rows += (int) recording.tensor("embeddings").shape()[0];
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("windows", (double) rows);
    if (gallery.isEmpty()) {
      return Facts.with(figures, Map.of(), Map.of());
    }
    float[] all = new float[Math.multiplyExact(rows, width)];
    int at = 0;
    for (Safetensors recording : recordings) {
      float[] own = recording.tensor("embeddings").floats();
      System.arraycopy(own, 0, all, at, own.length);
      at += own.length;
    }
    try (EmbeddingFile candidates = EmbeddingFile.open(files.apply(gallery).toString())) {
      List<String> names = names(files, candidates.embeddings().rows());
      Evaluation evaluation =
          new Evaluation(
              List.of("scores: cosine", "single trials"),
              CosineScores.of(Embeddings.of(participant, all, width), candidates.embeddings()),
              Truth.ofIdentities(stimuli, names, Truth.Several.REFUSE),
              Labels.of(Identity.STIMULUS, stimuli),
              FigureOptions.DEFAULTS);
      List<String> columns = evaluation.queries().names();
      columns.forEach(name -> figures.put(name, evaluation.queries().figure(name)));
      evaluation.chance().byName().forEach((name, value) -> figures.put("chance." + name, value));
      Map<String, String> words = new LinkedHashMap<>();
      words.put("stimuli", String.join(BETWEEN, stimuli));
      words.put("columns", String.join(BETWEEN, columns));
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put(
          "queries", Tensor.of(evaluation.queries().table(), stimuli.size(), columns.size()));
      return Facts.with(figures, words, tensors);
    }
  }

  @Override
  public Map<String, Object> cohort(Map<String, Safetensors> participants) {
    Map<String, Object> figures = new LinkedHashMap<>();
    double windows = 0;
    for (Safetensors one : participants.values()) {
      windows += Facts.read(one).get("windows");
    }
    figures.put("windows", (long) windows);
    if (gallery.isEmpty() || participants.isEmpty()) {
      return figures;
    }
    List<String> columns =
        List.of(participants.values().iterator().next().metadata("columns").split(BETWEEN, -1));
    List<String> people = new ArrayList<>();
    List<String> stimuli = new ArrayList<>();
    participants.forEach(
        (name, stored) -> {
          List<String> own = List.of(stored.metadata("stimuli").split(BETWEEN, -1));
          stimuli.addAll(own);
          own.forEach(one -> people.add(name));
        });
    List<double[]> values = new ArrayList<>();
    List<Aggregate> how = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      values.add(column(participants, k, columns.size(), stimuli.size()));
      how.add(
          columns.get(k).toLowerCase(java.util.Locale.ROOT).contains("median")
              ? Aggregate.MEDIAN
              : Aggregate.MEAN);
    }
    List<Interval> intervals =
        Bootstrap.DEFAULTS.intervals(
            values, how, List.of(Factor.of("participants", people), Factor.of("stimuli", stimuli)));
    for (int k = 0; k < columns.size(); k++) {
      Map<String, Object> one = new LinkedHashMap<>();
      Interval interval = intervals.get(k);
      one.put("value", interval.value());
      one.put("low", interval.low());
      one.put("high", interval.high());
      double[] chance = CohortStatistics.values(participants, "chance." + columns.get(k));
      if (chance.length > 0) {
        one.put("chance", Aggregate.MEAN.of(chance));
      }
      figures.put(columns.get(k), one);
    }
    return figures;
  }

  private static double[] column(
      Map<String, Safetensors> participants, int column, int columns, int rows) {
    double[] values = new double[rows];
    int at = 0;
    for (Safetensors one : participants.values()) {
      double[] table = one.tensor("queries").doubles();
      for (int r = 0; r < table.length / columns; r++) {
        values[at++] = table[r * columns + column];
      }
    }
    return Arrays.copyOf(values, at);
  }
}
