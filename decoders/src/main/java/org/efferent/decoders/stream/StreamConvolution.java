package org.efferent.decoders.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import org.efferent.decoders.nn.Layers;

/**
 * One dilated convolution over a stream: keeps the last (K − 1) d frames of its input and says a
 * frame of output as soon as its last frame of input has come.
 *
 * <p>Frames are rows here, {@code [frames × channels]}: a convolution of a few frames is then one
 * product of matrices.
 */
final class StreamConvolution implements AutoCloseable {
  private final NDArray weight;
  private final NDArray bias;
  private final int kernel;
  private final int dilation;
  private final int left;
  private final int right;
  private NDArray kept;

  /**
   * A convolution before the stream begins.
   *
   * @param weight {@code [out × in × kernel]}
   * @param bias {@code [out]}
   * @param dilation frames from tap to tap
   * @param left zeros before the stream
   * @param right frames that it looks ahead
   */
  StreamConvolution(NDArray weight, NDArray bias, int dilation, int left, int right) {
    long[] shape = weight.getShape().getShape();
    this.kernel = Math.toIntExact(shape[2]);
    this.weight = own(weight.transpose(0, 2, 1).reshape(shape[0], shape[1] * shape[2]));
    this.bias = own(bias.duplicate());
    this.dilation = dilation;
    this.left = left;
    this.right = right;
    this.kept =
        own(
            weight
                .getManager()
                .zeros(new Shape(left, shape[1]), weight.getDataType(), weight.getDevice()));
  }

  private static NDArray own(NDArray array) {
    NDArray detached = array.hasGradient() ? array.stopGradient() : array;
    NDScope.unregister(detached);
    return detached;
  }

  /** What came out: the new frames, and their input at the same times. */
  record Said(NDArray output, NDArray input) {}

  /**
   * Takes frames.
   *
   * @param frames {@code [n × in]}
   * @return {@code [m × out]} and {@code [m × in]}, m from 0
   */
  Said push(NDArray frames) {
    NDArray all = NDArrays.concat(new NDList(kept, frames), 0);
    long length = all.getShape().get(0);
    long count = Math.max(0, length - (long) (kernel - 1) * dilation);
    keep(all.get(count + ":"));
    if (count == 0) {
      return new Said(null, null);
    }
    NDArray taps = all.get("0:" + count);
    if (kernel > 1) {
      NDList list = new NDList();
      for (int k = 0; k < kernel; k++) {
        long from = (long) k * dilation;
        list.add(all.get(from + ":" + (from + count)));
      }
      taps = NDArrays.concat(list, 1);
    }
    return new Said(Layers.linear(taps, weight, bias), all.get(left + ":" + (left + count)));
  }

  private void keep(NDArray frames) {
    NDArray copy = frames.duplicate();
    NDScope.unregister(copy);
    kept.close();
    kept = copy;
  }

  /** Frames that it looks ahead. */
  int right() {
    return right;
  }

  /** Frames of zeros as wide as its input. */
  NDArray zeros(int frames) {
    return kept.getManager()
        .zeros(new Shape(frames, kept.getShape().get(1)), kept.getDataType(), kept.getDevice());
  }

  /** What it keeps. */
  NDArray state() {
    return kept;
  }

  /** Goes on from what another kept. */
  void state(NDArray frames) {
    keep(frames);
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
    kept.close();
  }
}
