package org.efferent.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.onnx.Onnx;

/**
 * One half of a tiny autoencoder of the TAESD family (madebyollin/taesd), on the engine of the
 * encoders: 3 × 3 convolutions, blocks with a way around, three halvings or doublings. Weights are
 * named {@code <index>.weight} by the position in the sequence below.
 *
 * <p>encoder: conv 0; block 1; halving 2; blocks 3–5; halving 6; blocks 7–9; halving 10; blocks
 * 11–13; conv 14.
 *
 * <p>decoder: 3 tanh(x/3); conv 1, ReLU; blocks 3–5; doubling, conv 7; blocks 8–10; doubling, conv
 * 12; blocks 13–15; doubling, conv 17; block 18; conv 19, cut off to [0, 1].
 */
final class TaesdNetwork implements Network {
  private static final int GROUPS = 4;
  private static final double EPSILON = 1e-5;

  /** One step; what it is given stays open, what it makes in between is closed. */
  @FunctionalInterface
  private interface Layer {
    NDArray apply(NDArray x);
  }

  private final GeneratorConfig.Named name;
  private final String file;
  private final Safetensors weights;
  private final Set<String> taken = new LinkedHashSet<>();
  private final NDManager manager;
  private final List<Layer> layers = new ArrayList<>();
  private final int inputs;
  private long channels;

  private TaesdNetwork(
      GeneratorConfig.Named name, Path file, Safetensors weights, NDManager manager, int inputs) {
    this.name = name;
    this.file = InputFiles.name(file);
    this.weights = weights;
    this.manager = manager;
    this.inputs = inputs;
    this.channels = inputs;
  }

  /**
   * Opens a decoder.
   *
   * @param name of the file in the configuration
   * @param file safetensors
   * @param channels of a latent
   * @throws InputException if the file is missing, or its tensors are not those of a decoder
   * @throws UnavailableException if the engine does not load on this machine
   */
  static TaesdNetwork decoder(GeneratorConfig.Named name, Path file, int channels) {
    TaesdNetwork made = start(name, file, channels);
    made.layers.add(x -> then(x.div(3), scaled -> then(scaled.tanh(), t -> t.mul(3))));
    made.conv(1, 1, true);
    made.layers.add(x -> JniUtils.relu(pt(x)));
    made.blocks(3, 5);
    for (int doubling : new int[] {7, 12, 17}) {
      made.layers.add(x -> then(x.repeat(2, 2), tall -> tall.repeat(3, 2)));
      made.conv(doubling, 1, false);
      made.blocks(doubling + 1, doubling == 17 ? 18 : doubling + 3);
    }
    made.conv(19, 1, true);
    made.layers.add(x -> x.clip(0, 1));
    return made.whole(3);
  }

  /**
   * Opens an encoder.
   *
   * @param name of the file in the configuration
   * @param file safetensors
   * @param latentChannels that it must give
   * @throws InputException if the file is missing, or its tensors are not those of an encoder
   * @throws UnavailableException if the engine does not load on this machine
   */
  static TaesdNetwork encoder(GeneratorConfig.Named name, Path file, int latentChannels) {
    TaesdNetwork made = start(name, file, 3);
    made.conv(0, 1, true);
    made.blocks(1, 1);
    for (int halving : new int[] {2, 6, 10}) {
      made.conv(halving, 2, false);
      made.blocks(halving + 1, halving + 3);
    }
    made.conv(14, 1, true);
    return made.whole(latentChannels);
  }

  private static TaesdNetwork start(GeneratorConfig.Named name, Path file, int inputs) {
    ModelFiles.check(name, file);
    Safetensors weights = Safetensors.read(file);
    return new TaesdNetwork(name, file, weights, PyTorch.manager(), inputs);
  }

  /** Nothing may be left over, or the file is another network's. */
  private TaesdNetwork whole(long outputs) {
    Set<String> rest = new LinkedHashSet<>(weights.tensors().keySet());
    rest.removeAll(taken);
    if (channels != outputs) {
      throw failed("gives %d channels, not the %d that are wanted".formatted(channels, outputs));
    }
    if (!rest.isEmpty()) {
      throw failed(
          "has %d tensors that no layer takes, such as '%s'"
              .formatted(rest.size(), rest.iterator().next()));
    }
    return this;
  }

  private InputException failed(String what) {
    manager.close();
    return new InputException("%s: %s %s".formatted(name.place(), file, what));
  }

  /** A weight of a shape; sizes below 0 are free. */
  private NDArray weight(String tensor, long... shape) {
    Tensor found = weights.tensors().get(tensor);
    if (found == null) {
      throw failed(
          "has no tensor '%s' %s; it has %d others; is it the other half?"
              .formatted(tensor, Onnx.shown(shape), weights.tensors().size()));
    }
    long[] its = found.shape();
    boolean fits = its.length == shape.length;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = shape[axis] < 0 || shape[axis] == its[axis];
    }
    if (!fits) {
      throw failed(
          "has '%s' %s; it must be %s".formatted(tensor, Onnx.shown(its), Onnx.shown(shape)));
    }
    taken.add(tensor);
    return manager.create(FloatBuffer.wrap(found.floats()), new Shape(its), DataType.FLOAT32);
  }

  private void conv(int index, int stride, boolean bias) {
    layers.add(convolution(String.valueOf(index), 3, stride, bias));
  }

  private Layer convolution(String at, int kernel, int stride, boolean withBias) {
    NDArray weight = weight(at + ".weight", -1, channels, kernel, kernel);
    channels = weight.getShape().get(0);
    NDArray bias = withBias ? weight(at + ".bias", channels) : null;
    Shape padding = new Shape(kernel / 2, kernel / 2);
    return x ->
        JniUtils.convolution(
            pt(x),
            pt(weight),
            bias == null ? null : pt(bias),
            new Shape(stride, stride),
            padding,
            new Shape(1, 1),
            1);
  }

  private void blocks(int first, int last) {
    for (int index = first; index <= last; index++) {
      block(index);
    }
  }

  /**
   * {@code ReLU(conv.4(ReLU(conv.2(ReLU(conv.0(x))))) + x)}, before it the pool if there is one.
   */
  private void block(int index) {
    if (weights.tensors().containsKey(index + ".pool.0.weight")) {
      layers.add(pool(index + ".pool."));
    }
    long width = channels;
    Layer first = convolution(index + ".conv.0", 3, 1, true);
    Layer second = convolution(index + ".conv.2", 3, 1, true);
    Layer third = convolution(index + ".conv.4", 3, 1, true);
    if (channels != width) {
      throw failed("changes its channels in block %d; that is not read".formatted(index));
    }
    layers.add(
        x -> {
          NDArray one = then(first.apply(x), y -> JniUtils.relu(pt(y)));
          NDArray two = then(then(one, second), y -> JniUtils.relu(pt(y)));
          return then(then(two, third), y -> then(y.add(x), sum -> JniUtils.relu(pt(sum))));
        });
  }

  /** {@code x + pool.3(ReLU(pool.1(pool.0(x))))}, {@code pool.1} a normalisation of 4 groups. */
  private Layer pool(String at) {
    long width = channels;
    Layer wide = convolution(at + "0", 1, 1, false);
    long hidden = channels;
    if (hidden % GROUPS != 0) {
      throw failed("has %d channels in '%s0'; they must be in 4 groups".formatted(hidden, at));
    }
    NDArray scale = weight(at + "1.weight", hidden).reshape(1, hidden, 1, 1);
    NDArray shift = weight(at + "1.bias", hidden).reshape(1, hidden, 1, 1);
    Layer narrow = convolution(at + "3", 1, 1, false);
    if (channels != width) {
      throw failed("changes its channels in '%s3'; that is not read".formatted(at));
    }
    return x -> {
      NDArray normal = then(wide.apply(x), h -> grouped(h, scale, shift));
      return then(then(then(normal, h -> JniUtils.relu(pt(h))), narrow), y -> y.add(x));
    };
  }

  private static NDArray grouped(NDArray x, NDArray scale, NDArray shift) {
    Shape shape = x.getShape();
    NDArray rows = x.reshape(GROUPS, shape.size() / GROUPS);
    NDArray centred = rows.sub(rows.mean(new int[] {1}, true));
    NDArray variance = centred.square().mean(new int[] {1}, true);
    return centred.div(variance.add(EPSILON).sqrt()).reshape(shape).mul(scale).add(shift);
  }

  /** A step whose input is closed behind it: planes of a large picture are many megabytes. */
  private static NDArray then(NDArray x, Layer layer) {
    NDArray y = layer.apply(x);
    x.close();
    return y;
  }

  private static PtNDArray pt(NDArray array) {
    return (PtNDArray) array;
  }

  @Override
  public List<Values> run(float[] values, long[] shape, long seed) {
    if (shape.length != 4 || shape[1] != inputs) {
      throw new InputException(
          "%s: %s would be given %s; %s"
              .formatted(name.place(), file, Onnx.shown(shape), signature()));
    }
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
      for (Layer layer : layers) {
        x = then(x, layer);
      }
      return List.of(new Values(x.toFloatArray(), x.getShape().getShape()));
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Override
  public boolean draws() {
    return false;
  }

  @Override
  public String signature() {
    return "it takes [1 × %d × height × width] and gives [1 × %d × …]".formatted(inputs, channels);
  }

  @Override
  public void close() {
    manager.close();
  }
}
