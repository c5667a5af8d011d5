package org.efferent.filters.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.filters.DecoderState;
import org.efferent.filters.calibration.BlockZScore;
import org.efferent.filters.loop.DecoderTraining.Trained;

/**
 * All of a session's decoder as a safetensors file: from the features of a bin to the velocity, and
 * the montage that it was trained on. One that was saved and loaded decodes to the same bits as the
 * one that was saved does after its reset.
 *
 * <table>
 * <caption>Tensors, all F64; n channels, k components</caption>
 * <tr><td>chain.mean, chain.scale, chain.alive</td><td>[n] each; alive is 0 or 1</td></tr>
 * <tr><td>chain.clip</td><td>[1]; absent where nothing is clipped</td></tr>
 * <tr><td>chain.smoothing</td><td>[1], seconds</td></tr>
 * <tr><td>chain.components, chain.centre</td><td>[k, n], [n]; absent where the filter reads the
 * channels</td></tr>
 * <tr><td>control</td><td>[5]: scale, gain, smoothing (s), top speed, bin (s)</td></tr>
 * <tr><td>training</td><td>[3]: best channel, angular error (radian, or NaN), rows</td></tr>
 * <tr><td>decoder.…</td><td>the filter, as {@link org.efferent.filters.DecoderFile} has it</td></tr>
 * </table>
 *
 * <p>Metadata: {@code format}, {@code version}, {@code stream}, {@code channels}, {@code channel.0}
 * and on, and the filter's behind {@code decoder.}. Unmodifiable.
 */
public final class SessionDecoderFile {
  static final String FORMAT = "efferent-session-decoder";
  static final String VERSION = "1";
  static final String FILTER = "decoder.";

  private final Trained trained;
  private final BlockZScore zScore;
  private final List<String> features;
  private final String stream;

  private SessionDecoderFile(
      Trained trained, BlockZScore zScore, List<String> features, String stream) {
    this.trained = trained;
    this.zScore = zScore;
    this.features = features;
    this.stream = stream;
  }

  /**
   * Takes a decoder as it is now; cheap, so that the thread that decodes may call it, and {@link
   * #save} may be called on another while the decoder goes on.
   *
   * @param trained the decoder
   * @param features labels of the features
   * @param stream name of the stream that they came from
   * @return what to save
   * @throws InputException where there are not as many labels as the decoder has channels
   */
  public static SessionDecoderFile of(Trained trained, List<String> features, String stream) {
    BlockZScore now = trained.decoder().zScore();
    BlockZScore kept = new BlockZScore(now.mean(), now.scale(), now.clip());
    int channels = kept.mean().length;
    if (features.size() != channels) {
      throw new InputException(
          "a decoder is saved with a label a channel; labels="
              + features.size()
              + ", channels="
              + channels);
    }
    return new SessionDecoderFile(trained, kept, List.copyOf(features), stream);
  }

  /**
   * Saves it; the file appears whole or not at all.
   *
   * @param file where to
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException where it exists or cannot be written
   */
  public void save(Path file, boolean overwrite) {
    VelocityDecoder decoder = trained.decoder();
    Map<String, String> words = new LinkedHashMap<>();
    words.put("format", FORMAT);
    words.put("version", VERSION);
    words.put("stream", stream);
    words.put("channels", Integer.toString(features.size()));
    for (int c = 0; c < features.size(); c++) {
      words.put("channel." + c, features.get(c));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int n = features.size();
    tensors.put("chain.mean", Tensor.of(zScore.mean(), n));
    tensors.put("chain.scale", Tensor.of(zScore.scale(), n));
    boolean[] alive = decoder.chain().alive();
    double[] heard = new double[n];
    for (int c = 0; c < n; c++) {
      heard[c] = alive[c] ? 1 : 0;
    }
    tensors.put("chain.alive", Tensor.of(heard, n));
    if (zScore.clip() != BlockZScore.NO_CLIP) {
      put(tensors, "chain.clip", zScore.clip());
    }
    put(tensors, "chain.smoothing", trained.featureSmoothing());
    Projection projection = decoder.chain().projection();
    if (projection != null) {
      double[][] components = projection.components();
      double[] flat = new double[components.length * n];
      for (int i = 0; i < components.length; i++) {
        System.arraycopy(components[i], 0, flat, i * n, n);
      }
      tensors.put("chain.components", Tensor.of(flat, components.length, n));
      tensors.put("chain.centre", Tensor.of(projection.mean(), n));
    }
    VelocityDecoder.Control control = decoder.control();
    put(
        tensors,
        "control",
        control.scale(),
        control.gain(),
        control.smoothingSeconds(),
        decoder.topSpeed(),
        decoder.binSeconds());
    put(tensors, "training", decoder.bestChannel(), trained.angularError(), trained.rows());
    DecoderState filter = decoder.decoder().toState();
    filter.metadata().forEach((name, word) -> words.put(FILTER + name, word));
    filter
        .tensors()
        .forEach(
            (name, tensor) -> {
              int[] sizes = tensor.shape();
              long[] shape = new long[sizes.length];
              for (int i = 0; i < sizes.length; i++) {
                shape[i] = sizes[i];
              }
              tensors.put(FILTER + name, Tensor.of(tensor.values(), shape));
            });
    new Safetensors(words, tensors).write(file, overwrite);
  }

  private static void put(Map<String, Tensor> tensors, String name, double... values) {
    tensors.put(name, Tensor.of(values, values.length));
  }

  /**
   * Loads a decoder.
   *
   * @param file a file that {@link #save} wrote
   * @return the decoder, at its start, and its montage
   * @throws InputException where the file is missing, damaged or holds something else
   */
  public static SessionDecoderFile load(Path file) {
    Safetensors content = Safetensors.read(file);
    try {
      SessionDecoderReader reader = new SessionDecoderReader(content);
      Trained trained = reader.trained();
      return new SessionDecoderFile(
          trained, trained.decoder().zScore(), reader.features(), reader.text("stream"));
    } catch (EfferentException | IllegalArgumentException | ArithmeticException e) {
      throw new InputException(InputFiles.name(file) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Refuses features that the decoder was not trained on.
   *
   * @param file where the decoder came from, for the message
   * @param labels of the features that there are
   * @param binSeconds length of the bins that there are
   * @throws InputException where the number of features, a label or the length of a bin differs
   */
  public void check(Path file, List<String> labels, double binSeconds) {
    String name = InputFiles.name(file);
    checkBin(file, binSeconds);
    if (labels.size() != features.size()) {
      throw new InputException(
          "%s: a decoder steers with the features that it was trained on; it has %d ('%s' to '%s'), the session %d: choose the same stream and features, or calibrate anew"
              .formatted(
                  name,
                  features.size(),
                  features.get(0),
                  features.get(features.size() - 1),
                  labels.size()));
    }
    List<Integer> differing = new ArrayList<>();
    for (int c = 0; c < features.size(); c++) {
      if (!features.get(c).equals(labels.get(c))) {
        differing.add(c);
      }
    }
    if (!differing.isEmpty()) {
      int first = differing.get(0);
      throw new InputException(
          "%s: a decoder steers with the features that it was trained on; feature %d is '%s' in it and '%s' in the session, %d of %d differ: choose the same stream and features, or calibrate anew"
              .formatted(
                  name,
                  first + 1,
                  features.get(first),
                  labels.get(first),
                  differing.size(),
                  features.size()));
    }
  }

  /**
   * Refuses bins of another length.
   *
   * @param file where the decoder came from, for the message
   * @param binSeconds length of the bins that there are
   * @throws InputException where it differs
   */
  public void checkBin(Path file, double binSeconds) {
    double own = trained.decoder().binSeconds();
    if (own != binSeconds) {
      throw new InputException(
          "%s: a decoder steers with bins as long as those that it was trained on; its bins are of %s s, the session's of %s s: give --bin-seconds %s, or calibrate anew"
              .formatted(InputFiles.name(file), own, binSeconds, own));
    }
  }

  /** The decoder itself; of a file that was loaded, at its start. */
  public Trained trained() {
    return trained;
  }

  /** Labels of the features that it was trained on. */
  public List<String> features() {
    return features;
  }

  /** Name of the stream that they came from. */
  public String stream() {
    return stream;
  }
}
