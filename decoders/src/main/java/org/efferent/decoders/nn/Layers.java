package org.efferent.decoders.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The layers of the encoders as functions of arrays, with PyTorch's conventions. Time is the last
 * axis, channels the one before (sequences {@code [batch × channels × time]}, planes {@code [batch
 * × filters × channels × time]}).
 *
 * <p>Longer than 300 lines by the words about each layer: the code of one is a few lines.
 */
public final class Layers {
  /** ε of batch and layer normalisation, inside the root. */
  public static final double EPSILON = 1e-5;

  /** Share of a new batch in running statistics. */
  public static final double MOMENTUM = 0.1;

  private Layers() {}

  /**
   * Convolution over time (a cross-correlation).
   *
   * @param x {@code [batch × in × time]}
   * @param weights where {@code name.weight [out × in × kernel]} and {@code name.bias} are
   * @param name prefix
   * @param left zeros before the first sample
   * @param right zeros after the last
   * @param dilation samples from tap to tap
   * @return {@code [batch × out × time]}
   */
  public static NDArray conv1d(
      NDArray x, Weights weights, String name, int left, int right, int dilation) {
    NDArray padded = left == right ? x : pad(x, left, right);
    int both = left == right ? left : 0;
    return JniUtils.convolution(
        pt(padded),
        pt(weights.get(name + ".weight")),
        pt(weights.get(name + ".bias")),
        new Shape(1),
        new Shape(both),
        new Shape(dilation),
        1);
  }

  /** The same over a plane, without padding. */
  static NDArray conv2d(NDArray x, NDArray weight, NDArray bias, Shape padding, int groups) {
    return JniUtils.convolution(
        pt(x),
        pt(weight),
        bias == null ? null : pt(bias),
        new Shape(1, 1),
        padding,
        new Shape(1, 1),
        groups);
  }

  /**
   * Convolution over a plane without padding.
   *
   * @param x {@code [batch × in × height × time]}
   * @param weights where {@code name.weight [out × in × kernel height × kernel]} and {@code
   *     name.bias} are
   * @param name prefix
   * @return {@code [batch × out × height' × time']}
   */
  public static NDArray conv2d(NDArray x, Weights weights, String name) {
    return conv2d(
        x, weights.get(name + ".weight"), weights.get(name + ".bias"), new Shape(0, 0), 1);
  }

  /**
   * Convolution over a plane with zeros around, half a kernel wide.
   *
   * @param x {@code [batch × in × height × width]}
   * @param weights where {@code name.weight [out × in × kernel × kernel]} and {@code name.bias} are
   * @param name prefix
   * @param stride pixels from place to place
   * @return {@code [batch × out × height / stride × width / stride]}
   */
  public static NDArray plane(NDArray x, Weights weights, String name, int stride) {
    NDArray weight = weights.get(name + ".weight");
    long half = weight.getShape().get(2) / 2;
    return JniUtils.convolution(
        pt(x),
        pt(weight),
        pt(weights.get(name + ".bias")),
        new Shape(stride, stride),
        new Shape(half, half),
        new Shape(1, 1),
        1);
  }

  /**
   * Every pixel as 2 × 2 of its kind.
   *
   * @param x {@code [batch × channels × height × width]}
   * @return {@code [batch × channels × 2 height × 2 width]}
   */
  public static NDArray upsampled(NDArray x) {
    long[] at = x.getShape().getShape();
    return x.reshape(at[0], at[1], at[2], 1, at[3], 1)
        .broadcast(at[0], at[1], at[2], 2, at[3], 2)
        .reshape(at[0], at[1], 2 * at[2], 2 * at[3]);
  }

  /**
   * Four channels as the pixels of 2 × 2, row by row: {@code y[c, 2h + i, 2w + j] = x[4c + 2i + j,
   * h, w]}.
   *
   * @param x {@code [batch × 4 channels × height × width]}
   * @return {@code [batch × channels × 2 height × 2 width]}
   */
  public static NDArray spread(NDArray x) {
    long[] at = x.getShape().getShape();
    return x.reshape(at[0], at[1] / 4, 2, 2, at[2], at[3])
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(at[0], at[1] / 4, 2 * at[2], 2 * at[3]);
  }

  /**
   * Convolution over a plane, without bias, its filters in groups, with zeros around.
   *
   * @param x {@code [batch × in × height × time]}
   * @param weight {@code [out × in/groups × kernel height × kernel]}
   * @param timePadding zeros before and after in time
   * @param groups groups of filters
   * @return {@code [batch × out × height' × time']}
   */
  public static NDArray grouped(NDArray x, NDArray weight, int timePadding, int groups) {
    return conv2d(x, weight, null, new Shape(0, timePadding), groups);
  }

  /**
   * Transposed convolution with a kernel of one: y_o = Σ_i W[i, o] x_i + b_o.
   *
   * @param x {@code [batch × in × time]}
   * @param weights where {@code name.weight [in × out × 1]} and {@code name.bias} are
   * @param name prefix
   * @return {@code [batch × out × time]}
   */
  public static NDArray transposedPointwise(NDArray x, Weights weights, String name) {
    NDArray weight = weights.get(name + ".weight");
    NDArray outByIn =
        JniUtils.isGradMode()
            ? weight.transpose(1, 0, 2)
            : weights.derived(name, () -> turned(weight));
    return JniUtils.convolution(
        pt(x),
        pt(outByIn),
        pt(weights.get(name + ".bias")),
        new Shape(1),
        new Shape(0),
        new Shape(1),
        1);
  }

  /**
   * Transposed convolution over a plane with a kernel of one.
   *
   * @param x {@code [batch × in × height × width]}
   * @param weights where {@code name.weight [in × out × 1 × 1]} and {@code name.bias} are
   * @param name prefix
   * @return {@code [batch × out × height × width]}
   */
  public static NDArray transposedPointwise2d(NDArray x, Weights weights, String name) {
    NDArray outByIn = weights.get(name + ".weight").transpose(1, 0, 2, 3);
    return conv2d(x, outByIn, weights.get(name + ".bias"), new Shape(0, 0), 1);
  }

  /**
   * Transposed convolution that doubles a square plane: kernel 4, stride 2, padding 1. The engine's
   * binding has none, so it is written as what it does: an output row of even number sees two input
   * rows through the kernel's rows 1 and 3, one of odd number through rows 0 and 2, and so do
   * columns; the four pairs of them are four convolutions of 2 × 2, done as one and interleaved. Of
   * a plane of one point, only the kernel's middle is ever seen: a linear layer.
   *
   * @param x {@code [batch × in × n × n]}
   * @param weights where {@code name.weight [in × out × 4 × 4]} and {@code name.bias} are
   * @param name prefix
   * @return {@code [batch × out × 2n × 2n]}
   */
  public static NDArray transposedDoubling(NDArray x, Weights weights, String name) {
    NDArray weight = weights.get(name + ".weight");
    NDArray bias = weights.get(name + ".bias");
    long batch = x.getShape().get(0);
    long in = weight.getShape().get(0);
    long out = weight.getShape().get(1);
    long n = x.getShape().get(2);
    if (n == 1) {
      NDArray middle = weight.get(":, :, 1:3, 1:3").reshape(in, out * 4);
      NDArray y = x.reshape(batch, in).matMul(middle).reshape(batch, out, 2, 2);
      return y.add(bias.reshape(1, out, 1, 1));
    }
    // Turned round, row 2 a + p of the kernel is tap a of the outputs whose row has parity p.
    NDArray kernels =
        weight
            .flip(2, 3)
            .reshape(in, out, 2, 2, 2, 2)
            .transpose(3, 5, 1, 0, 2, 4)
            .reshape(4 * out, in, 2, 2);
    NDArray all = conv2d(x, kernels, null, new Shape(1, 1), 1).reshape(batch, 4, out, n + 1, n + 1);
    NDList parities = new NDList();
    for (int p = 0; p < 2; p++) {
      for (int q = 0; q < 2; q++) {
        parities.add(all.get(":, %d, :, %d:%d, %d:%d".formatted(2 * p + q, p, p + n, q, q + n)));
      }
    }
    NDArray y = spread(NDArrays.stack(parities, 2).reshape(batch, 4 * out, n, n));
    return y.add(bias.reshape(1, out, 1, 1));
  }

  /**
   * The weight {@code [in × out × 1]} as {@code [out × in × 1]}, in that order in memory, which a
   * view is not.
   */
  private static NDArray turned(NDArray weight) {
    long[] shape = weight.getShape().getShape();
    return weight.transpose(1, 0, 2).flatten().reshape(shape[1], shape[0], shape[2]);
  }

  /**
   * Batch normalisation: of the batch's own statistics, which the running ones then follow, or of
   * the running ones.
   *
   * @param x {@code [batch × channels × …]}
   * @param weights where the five weights of {@code name} are
   * @param name prefix
   * @param pass whether this is training
   * @return the same shape
   */
  public static NDArray batchNorm(NDArray x, Weights weights, String name, Pass pass) {
    return JniUtils.batchNorm(
        pt(x),
        pt(weights.get(name + ".running_mean")),
        pt(weights.get(name + ".running_var")),
        pt(weights.get(name + ".weight")),
        pt(weights.get(name + ".bias")),
        pass.training(),
        MOMENTUM,
        EPSILON);
  }

  /**
   * Layer normalisation over the last axis.
   *
   * @param x {@code [… × width]}
   * @param weights where {@code name.weight} and {@code name.bias} are
   * @param name prefix
   * @return the same shape
   */
  public static NDArray layerNorm(NDArray x, Weights weights, String name) {
    NDArray weight = weights.get(name + ".weight");
    return JniUtils.layerNorm(
        pt(x), weight.getShape(), pt(weight), pt(weights.get(name + ".bias")), EPSILON);
  }

  /**
   * Linear layer: y = x Wᵀ + b.
   *
   * @param x {@code [… × in]}
   * @param weights where {@code name.weight [out × in]} and {@code name.bias} are
   * @param name prefix
   * @return {@code [… × out]}
   */
  public static NDArray linear(NDArray x, Weights weights, String name) {
    return JniUtils.linear(
        pt(x), pt(weights.get(name + ".weight")), pt(weights.get(name + ".bias")));
  }

  /**
   * Linear layer: y = x Wᵀ + b.
   *
   * @param x {@code [… × in]}
   * @param weight {@code [out × in]}
   * @param bias {@code [out]}
   * @return {@code [… × out]}
   */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return JniUtils.linear(pt(x), pt(weight), pt(bias));
  }

  /**
   * A convolution over time and the mean of its output over stretches of time, as one convolution
   * with stride whose kernel is the mean of the shifted kernels.
   *
   * @param x {@code [batch × 1 × channels × time]}
   * @param weights where {@code name.weight [out × 1 × 1 × kernel]} and {@code name.bias} are
   * @param name prefix
   * @param poolKernel samples of a mean
   * @param poolStride samples from mean to mean
   * @return {@code [batch × out × channels × ⌊(time − kernel + 1 − poolKernel)/poolStride⌋ + 1]}
   */
  public static NDArray pooledConvolution(
      NDArray x, Weights weights, String name, int poolKernel, int poolStride) {
    NDArray padded = pad(weights.get(name + ".weight"), poolKernel - 1, poolKernel - 1);
    NDArray kernel = averagePool(padded, poolKernel, 1);
    return JniUtils.convolution(
        pt(x),
        pt(kernel),
        pt(weights.get(name + ".bias")),
        new Shape(1, poolStride),
        new Shape(0, 0),
        new Shape(1, 1),
        1);
  }

  /** GELU with the error function: x/2 (1 + erf(x/√2)). */
  public static NDArray gelu(NDArray x) {
    return JniUtils.gelu(pt(x));
  }

  /** ELU with α = 1. */
  public static NDArray elu(NDArray x) {
    return JniUtils.elu(pt(x), 1);
  }

  /** ReLU. */
  public static NDArray relu(NDArray x) {
    return JniUtils.relu(pt(x));
  }

  /** 1 / (1 + e⁻ˣ). */
  public static NDArray logistic(NDArray x) {
    return JniUtils.sigmoid(pt(x));
  }

  /** SiLU: x / (1 + e⁻ˣ). */
  public static NDArray silu(NDArray x) {
    return x.mul(logistic(x));
  }

  /** log(1 + eˣ). */
  public static NDArray softplus(NDArray x) {
    return JniUtils.softPlus(pt(x));
  }

  /**
   * Gated linear unit over channels: the first half times the logistic function of the second.
   *
   * @param x {@code [batch × 2 channels × …]}
   * @param pass what is in between is closed in plain evaluation
   * @return {@code [batch × channels × …]}
   */
  public static NDArray glu(NDArray x, Pass pass) {
    NDList halves = x.split(2, 1);
    NDArray open = JniUtils.sigmoid(pt(halves.get(1)));
    NDArray y = pass.then(open, halves.get(0).mul(open));
    if (pass.isPlainEvaluation()) {
      halves.close();
    }
    return y;
  }

  /**
   * Mean over stretches of time; samples that do not fill one at the end are left out.
   *
   * @param x {@code [batch × filters × channels × time]}
   * @param kernel samples of a stretch
   * @param stride samples from stretch to stretch
   * @return {@code [batch × filters × channels × ⌊(time − kernel)/stride⌋ + 1]}
   */
  public static NDArray averagePool(NDArray x, int kernel, int stride) {
    return JniUtils.avgPool(
        pt(x), new Shape(1, kernel), new Shape(1, stride), new Shape(0, 0), false, true);
  }

  /**
   * Products of matrices, one an example.
   *
   * @param a {@code [batch × n × m]}
   * @param b {@code [batch × m × k]}
   * @return {@code [batch × n × k]}
   */
  public static NDArray products(NDArray a, NDArray b) {
    return JniUtils.bmm(pt(a), pt(b));
  }

  /** Softmax over the last axis. */
  public static NDArray softmax(NDArray x) {
    return JniUtils.softmax(pt(x), x.getShape().dimension() - 1, x.getDataType());
  }

  /**
   * Rows of a table.
   *
   * @param table {@code [rows × width]}
   * @param rows indices {@code [n]}
   * @return {@code [n × width]}
   */
  public static NDArray rows(NDArray table, NDArray rows) {
    return JniUtils.embedding(pt(rows), pt(table), false);
  }

  /**
   * Zeros around the last axis.
   *
   * @param x anything
   * @param left zeros before
   * @param right zeros after
   * @return the same, longer
   */
  public static NDArray pad(NDArray x, int left, int right) {
    return left == 0 && right == 0 ? x : JniUtils.pad(pt(x), new long[] {left, right}, 0);
  }

  /**
   * Zeroes elements at random and scales the others up, in training only.
   *
   * @param x anything
   * @param rate probability of a zero
   * @param pass whether elements are dropped
   * @return the same shape
   */
  public static NDArray dropout(NDArray x, double rate, Pass pass) {
    return pass.drops() && rate > 0 ? JniUtils.dropout(pt(x), rate, true) : x;
  }

  /**
   * A number times an array. The engine's own product with a number gives the number's memory back
   * at once, although the gradient still reads it: whenever a garbage collection comes before the
   * backward pass, the gradient is then that of another number, often of zero.
   *
   * @param x any array
   * @param factor the number
   * @return the same shape
   */
  public static NDArray times(NDArray x, double factor) {
    return x.mul(number(x, factor));
  }

  /**
   * The larger of each element and a number, see {@link #times}.
   *
   * @param x any array
   * @param least the number
   * @return the same shape
   */
  public static NDArray atLeast(NDArray x, double least) {
    return x.maximum(number(x, least));
  }

  /** One over each element, see {@link #times}. */
  public static NDArray inverse(NDArray x) {
    return x.onesLike().div(x);
  }

  /** A number as an array that lives as long as the step. */
  private static NDArray number(NDArray like, double value) {
    return like.getDataType() == DataType.FLOAT64
        ? like.getManager().create(value)
        : like.getManager().create((float) value);
  }

  /**
   * Rows of length one: x / max(‖x‖, 10⁻¹²).
   *
   * @param x {@code [n × width]}
   * @return the same shape
   */
  public static NDArray unit(NDArray x) {
    return JniUtils.normalize(pt(x), 2, x.getShape().dimension() - 1, 1e-12);
  }

  /**
   * Mean cross-entropy of rows whose right answer is the diagonal: mean_i (logsumexp_j l_ij −
   * l_ii).
   */
  public static NDArray diagonalCrossEntropy(NDArray logits) {
    long rows = logits.getShape().get(0);
    NDArray log = JniUtils.logSoftmax(pt(logits), 1, logits.getDataType());
    NDArray square = logits.getShape().get(1) == rows ? log : log.get(":, :" + rows);
    return JniUtils.diagonal(pt(square), 0, 0, 1).mean().neg();
  }

  /** The engine's own type of array. */
  static PtNDArray pt(NDArray array) {
    return (PtNDArray) array;
  }
}
