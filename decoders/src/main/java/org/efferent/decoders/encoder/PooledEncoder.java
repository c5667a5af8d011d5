package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import org.efferent.decoders.nn.Weights;

/**
 * An encoder of windows that convolves and pools over time before it looks at all of a window: over
 * a stream, the pooled frames of a window are kept, and only new ones are computed ({@link
 * org.efferent.decoders.stream.SlidingStream}).
 */
public sealed interface PooledEncoder extends Encoder permits TsConv, ShallowNet, EegNet {
  /** Samples from one pooled frame to the next, and from embedding to embedding. */
  int stride();

  /** Samples that one pooled frame depends on. */
  int reach();

  /** Pooled frames of a window. */
  int frames();

  /** Numbers of an embedding. */
  int dimensions();

  /**
   * The pooled frames of signals of any length, with running statistics, nothing padded.
   *
   * @param weights of this encoder
   * @param signals {@code [1 × channels × samples]}, at least {@link #reach()} samples
   * @return {@code [frames × width]}, one every {@link #stride()} samples
   */
  NDArray pooled(Weights weights, NDArray signals);

  /**
   * The embedding of a window's pooled frames.
   *
   * @param weights of this encoder
   * @param frames {@code [frames × width]} of one window
   * @return {@code [1 × dimensions]}
   */
  NDArray project(Weights weights, NDArray frames);
}
