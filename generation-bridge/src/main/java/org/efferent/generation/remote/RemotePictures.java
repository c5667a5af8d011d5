package org.efferent.generation.remote;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;

/** Pictures from embeddings, drawn by a model on a server. Used by many threads. */
public final class RemotePictures {
  private static final double UNIT_TOLERANCE = 0.01;

  private final RemoteModel model;
  private final PictureTensors tensors;
  private final TensorSpec embedding;
  private final Optional<TensorSpec> seed;
  private final List<Long> shape;
  private final int width;

  /**
   * A generator.
   *
   * @param model an open model
   * @param tensors its inputs and its output
   * @throws InputException if the model has no such inputs or output, or another of the kind
   */
  public RemotePictures(RemoteModel model, PictureTensors tensors) {
    this.model = model;
    this.tensors = tensors;
    ModelSignature signature = model.signature();
    this.embedding = spec(signature.inputs(), "input", tensors.embedding());
    this.seed = tensors.seed().map(name -> spec(signature.inputs(), "input", name));
    TensorSpec picture = spec(signature.outputs(), "output", tensors.picture());
    this.shape = one(embedding);
    this.width = count(shape);
    boolean numbers = embedding.type() == DataType.FP32 || embedding.type() == DataType.FP64;
    if (!numbers || width < 1) {
      throw wrong("the embedding must be FP32 or FP64 of a known width", embedding);
    }
    if (seed.isPresent() && (!seed.get().type().whole() || count(one(seed.get())) != 1)) {
      throw wrong("the seed must be one whole number", seed.get());
    }
    int sizes = picture.shape().size();
    if (picture.type() == DataType.BYTES || sizes < 3 || sizes > 4) {
      throw wrong("the picture must be numbers of three or four sizes", picture);
    }
  }

  /** Numbers of an embedding. */
  public int width() {
    return width;
  }

  /**
   * Says what is wrong with an embedding.
   *
   * @param values {@code [width]}
   * @throws InputException if it is of another width, not finite, or not of length 1 where it must
   *     be
   */
  public void check(float[] values) {
    if (values.length != width) {
      throw new InputException(
          "the embedding must have the model's width; values=%d, width=%d; was it made by another"
                  .formatted(values.length, width)
              + " encoder?");
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "the embedding must be finite; values[%d]=%s".formatted(i, values[i]));
      }
      squares += (double) values[i] * values[i];
    }
    double length = Math.sqrt(squares);
    if (tensors.unitLength() && !(Math.abs(length - 1) <= UNIT_TOLERANCE)) {
      throw new InputException(
          "the embedding must be of length 1; length=%s; divide it by its length"
              .formatted(length));
    }
  }

  /**
   * Draws.
   *
   * @param values {@code [width]}, not modified
   * @param seedValue given to the model, if it takes a seed; within the type of that input
   * @return the picture, grey or in colours
   * @throws InputException as {@link #check}
   * @throws StreamException if no picture, or a wrong one, comes in time
   * @throws InterruptedException if the thread is asked to stop; the request is given up
   */
  public BufferedImage generate(float[] values, long seedValue) throws InterruptedException {
    check(values);
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(embedding(values));
    seed.ifPresent(
        spec ->
            inputs.add(
                Tensor.ofNumbers(
                    spec.name(), spec.type(), one(spec), new double[] {(double) seedValue})));
    return picture(model.infer(inputs, List.of(tensors.picture())).get(0));
  }

  private BufferedImage picture(Tensor tensor) {
    List<Long> sizes = tensor.shape();
    if (sizes.size() == 4 && sizes.get(0) == 1) {
      sizes = sizes.subList(1, 4);
    }
    boolean first = tensors.layout() == PictureTensors.Layout.NCHW;
    long channels = sizes.size() == 3 ? sizes.get(first ? 0 : 2) : 0;
    if ((channels != 1 && channels != 3) || tensor.raw().length() == 0) {
      throw new StreamException(
          "output '%s' must be one picture of 1 or 3 channels, %s; shape=%s"
              .formatted(tensor.name(), tensors.layout(), tensor.shape()));
    }
    int height = Math.toIntExact(sizes.get(first ? 1 : 0));
    int columns = Math.toIntExact(sizes.get(first ? 2 : 1));
    int pixelStep = first ? 1 : (int) channels;
    int channelStep = channels == 1 ? 0 : first ? height * columns : 1;
    byte[] levels = tensor.raw().levels(tensors.black(), tensors.white());
    int[] pixels = new int[Math.multiplyExact(height, columns)];
    for (int i = 0; i < pixels.length; i++) {
      int at = i * pixelStep;
      pixels[i] =
          (levels[at] & 0xFF) << 16
              | (levels[at + channelStep] & 0xFF) << 8
              | (levels[at + 2 * channelStep] & 0xFF);
    }
    BufferedImage image = new BufferedImage(columns, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, columns, height, pixels);
    return image;
  }

  private Tensor embedding(float[] values) {
    if (embedding.type() == DataType.FP32) {
      return Tensor.ofFloats(embedding.name(), shape, values);
    }
    double[] wide = new double[width];
    for (int i = 0; i < width; i++) {
      wide[i] = values[i];
    }
    return Tensor.ofNumbers(embedding.name(), embedding.type(), shape, wide);
  }

  private TensorSpec spec(List<TensorSpec> specs, String what, String name) {
    return ModelSignature.find(specs, name)
        .orElseThrow(
            () ->
                new InputException(
                    "model '%s' has no %s '%s'; it has %s"
                        .formatted(model.signature().name(), what, name, model.signature())));
  }

  private InputException wrong(String rule, TensorSpec spec) {
    return new InputException(
        "model '%s': %s; it has %s".formatted(model.signature().name(), rule, spec));
  }

  /** The shape for one item: what may be any size is 1. */
  private static List<Long> one(TensorSpec spec) {
    return spec.shape().stream().map(size -> size < 0 ? 1 : size).toList();
  }

  private static int count(List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 1 || size > Integer.MAX_VALUE / count) {
        return 0;
      }
      count *= size;
    }
    return (int) count;
  }
}
