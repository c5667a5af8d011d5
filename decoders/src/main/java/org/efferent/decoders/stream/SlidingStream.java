package org.efferent.decoders.stream;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.efferent.decoders.encoder.PooledEncoder;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.encoder.TimeAggregatedBrainModule;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Weights;

/**
 * An encoder of windows over a stream: an embedding of the latest window every few samples, of
 * which only what is new is computed: the convolutions' frames of a window are kept.
 *
 * <p>For {@link org.efferent.decoders.encoder.TsConv} and {@link
 * org.efferent.decoders.encoder.ShallowNet}, which pad nothing, each embedding is that of the
 * window encoded whole. For {@link TimeAggregatedBrainModule} and {@link
 * org.efferent.decoders.encoder.EegNet} it is that of the features of the continuous signal, not of
 * a window with zeros around it (see {@link EncoderStream}). Other encoders of windows look at all
 * of a window at once (attention between channels, flattened windows): they are run by {@link
 * WindowDecoder}.
 */
public final class SlidingStream implements AutoCloseable {
  private final Frames frames;
  private final int channels;
  private final int dimensions;
  private final int width;
  private final int length;
  private final int every;
  private final float[] kept;
  private int filled;
  private int since;

  /** Makes frames of samples, and embeddings of frames. */
  private interface Frames extends AutoCloseable {
    /** New frames {@code [n × width]}, row-major. */
    float[] push(float[] rows, int count);

    /** The embedding of a window's frames. */
    float[] embed(float[] window);

    @Override
    void close();
  }

  private SlidingStream(
      Frames frames, int channels, int dimensions, int width, int length, int every) {
    this.frames = frames;
    this.channels = channels;
    this.dimensions = dimensions;
    this.width = width;
    this.length = length;
    this.every = every;
    this.kept = new float[length * width];
  }

  /**
   * An encoder that pools over a stream.
   *
   * @param encoder the encoder
   * @param weights its weights; must stay open
   * @return an embedding every {@link PooledEncoder#stride()} samples, once a window's frames are
   *     there: the first needs {@code reach + (frames − 1) · stride} samples
   */
  public static SlidingStream of(PooledEncoder encoder, Weights weights) {
    PooledFrames frames = new PooledFrames(encoder, weights);
    return new SlidingStream(
        frames, encoder.channels(), encoder.dimensions(), frames.width, encoder.frames(), 1);
  }

  /**
   * A time-aggregated brain module over a stream.
   *
   * @param encoder the module
   * @param weights its weights; must stay open
   * @param layout positions of the sensors; null where the module attends to none
   * @param subject whose signals they are
   * @param time samples of a window
   * @param every samples from embedding to embedding
   * @return an embedding every so many samples, once a window is full and its look-ahead has come
   */
  public static SlidingStream of(
      TimeAggregatedBrainModule encoder,
      Weights weights,
      SensorLayout layout,
      int subject,
      int time,
      int every) {
    if (every < 1 || time < 1) {
      throw new IllegalArgumentException(
          "time and every must be 1 or more; time=%d, every=%d".formatted(time, every));
    }
    EncoderStream features =
        new EncoderStream(
            weights.compute(),
            encoder.channels(),
            encoder.lookAhead(),
            encoder.streamed(weights, layout, subject));
    Features frames = new Features(encoder, weights, features, time);
    return new SlidingStream(
        frames, encoder.channels(), encoder.dimensions(), features.dimensions(), time, every);
  }

  /** Numbers of an embedding. */
  public int dimensions() {
    return dimensions;
  }

  /**
   * Takes samples.
   *
   * @param rows {@code [count × channels]}, row-major, scaled as in training
   * @param count how many
   * @return embeddings {@code [n × dimensions]}, row-major
   */
  public float[] push(float[] rows, int count) {
    if (rows.length < (long) count * channels) {
      throw new IllegalArgumentException(
          "samples must be [rows × %d]; rows=%d, samples=%d"
              .formatted(channels, count, rows.length));
    }
    float[] fresh = frames.push(rows, count);
    float[] out = new float[fresh.length / width * dimensions];
    int said = 0;
    for (int from = 0; from < fresh.length; from += width) {
      System.arraycopy(kept, width, kept, 0, kept.length - width);
      System.arraycopy(fresh, from, kept, kept.length - width, width);
      filled = Math.min(length, filled + 1);
      since++;
      if (filled == length && (since >= every || since >= length)) {
        System.arraycopy(frames.embed(kept), 0, out, said * dimensions, dimensions);
        said++;
        since = 0;
      }
    }
    return Arrays.copyOf(out, said * dimensions);
  }

  @Override
  public void close() {
    frames.close();
  }

  /** Pooled frames: the samples that the next one needs are kept. */
  private static final class PooledFrames implements Frames {
    private final PooledEncoder encoder;
    private final Weights weights;
    private final Compute compute;
    private final int width;
    private float[] waiting = new float[0];

    PooledFrames(PooledEncoder encoder, Weights weights) {
      this.encoder = encoder;
      this.weights = weights;
      this.compute = weights.compute();
      this.width =
          compute.step(
              () ->
                  (int)
                      encoder
                          .pooled(
                              weights,
                              compute.array(
                                  new float[encoder.channels() * encoder.reach()],
                                  1,
                                  encoder.channels(),
                                  encoder.reach()))
                          .getShape()
                          .get(1));
    }

    @Override
    public float[] push(float[] rows, int count) {
      int channels = encoder.channels();
      int before = waiting.length / channels;
      float[] all = Arrays.copyOf(waiting, (before + count) * channels);
      System.arraycopy(rows, 0, all, before * channels, count * channels);
      int samples = before + count;
      int n = samples < encoder.reach() ? 0 : (samples - encoder.reach()) / encoder.stride() + 1;
      waiting = Arrays.copyOfRange(all, n * encoder.stride() * channels, samples * channels);
      if (n == 0) {
        return new float[0];
      }
      int used = (n - 1) * encoder.stride() + encoder.reach();
      return compute.step(
          () -> {
            NDArray signals =
                compute
                    .array(Arrays.copyOf(all, used * channels), used, channels)
                    .transpose()
                    .expandDims(0);
            return Compute.floats(encoder.pooled(weights, signals));
          });
    }

    @Override
    public float[] embed(float[] window) {
      return compute.step(
          () ->
              Compute.floats(
                  encoder.project(weights, compute.array(window, encoder.frames(), width))));
    }

    @Override
    public void close() {
      // The weights are the caller's.
    }
  }

  /** Features of a brain module. */
  private static final class Features implements Frames {
    private final TimeAggregatedBrainModule encoder;
    private final Weights weights;
    private final EncoderStream features;
    private final int time;

    Features(TimeAggregatedBrainModule encoder, Weights weights, EncoderStream features, int time) {
      this.encoder = encoder;
      this.weights = weights;
      this.features = features;
      this.time = time;
    }

    @Override
    public float[] push(float[] rows, int count) {
      return features.push(rows, count);
    }

    @Override
    public float[] embed(float[] window) {
      Compute compute = weights.compute();
      return compute.step(
          () ->
              Compute.floats(
                  encoder.pooled(weights, compute.array(window, time, features.dimensions()))));
    }

    @Override
    public void close() {
      features.close();
    }
  }
}
