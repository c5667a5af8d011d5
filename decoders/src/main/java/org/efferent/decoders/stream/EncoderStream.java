package org.efferent.decoders.stream;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.encoder.Streamed;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/**
 * A brain module over a continuous stream: chunks of any size give what the module says of the
 * whole signal at once, each frame as soon as its look-ahead has arrived, at a cost that does not
 * depend on the length of a window.
 *
 * <p><b>What that means.</b> Equal to the module run over the continuous signal, zeros before its
 * beginning and after its end; not to the module run over windows of three seconds, whose zeros lie
 * at the edges of each window, and not with a baseline or a norm of each window, which a stream
 * does not have. Batch normalisation runs with its running statistics.
 *
 * <p>One thread. Attention, channel mix and subject layer are one matrix where nothing bends
 * between them; batch normalisation is part of the convolution before it.
 */
public final class EncoderStream implements AutoCloseable {
  private final Compute compute;
  private final Streamed module;
  private final int channels;
  private final int outputs;
  private final int lookAhead;
  private final List<Stage> stages = new ArrayList<>();
  private long received;
  private long said;

  private record Stage(
      StreamConvolution convolution, StreamConvolution gate, boolean activated, boolean residual) {}

  /**
   * A stream before its first chunk.
   *
   * @param encoder the module, with the context it was trained with
   * @param weights its weights; not kept
   * @param layout positions of the sensors; null where the module attends to none
   * @param subject whose signals they are; ignored where the module tells none apart
   */
  public EncoderStream(BrainModule encoder, Weights weights, SensorLayout layout, int subject) {
    this(
        weights.compute(),
        encoder.channels(),
        encoder.lookAhead(),
        encoder.streamed(weights, layout, subject));
  }

  /** A stream of a module's features. */
  EncoderStream(Compute compute, int channels, int lookAhead, Streamed module) {
    this.compute = compute;
    this.channels = channels;
    this.lookAhead = lookAhead;
    this.module = module;
    this.outputs = module.outputs();
    stages.addAll(compute.step(() -> module.layers().stream().map(EncoderStream::stage).toList()));
    module.closeLayers();
  }

  private static Stage stage(Streamed.Layer layer) {
    StreamConvolution gate = layer.gate() == null ? null : convolution(layer.gate());
    return new Stage(convolution(layer.convolution()), gate, layer.activated(), layer.residual());
  }

  private static StreamConvolution convolution(Streamed.Taps taps) {
    return new StreamConvolution(
        taps.weight(), taps.bias(), taps.dilation(), taps.left(), taps.right());
  }

  /** Frames from the arrival of a sample to that of its embedding. */
  public int lookAhead() {
    return lookAhead;
  }

  /** Numbers of an embedding. */
  public int dimensions() {
    return outputs;
  }

  /** Frames received. */
  public long received() {
    return received;
  }

  /** Embeddings said. */
  public long said() {
    return said;
  }

  /**
   * Takes samples.
   *
   * @param samples {@code [rows × channels]}, row-major, scaled as in training
   * @param rows how many; 0 or more
   * @return embeddings {@code [n × dimensions]}, row-major; the first is that of sample {@link
   *     #said()} before the call
   */
  public float[] push(float[] samples, int rows) {
    if (samples.length < (long) rows * channels) {
      throw new IllegalArgumentException(
          "samples must be [rows × %d]; rows=%d, samples=%d"
              .formatted(channels, rows, samples.length));
    }
    float[] own =
        samples.length == rows * channels
            ? samples
            : java.util.Arrays.copyOf(samples, rows * channels);
    return step(() -> compute.array(own, rows, channels), rows);
  }

  /**
   * The same of doubles.
   *
   * @param samples {@code [rows × channels]}, row-major
   * @param rows how many
   * @return embeddings {@code [n × dimensions]}, row-major
   */
  public double[] push(double[] samples, int rows) {
    if (rows == 0) {
      return new double[0];
    }
    received += rows;
    return compute.step(
        () -> doubles(through(module.front(compute.array(samples, rows, channels)), 0)));
  }

  private float[] step(java.util.function.Supplier<NDArray> frames, int rows) {
    if (rows == 0) {
      return new float[0];
    }
    received += rows;
    return compute.step(
        () -> {
          NDArray out = through(module.front(frames.get()), 0);
          if (out == null) {
            return new float[0];
          }
          said += out.getShape().get(0);
          return Compute.floats(out);
        });
  }

  private double[] doubles(NDArray out) {
    if (out == null) {
      return new double[0];
    }
    said += out.getShape().get(0);
    return Compute.doubles(out);
  }

  /**
   * Ends the stream: zeros follow its last sample, as they do in the module run over the whole.
   *
   * @return the embeddings that were waiting, {@code [n × dimensions]}, row-major
   */
  public double[] flush() {
    return compute.step(
        () -> {
          List<double[]> parts = new ArrayList<>();
          for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.convolution().right() > 0) {
              NDArray zeros = stage.convolution().zeros(stage.convolution().right());
              parts.add(doubles(through(zeros, i)));
            }
            if (stage.gate() != null && stage.gate().right() > 0) {
              NDArray y = gated(stage, stage.gate().zeros(stage.gate().right()));
              parts.add(doubles(y == null ? null : through(y, i + 1)));
            }
          }
          return parts.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        });
  }

  /** Through the stages from one on, and the head; null if nothing comes out. */
  private NDArray through(NDArray frames, int from) {
    NDArray y = frames;
    for (int i = from; i < stages.size() && y != null; i++) {
      Stage stage = stages.get(i);
      StreamConvolution.Said said = stage.convolution().push(y);
      y = said.output();
      if (y != null) {
        y = stage.activated() ? module.activate(y) : y;
        y = stage.residual() ? y.addi(said.input()) : y;
        y = stage.gate() == null ? y : gated(stage, y);
      }
    }
    return y == null ? null : module.head(y);
  }

  private static NDArray gated(Stage stage, NDArray frames) {
    NDArray both = stage.gate().push(frames).output();
    return both == null ? null : Layers.glu(both, Pass.evaluation());
  }

  /** What a stream remembers: enough to go on elsewhere. */
  public static final class Snapshot {
    private final List<Tensor> states;
    private final long received;
    private final long said;

    private Snapshot(List<Tensor> states, long received, long said) {
      this.states = List.copyOf(states);
      this.received = received;
      this.said = said;
    }

    /** Numbers that are remembered. */
    public long size() {
      return states.stream().mapToLong(Tensor::elements).sum();
    }
  }

  /** What it remembers now. */
  public Snapshot snapshot() {
    List<Tensor> states = new ArrayList<>();
    for (Stage stage : stages) {
      states.add(Compute.tensor(stage.convolution().state()));
      if (stage.gate() != null) {
        states.add(Compute.tensor(stage.gate().state()));
      }
    }
    return new Snapshot(states, received, said);
  }

  /**
   * Goes on from what a stream of the same module remembered.
   *
   * @param snapshot of such a stream
   */
  public void restore(Snapshot snapshot) {
    compute.step(
        () -> {
          int i = 0;
          for (Stage stage : stages) {
            stage.convolution().state(compute.array(snapshot.states.get(i++)));
            if (stage.gate() != null) {
              stage.gate().state(compute.array(snapshot.states.get(i++)));
            }
          }
          return null;
        });
    received = snapshot.received;
    said = snapshot.said;
  }

  @Override
  public void close() {
    for (Stage stage : stages) {
      stage.convolution().close();
      if (stage.gate() != null) {
        stage.gate().close();
      }
    }
    module.close();
  }
}
