package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.target.ImageInput.Layout;
import org.efferent.decoders.target.ImageInput.Resample;
import org.efferent.decoders.target.ModelDescription.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageEncoderTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 29;

  @TempDir private Path folder;

  /** The picture of which Pillow 12.3 gave the sums below. */
  private static byte[] picture() {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = 3 * (y * WIDTH + x);
        rgb[at] = (byte) ((x * 7 + y * 13) % 256);
        rgb[at + 1] = (byte) ((x * x + 3 * y) % 256);
        rgb[at + 2] = (byte) (255 - x * y % 256);
      }
    }
    return rgb;
  }

  private static long sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "BICUBIC, 15, 12, 2594348681",
    "BICUBIC, 51, 40, 3492093894",
    "BICUBIC, 37, 12, 3705213032",
    "BILINEAR, 15, 12, 3017492086",
    "BILINEAR, 51, 40, 3468563087",
    "BILINEAR, 37, 12, 1256347616"
  })
  void imagesAreResizedAsPillowDoes(Resample resample, int width, int height, long crc) {
    byte[] resized = ImageResampler.resize(picture(), 3, WIDTH, width, height, resample);
    assertThat(resized).hasSize(3 * width * height);
    assertThat(sum(resized)).as(Arrays.toString(Arrays.copyOf(resized, 12))).isEqualTo(crc);
  }

  @Test
  void greyIsPillows() {
    assertThat(sum(new Pixels(WIDTH, HEIGHT, picture()).grey())).isEqualTo(978093047L);
  }

  private Path png(String name, int type, int width, int height, int... rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb[i % rgb.length]);
    }
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  void pixelsAreThoseOfTheFile() throws IOException {
    Path plain = png("plain.png", BufferedImage.TYPE_INT_RGB, 2, 1, 0x102030, 0xFFFEFD);
    assertThat(Pixels.read(plain).rgb).containsExactly(16, 32, 48, 255, 254, 253);
    // Transparent pixels keep their colour.
    Path clear = png("clear.png", BufferedImage.TYPE_INT_ARGB, 2, 1, 0x10102030, 0xFFFFFEFD);
    assertThat(Pixels.read(clear).rgb).containsExactly(16, 32, 48, 255, 254, 253);
    Path few = png("few.png", BufferedImage.TYPE_BYTE_INDEXED, 2, 1, 0xFF0000, 0x0000FF);
    assertThat(Pixels.read(few).rgb).containsExactly(255, 0, 0, 0, 0, 255);
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 2, 1, new int[] {7, 128});
    Path file = folder.resolve("grey.png");
    ImageIO.write(grey, "png", file.toFile());
    assertThat(Pixels.read(file).rgb).containsExactly(7, 7, 7, 128, 128, 128);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 1, 1, new int[] {0x8123});
    ImageIO.write(deep, "png", file.toFile());
    assertThat(Pixels.read(file).rgb).containsExactly(0x81, 0x81, 0x81);
  }

  private ImageEncoder open(byte[] model, ImageInput input, String output, Pool pool, boolean unit)
      throws IOException {
    Path file = Files.write(folder.resolve("tiny.onnx"), model);
    String in = input.channels() == 3 ? "pixel_values" : "x";
    return ImageEncoder.open(
        new ModelDescription("tiny.onnx", in, List.of(output), input, pool, unit), file, 1);
  }

  /** Of 4 × 2 pixels the middle 2 × 2 are seen: red 51 and 102, green 0, blue 255. */
  @Test
  void theMiddleIsStandardizedAndEncoded() throws IOException {
    Path image =
        png("wide.png", BufferedImage.TYPE_INT_RGB, 4, 2, 0xFFFFFF, 0x3300FF, 0x6600FF, 0xFFFFFF);
    ImageInput input =
        new ImageInput(
            2, 2, List.of(0.1, 0.5, 0.0), List.of(0.1, 0.5, 2.0), Resample.BICUBIC, Layout.NCHW);
    try (ImageEncoder encoder = open(TinyOnnx.imageMeans(), input, "means", Pool.NONE, false)) {
      assertThat(encoder.batches()).isTrue();
      Tensor out = encoder.encode(List.of(image, image));
      assertThat(out.shape()).containsExactly(2, 3);
      float[] expected = {2, -1, 0.5f, 2, -1, 0.5f};
      for (int i = 0; i < 6; i++) {
        assertThat(out.floats()[i]).isCloseTo(expected[i], within(1e-6f));
      }
    }
    try (ImageEncoder encoder =
        open(TinyOnnx.imageMeans(), input, "image_embeds", Pool.NONE, true)) {
      // (2 + 1, 1) of length √10.
      float[] out = encoder.encode(List.of(image)).floats();
      assertThat(out[0]).isCloseTo((float) (3 / Math.sqrt(10)), within(1e-6f));
      assertThat(out[1]).isCloseTo((float) (1 / Math.sqrt(10)), within(1e-6f));
    }
  }

  @Test
  void tokensArePooledOrKept() throws IOException {
    Path image = png("grey.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0, 0x333333, 0x666666, 0xFFFFFF);
    ImageInput input =
        new ImageInput(2, 2, List.of(0.0), List.of(0.2), Resample.BILINEAR, Layout.NCHW);
    for (Pool pool : Pool.values()) {
      try (ImageEncoder encoder =
          open(TinyOnnx.rowsAsTokens(), input, "last_hidden_state", pool, false)) {
        assertThat(encoder.batches()).isFalse();
        Tensor out = encoder.encode(List.of(image));
        float[] expected =
            switch (pool) {
              case NONE -> new float[] {0, 1, 2, 5};
              case MEAN -> new float[] {1, 3};
              case CLS -> new float[] {0, 1};
            };
        assertThat(out.shape())
            .containsExactly(pool == Pool.NONE ? new long[] {1, 2, 2} : new long[] {1, 2});
        assertThat(out.floats()).containsExactly(expected);
      }
    }
  }

  @Test
  void channelsMayComeLast() throws IOException {
    byte[] model =
        TinyOnnx.graph()
            .node("Flatten", List.of("pixel_values"), "flat")
            .input("pixel_values", TensorType.F32, TinyOnnx.axes("pixel_values", -1, 1, 1, 3))
            .output("flat", TensorType.F32, TinyOnnx.axes("flat", -1, 3))
            .bytes();
    Path image = png("one.png", BufferedImage.TYPE_INT_RGB, 1, 1, 0x0033FF);
    ImageInput input =
        new ImageInput(
            1, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Resample.BICUBIC, Layout.NHWC);
    try (ImageEncoder encoder = open(model, input, "flat", Pool.NONE, false)) {
      assertThat(encoder.encode(List.of(image)).floats()).containsExactly(0, 0.2f, 1);
    }
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    Path file = folder.resolve("x.png");
    Files.writeString(file, "no image");
    assertThatThrownBy(() -> Pixels.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage("x.png: is no image that can be read; give PNG, JPEG, BMP or GIF");
    byte[] whole =
        Files.readAllBytes(png("whole.png", BufferedImage.TYPE_INT_RGB, 30, 30, 1, 2, 3));
    for (int length : new int[] {8, 20, 33, 45, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Pixels.read(file))
          .as("of %d bytes", length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("x.png: is a damaged image: ");
    }
    byte[] huge = whole.clone();
    // Width and height of the header, without a checksum that fits: Java's reader looks at neither.
    huge[16] = 0x01;
    huge[20] = 0x01;
    Files.write(file, huge);
    assertThatThrownBy(() -> Pixels.read(file))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessageStartingWith("x.png: images may have 100000000 pixels; width=");
  }

  @Test
  void poolingNeedsRows() throws IOException {
    ImageInput input =
        new ImageInput(
            1, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Resample.BICUBIC, Layout.NCHW);
    Path image = png("one.png", BufferedImage.TYPE_INT_RGB, 1, 1, 0);
    try (ImageEncoder encoder =
        open(TinyOnnx.imageMeans(), input, "image_embeds", Pool.CLS, false)) {
      assertThatThrownBy(() -> encoder.encode(List.of(image)))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "pooling needs an output of [images × rows × dimensions]; it has 2 axes; set pool:"
                  + " none");
    }
  }

  private static ModelDescription read(Map<String, Object> changes) {
    Map<String, Object> values =
        new java.util.LinkedHashMap<>(
            Map.of(
                "model",
                "m.onnx",
                "kind",
                "image",
                "input",
                "x",
                "output",
                List.of("y", "z"),
                "size",
                256,
                "crop",
                224,
                "mean",
                List.of(0.5),
                "std",
                List.of(0.25)));
    changes.forEach(
        (name, value) -> {
          if (value.equals("")) {
            values.remove(name);
          } else {
            values.put(name, value);
          }
        });
    return ModelDescription.read(new OptionReader("d.yaml", values));
  }

  private static void refused(Map<String, Object> changes, String message) {
    assertThatThrownBy(() -> read(changes))
        .isInstanceOf(InputException.class)
        .hasMessage("d.yaml" + message);
  }

  @Test
  void descriptionsAreReadAndChecked() {
    ModelDescription read = read(Map.of("pool", "cls", "normalise", true, "layout", "nhwc"));
    assertThat(read)
        .isEqualTo(
            new ModelDescription(
                "m.onnx",
                "x",
                List.of("y", "z"),
                new ImageInput(
                    256, 224, List.of(0.5), List.of(0.25), Resample.BICUBIC, Layout.NHWC),
                Pool.CLS,
                true));
    refused(Map.of("kind", "video"), ".kind must be image or audio; kind=video");
    refused(Map.of("model", ""), ".model is missing; it must be a word");
    refused(
        Map.of("resample", "nearest"), ".resample must be bicubic or bilinear; resample=nearest");
    refused(
        Map.of("output", List.of()),
        ": output must name one tensor at least, none twice; output=[]");
    refused(
        Map.of("size", 100),
        ": crop must be 1 at least, size not below it and at most 4096; size=100, crop=224");
    refused(Map.of("std", List.of(0)), ": std must be above 0; std=[0.0]");
    refused(
        Map.of("mean", List.of(0, 0)),
        ": mean and std must be of 1 channel or 3 each; mean=[0.0, 0.0], std=[0.25]");
    refused(Map.of("mean", "0.5"), ".mean must be a list of numbers; mean=0.5");
    assertThatThrownBy(() -> read(Map.of("rateHz", 50)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("d.yaml.rateHz is unknown; known here: [");
    assertThatThrownBy(() -> AudioEncoder.open(read(Map.of()), folder.resolve("none.onnx"), 1))
        .isInstanceOf(InputException.class)
        .hasMessage("kind must be audio for audio; kind=image");
  }
}
