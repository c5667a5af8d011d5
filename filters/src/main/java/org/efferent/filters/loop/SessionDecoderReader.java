package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.DecoderState;
import org.efferent.filters.calibration.BlockZScore;
import org.efferent.filters.loop.DecoderTraining.Trained;

/** Takes a session's decoder out of a file; every complaint names the tensor or the entry. */
final class SessionDecoderReader {
  private static final Set<String> TENSORS =
      Set.of(
          "chain.mean",
          "chain.scale",
          "chain.alive",
          "chain.clip",
          "chain.smoothing",
          "chain.components",
          "chain.centre",
          "control",
          "training");
  private static final Set<String> WORDS = Set.of("format", "version", "stream", "channels");
  private static final double LONGEST_SECONDS = 3600;

  private final Safetensors content;
  private final List<String> features = new ArrayList<>();

  /** Checks what kind of file it is, its names, and the features. */
  SessionDecoderReader(Safetensors content) {
    this.content = content;
    equal("format", SessionDecoderFile.FORMAT);
    equal("version", SessionDecoderFile.VERSION);
    readFeatures();
    for (String name : content.tensors().keySet()) {
      if (!TENSORS.contains(name) && !name.startsWith(SessionDecoderFile.FILTER)) {
        throw new InputException("a session's decoder has no tensor '" + name + "'");
      }
    }
  }

  private void equal(String entry, String wanted) {
    String value = content.metadata().get(entry);
    if (!wanted.equals(value)) {
      throw new InputException(
          "a session decoder's %s must be '%s'; %s=%s".formatted(entry, wanted, entry, value));
    }
  }

  String text(String entry) {
    String value = content.metadata().get(entry);
    if (value == null) {
      throw new InputException("a session's decoder must have the entry '" + entry + "'");
    }
    return value;
  }

  List<String> features() {
    return List.copyOf(features);
  }

  private void readFeatures() {
    String count = text("channels");
    int named = 0;
    for (String name : content.metadata().keySet()) {
      boolean channel = name.startsWith("channel.");
      named += channel ? 1 : 0;
      if (!channel && !WORDS.contains(name) && !name.startsWith(SessionDecoderFile.FILTER)) {
        throw new InputException("a session's decoder has no entry '" + name + "'");
      }
    }
    if (named == 0 || !count.equals(Integer.toString(named))) {
      throw new InputException(
          "a session's decoder must name each channel; channels=%s, names=%d"
              .formatted(count, named));
    }
    for (int c = 0; c < named; c++) {
      features.add(text("channel." + c));
    }
  }

  Trained trained() {
    int n = features.size();
    double[] alive = values("chain.alive", n);
    boolean[] heard = new boolean[n];
    for (int c = 0; c < n; c++) {
      if (alive[c] != 0 && alive[c] != 1) {
        throw new InputException("tensor 'chain.alive' must hold 0 and 1; value=" + alive[c]);
      }
      heard[c] = alive[c] == 1;
    }
    double clip = has("chain.clip") ? values("chain.clip", 1)[0] : BlockZScore.NO_CLIP;
    BlockZScore zScore = new BlockZScore(values("chain.mean", n), values("chain.scale", n), clip);
    double smoothing = values("chain.smoothing", 1)[0];
    double[] control = values("control", 5);
    if (!(smoothing >= 0 && smoothing <= LONGEST_SECONDS)
        || !(control[0] > 0 && control[1] >= 0 && control[3] > 0)
        || !(control[2] >= 0 && control[2] <= LONGEST_SECONDS)
        || !(control[4] > 0 && control[4] <= 1)) {
      throw new InputException(
          "tensors 'chain.smoothing' and 'control' must hold times from 0 to 3600 s, a scale and a top speed above 0, a gain of 0 or more and a bin of at most 1 s; smoothing=%s, control=%s"
              .formatted(smoothing, Arrays.toString(control)));
    }
    double[] training = any("training", 3);
    boolean whole = training[0] == Math.rint(training[0]) && training[2] == Math.rint(training[2]);
    boolean angle = Double.isNaN(training[1]) || (training[1] >= 0 && training[1] <= Math.PI);
    if (!(training[0] >= 0 && training[0] < n && training[2] >= 0 && training[2] < 1e9)
        || !whole
        || !angle) {
      throw new InputException(
          "tensor 'training' must hold a channel, an angle and a number of rows; values="
              + Arrays.toString(training));
    }
    Projection projection = projection(n);
    CursorDecoder filter = filter();
    int inputs = projection == null ? n : projection.components().length;
    if (filter.inputs() != inputs || filter.outputs() != 2) {
      throw new InputException(
          "the filter must read what the chain gives and say two velocities; inputs=%d of %d, outputs=%d"
              .formatted(filter.inputs(), inputs, filter.outputs()));
    }
    FeatureChain chain =
        FeatureChain.of(
            zScore,
            heard,
            new FeatureSmoothing(n, control[4], smoothing),
            projection,
            (int) training[0]);
    VelocityDecoder decoder =
        new VelocityDecoder(
            chain,
            filter,
            new VelocityDecoder.Control(control[0], control[1], control[2]),
            control[3],
            control[4]);
    return new Trained(decoder, smoothing, training[1], (int) training[2]);
  }

  private Projection projection(int n) {
    if (!has("chain.components") && !has("chain.centre")) {
      return null;
    }
    double[] centre = values("chain.centre", n);
    Tensor tensor = tensor("chain.components");
    long[] shape = tensor.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[0] > n || shape[1] != n) {
      throw new InputException(
          "tensor 'chain.components' must have the shape [k, %d], k at most %d; shape=%s"
              .formatted(n, n, Arrays.toString(shape)));
    }
    double[] flat = finite("chain.components", tensor.doubles());
    double[][] components = new double[(int) shape[0]][];
    for (int i = 0; i < components.length; i++) {
      components[i] = Arrays.copyOfRange(flat, i * n, (i + 1) * n);
    }
    return Projection.of(components, centre);
  }

  private CursorDecoder filter() {
    String prefix = SessionDecoderFile.FILTER;
    Map<String, String> words = new LinkedHashMap<>();
    content
        .metadata()
        .forEach(
            (name, word) -> {
              if (name.startsWith(prefix)) {
                words.put(name.substring(prefix.length()), word);
              }
            });
    Map<String, DecoderState.Tensor> tensors = new LinkedHashMap<>();
    for (String name : content.tensors().keySet()) {
      if (name.startsWith(prefix)) {
        Tensor tensor = tensor(name);
        int[] sizes = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
        tensors.put(
            name.substring(prefix.length()), new DecoderState.Tensor(tensor.doubles(), sizes));
      }
    }
    return CursorDecoder.fromState(new DecoderState(tensors, words));
  }

  private boolean has(String name) {
    return content.tensors().containsKey(name);
  }

  private Tensor tensor(String name) {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null || tensor.type() != TensorType.F64) {
      throw new InputException(
          "a session's decoder must have the tensor '%s' of F64; type=%s"
              .formatted(name, tensor == null ? "none" : tensor.type()));
    }
    return tensor;
  }

  private double[] any(String name, int length) {
    Tensor tensor = tensor(name);
    if (tensor.shape().length != 1 || tensor.elements() != length) {
      throw new InputException(
          "tensor '%s' must have the shape [%d]; shape=%s"
              .formatted(name, length, Arrays.toString(tensor.shape())));
    }
    return tensor.doubles();
  }

  private double[] values(String name, int length) {
    return finite(name, any(name, length));
  }

  private static double[] finite(String name, double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InputException("tensor '%s' must be finite; value=%s".formatted(name, value));
      }
    }
    return values;
  }
}
