package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.retrieval.live.EvidenceCalibration;

/** How sure an encoder's scores make us, from the validation examples of its data. */
final class LiveCalibration {
  private LiveCalibration() {}

  /**
   * Calibrates: examples of one stimulus and subject are repetitions of a trial, candidates are the
   * targets of the validation split.
   *
   * @param file the encoder
   * @param weights its weights
   * @param data its data
   */
  static EvidenceCalibration of(EncoderFile file, Weights weights, WindowDataset data) {
    int[] examples = data.indices(Split.VALIDATION);
    if (examples.length == 0) {
      throw new InputException(data.folder() + ": has no validation examples to calibrate with");
    }
    String target = data.targets().keySet().iterator().next();
    TreeSet<Integer> distinct = new TreeSet<>();
    for (int example : examples) {
      distinct.add(data.example(example).target());
    }
    int[] rows = distinct.stream().mapToInt(Integer::intValue).toArray();
    Inference.Embeddings made =
        new Inference(data, file.encoder(), file.input(), weights).encode(examples);
    float[] targets = new float[Math.multiplyExact(rows.length, made.width())];
    data.readTarget(target, rows, rows.length, targets);
    LiveGallery gallery = LiveGallery.of("targets of validation", targets, rows.length, List.of());
    Map<String, List<double[]>> trials = new LinkedHashMap<>();
    Map<String, Integer> truths = new LinkedHashMap<>();
    for (int i = 0; i < examples.length; i++) {
      var example = data.example(examples[i]);
      String trial = example.subject() + " " + example.stimulus();
      float[] embedding = new float[made.width()];
      System.arraycopy(made.values(), i * made.width(), embedding, 0, embedding.length);
      trials.computeIfAbsent(trial, t -> new ArrayList<>()).add(gallery.scores(embedding));
      truths.put(trial, java.util.Arrays.binarySearch(rows, example.target()));
    }
    List<EvidenceCalibration.Trial> all = new ArrayList<>();
    trials.forEach(
        (name, scores) ->
            all.add(
                new EvidenceCalibration.Trial(scores.toArray(double[][]::new), truths.get(name))));
    return EvidenceCalibration.fit(all);
  }
}
