package org.efferent.decoders.train;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/** Examples of a data set to embeddings. */
public final class Inference {
  private static final int BATCH = 64;

  private final Batches batches;
  private final Encoder encoder;
  private final Weights weights;
  private final Compute compute;

  /**
   * A way to encode.
   *
   * @param data where the examples are
   * @param encoder the network
   * @param input how its input is scaled
   * @param weights its weights
   */
  public Inference(WindowDataset data, Encoder encoder, EncoderInput input, Weights weights) {
    this.compute = weights.compute();
    this.batches = new Batches(data, encoder, input, null, compute);
    this.encoder = encoder;
    this.weights = weights;
  }

  /** Embeddings of examples. */
  public static final class Embeddings {
    private final float[] values;
    private final long[] shape;

    Embeddings(float[] values, long[] shape) {
      this.values = values;
      this.shape = shape;
    }

    /** The numbers, {@code [n × …]}, row-major; not a copy. */
    public float[] values() {
      return values;
    }

    /** Sizes: examples, then those of one embedding. */
    public long[] shape() {
      return shape.clone();
    }

    /** Numbers of one embedding. */
    public int width() {
      return Batches.width(Arrays.copyOfRange(shape, 1, shape.length));
    }
  }

  /**
   * Encodes examples.
   *
   * @param examples which
   * @return embeddings of its first head, in the same order
   */
  public Embeddings encode(int[] examples) {
    return encode(examples, WindowEdit.NONE);
  }

  /**
   * Encodes examples after something was done to their windows.
   *
   * @param examples which
   * @param edit what is done to each window, in their order
   * @return embeddings of its first head, in the same order
   */
  public Embeddings encode(int[] examples, WindowEdit edit) {
    float[] all = new float[0];
    long[] shape = {0};
    for (int from = 0; from < examples.length; from += BATCH) {
      int[] some = Arrays.copyOfRange(examples, from, Math.min(examples.length, from + BATCH));
      long[] one = new long[4];
      float[] values =
          compute.step(
              () -> {
                NDArray y = encoder.encode(weights, batches.batch(some, edit), Pass.evaluation());
                long[] sizes = y.getShape().getShape();
                one[0] = sizes.length;
                System.arraycopy(sizes, 1, one, 1, sizes.length - 1);
                return Compute.floats(y);
              });
      int width = values.length / some.length;
      if (from == 0) {
        all = new float[Math.multiplyExact(examples.length, width)];
        shape = Arrays.copyOf(one, (int) one[0]);
        shape[0] = examples.length;
      }
      System.arraycopy(values, 0, all, from * width, values.length);
    }
    return new Embeddings(all, shape);
  }

  /**
   * How the likeness of embeddings to what they should be follows from the windows: the gradient of
   * the cosine, times the window ("gradient × input", Simonyan et al. 2014; Shrikumar et al. 2016).
   * Its sum over a window is, to first order, what the signal adds to the likeness.
   *
   * @param examples which
   * @param truth what each should be, {@code [examples × width]}, row-major
   * @return mean over examples, {@code [channels × time]}, row-major
   */
  public double[] saliency(int[] examples, float[] truth) {
    int width = truth.length / Math.max(1, examples.length);
    double[] sum = new double[0];
    for (int from = 0; from < examples.length; from += BATCH) {
      int to = Math.min(examples.length, from + BATCH);
      int[] some = Arrays.copyOfRange(examples, from, to);
      float[] wanted = Arrays.copyOfRange(truth, from * width, to * width);
      double[] values =
          compute.differentiable(
              () -> {
                Batch batch = batches.batch(some);
                NDArray signals = batch.signals();
                signals.setRequiresGradient(true);
                NDArray y =
                    encoder.encode(weights, batch, Pass.evaluation()).reshape(some.length, width);
                NDArray product =
                    Layers.unit(y).mul(Layers.unit(compute.array(wanted, some.length, width)));
                Compute.backward(product.sum());
                NDArray map = signals.getGradient().mul(signals).sum(new int[] {0});
                return Compute.doubles(map);
              });
      sum = sum.length == 0 ? new double[values.length] : sum;
      for (int i = 0; i < values.length; i++) {
        sum[i] += values[i] / examples.length;
      }
    }
    weights.clearGradients();
    return sum;
  }
}
