package org.efferent.decoders.target;

import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;

/**
 * A pretrained encoder of images: CLIP, DINOv2 and their like. One thread at a time.
 *
 * <p>The shorter side becomes {@code size} pixels, the longer one {@code ⌊size · longer /
 * shorter⌋}; of the rest that the square in the middle leaves, the smaller half is above and on the
 * left.
 */
public final class ImageEncoder implements AutoCloseable {
  private final ModelDescription description;
  private final ImageInput takes;
  private final OnnxModel model;

  private ImageEncoder(ModelDescription description, ImageInput takes, OnnxModel model) {
    this.description = description;
    this.takes = takes;
    this.model = model;
  }

  /**
   * Opens an encoder.
   *
   * @param description what it takes and gives
   * @param file the ONNX file
   * @param threads of one operation; 0 for all cores
   * @return the encoder
   * @throws InputException as {@link OnnxModel#open}, or if it is none of images
   */
  public static ImageEncoder open(ModelDescription description, Path file, int threads) {
    if (!(description.takes() instanceof ImageInput takes)) {
      throw new InputException("kind must be image for images; kind=audio");
    }
    OnnxModel model = OnnxModel.open(file, description.input(), description.outputs(), threads);
    return new ImageEncoder(description, takes, model);
  }

  /** Whether several images go through the network at once. */
  public boolean batches() {
    long[] shape = model.inputShape();
    return shape.length == 0 || shape[0] < 0;
  }

  /**
   * Encodes images.
   *
   * @param images files; one alone where {@link #batches()} says no
   * @return {@code [images × dimensions]}, or {@code [images × rows × dimensions]} where nothing is
   *     pooled
   * @throws InputException if a file is no image, or the network does not fit the description
   */
  public Tensor encode(List<Path> images) {
    int crop = takes.crop();
    int each = takes.channels() * crop * crop;
    float[] batch = new float[Math.multiplyExact(images.size(), each)];
    for (int i = 0; i < images.size(); i++) {
      fill(Pixels.read(images.get(i)), batch, i * each);
    }
    long n = images.size();
    Tensor given =
        takes.layout() == ImageInput.Layout.NCHW
            ? model.run(batch, n, takes.channels(), crop, crop)
            : model.run(batch, n, crop, crop, takes.channels());
    if (given.shape().length == 0 || given.shape()[0] != n) {
      throw new InputException(
          "the network must give a row an image; images=%d, rows=%s"
              .formatted(n, given.shape().length == 0 ? "none" : given.shape()[0]));
    }
    return Pooling.apply(given, description.pool(), description.normalise());
  }

  /** Writes one image into a batch. */
  private void fill(Pixels image, float[] batch, int offset) {
    int channels = takes.channels();
    int shorter = Math.min(image.width, image.height);
    int width = (int) ((long) takes.size() * image.width / shorter);
    int height = (int) ((long) takes.size() * image.height / shorter);
    byte[] pixels =
        ImageResampler.resize(
            channels == 1 ? image.grey() : image.rgb,
            channels,
            image.width,
            width,
            height,
            takes.resample());
    int crop = takes.crop();
    int left = (width - crop) / 2;
    int top = (height - crop) / 2;
    boolean planes = takes.layout() == ImageInput.Layout.NCHW;
    for (int y = 0; y < crop; y++) {
      for (int x = 0; x < crop; x++) {
        for (int c = 0; c < channels; c++) {
          int value = pixels[((top + y) * width + left + x) * channels + c] & 0xFF;
          int at = planes ? (c * crop + y) * crop + x : (y * crop + x) * channels + c;
          batch[offset + at] = (float) ((value / 255.0 - takes.mean().get(c)) / takes.std().get(c));
        }
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
