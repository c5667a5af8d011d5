package org.efferent.cohort.recordings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * Numbers with names among the words of tensors: {@code fact.rows=9760}. A number is written so
 * that it is read back to the last bit.
 */
public final class Facts {
  private static final String PREFIX = "fact.";

  private Facts() {}

  /** What every recording has: channels, rate, rows, seconds, markers. */
  static Map<String, Double> of(RecordingFile file) {
    Recording main = file.main();
    Map<String, Double> facts = new LinkedHashMap<>();
    double rate = main.info().sampleRateHz();
    facts.put("channels", (double) main.channels());
    facts.put("sampleRateHz", rate);
    facts.put("rows", (double) main.rows());
    facts.put("lengthSeconds", rate > 0 ? main.rows() / rate : Double.NaN);
    facts.put("markers", (double) file.markers().size());
    return facts;
  }

  /** Tensors with facts. */
  static Safetensors with(
      Map<String, Double> facts, Map<String, String> words, Map<String, Tensor> tensors) {
    Map<String, String> all = new LinkedHashMap<>(words);
    facts.forEach((name, value) -> all.put(PREFIX + name, Double.toString(value)));
    return new Safetensors(all, tensors);
  }

  /**
   * The facts of tensors.
   *
   * @param stored of a {@link CohortTask}
   * @return by name, in the order in which they were put
   */
  public static Map<String, Double> read(Safetensors stored) {
    Map<String, Double> facts = new LinkedHashMap<>();
    stored
        .metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                facts.put(key.substring(PREFIX.length()), Double.parseDouble(value));
              }
            });
    return facts;
  }
}
