package org.efferent.decoders.stream;

import java.util.Arrays;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Window;
import org.efferent.decoders.encoder.EncoderInput;

/**
 * A brain module over a stream as a decoder: each window holds the samples since the one before
 * (windows of as many rows as their step), and the estimate is the latest embeddings.
 *
 * <p>Samples that were lost are filled with the last one before, as many as one embedding depends
 * on; beyond that the stream begins anew. Values that are no numbers count as the channel's centre.
 * Both are counted.
 */
public final class StreamDecoder implements Decoder<Embedding>, AutoCloseable {
  private final EncoderStream stream;
  private final EncoderStream.Snapshot beginning;
  private final EncoderInput input;
  private final int frames;
  private final int longestGap;
  private final float[] latest;
  private final float[] lastRow;
  private long filled;
  private long restarts;
  private long notNumbers;
  private boolean begun;

  /**
   * A decoder before its stream.
   *
   * @param stream of the module, fresh; owned by the decoder from now on
   * @param input how channels are scaled
   * @param frames embeddings of an estimate, the latest ones; 1 for the last alone
   * @param longestGap samples that are filled at most; the module's receptive field is a good
   *     number
   */
  public StreamDecoder(EncoderStream stream, EncoderInput input, int frames, int longestGap) {
    if (frames < 1 || longestGap < 0) {
      throw new IllegalArgumentException(
          "frames must be 1 or more and longestGap not negative; frames=%d, longestGap=%d"
              .formatted(frames, longestGap));
    }
    this.stream = stream;
    this.beginning = stream.snapshot();
    this.input = input;
    this.frames = frames;
    this.longestGap = longestGap;
    this.latest = new float[stream.dimensions() * frames];
    this.lastRow = new float[input.channels()];
  }

  /**
   * Takes the samples of a window and says the latest embeddings.
   *
   * @param window new samples alone, {@code [rows × channels]}
   * @return {@code [dimensions × frames]}, row-major, the latest frame last; zeros where the stream
   *     is younger
   */
  @Override
  public Embedding decode(Window window) {
    int channels = input.channels();
    if (window.channels() != channels) {
      throw new IllegalArgumentException(
          "windows must have the encoder's channels; encoder=%d, window=%d"
              .formatted(channels, window.channels()));
    }
    if (begun && window.lostBefore() > 0) {
      gap(window.lostBefore());
    }
    begun = true;
    float[] rows = new float[window.rows() * channels];
    double[] values = window.values();
    float[] centre = input.centre();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) values[i];
      if (!Float.isFinite(rows[i])) {
        rows[i] = centre[i % channels];
        notNumbers++;
      }
    }
    input.applyToRows(rows, window.rows());
    System.arraycopy(rows, rows.length - channels, lastRow, 0, channels);
    keep(stream.push(rows, window.rows()));
    return new Embedding(latest);
  }

  private void gap(long lost) {
    if (lost > longestGap) {
      stream.restore(beginning);
      Arrays.fill(latest, 0);
      restarts++;
      return;
    }
    int rows = (int) lost;
    float[] held = new float[rows * lastRow.length];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(lastRow, 0, held, r * lastRow.length, lastRow.length);
    }
    filled += rows;
    keep(stream.push(held, rows));
  }

  /** Moves the embeddings that are kept on by those that came. */
  private void keep(float[] came) {
    int dims = stream.dimensions();
    int n = came.length / dims;
    int moved = Math.min(n, frames);
    for (int d = 0; d < dims; d++) {
      int row = d * frames;
      System.arraycopy(latest, row + moved, latest, row, frames - moved);
      for (int f = 0; f < moved; f++) {
        latest[row + frames - moved + f] = came[(n - moved + f) * dims + d];
      }
    }
  }

  /** Forgets the stream: the next window begins it. */
  @Override
  public void reset() {
    stream.restore(beginning);
    Arrays.fill(latest, 0);
    begun = false;
  }

  /** Samples that were lost and filled. */
  public long filled() {
    return filled;
  }

  /** Times that the stream began anew after a longer gap. */
  public long restarts() {
    return restarts;
  }

  /** Values that were no numbers. */
  public long notNumbers() {
    return notNumbers;
  }

  /** Samples from the arrival of a sample to that of its embedding. */
  public int lookAhead() {
    return stream.lookAhead();
  }

  @Override
  public void close() {
    stream.close();
  }
}
