package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small autoencoders of random weights against loops that do what the layers say.
 *
 * <p>Longer than 300 lines by those loops, which stay together with what they check.
 */
class TaesdGeneratorTest {
  private static final int LATENT = 2;
  private static final int WIDTH = 4;
  private static final int HIDDEN = 8;

  @TempDir private Path folder;

  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Random random = new Random(5);

  private void add(String name, double size, long... shape) {
    int count = 1;
    for (long s : shape) {
      count *= (int) s;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    weights.put(name, Tensor.of(values, shape));
  }

  private void conv(String at, int out, int in, boolean bias) {
    add(at + ".weight", 0.3, out, in, 3, 3);
    if (bias) {
      add(at + ".bias", 0.1, out);
    }
  }

  private void block(int index, boolean pool) {
    for (int k : new int[] {0, 2, 4}) {
      conv(index + ".conv." + k, WIDTH, WIDTH, true);
    }
    if (pool) {
      add(index + ".pool.0.weight", 0.5, HIDDEN, WIDTH, 1, 1);
      add(index + ".pool.1.weight", 1, HIDDEN);
      add(index + ".pool.1.bias", 0.5, HIDDEN);
      add(index + ".pool.3.weight", 0.5, WIDTH, HIDDEN, 1, 1);
    }
  }

  private Path decoder() {
    weights.clear();
    conv("1", WIDTH, LATENT, true);
    for (int index : new int[] {3, 4, 5, 8, 9, 10, 13, 14, 15, 18}) {
      block(index, index < 6);
    }
    for (int index : new int[] {7, 12, 17}) {
      conv(String.valueOf(index), WIDTH, WIDTH, false);
    }
    conv("19", 3, WIDTH, true);
    return write("decoder.safetensors");
  }

  private Path encoder() {
    weights.clear();
    conv("0", WIDTH, 3, true);
    for (int index : new int[] {1, 3, 4, 5, 7, 8, 9, 11, 12, 13}) {
      block(index, index > 10);
    }
    for (int index : new int[] {2, 6, 10}) {
      conv(String.valueOf(index), WIDTH, WIDTH, false);
    }
    conv("14", LATENT, WIDTH, true);
    return write("encoder.safetensors");
  }

  private Path write(String name) {
    Path file = folder.resolve(name);
    new Safetensors(Map.of(), weights).write(file, true);
    return file;
  }

  private Generator open() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            kind: taesd
            latent: {shape: [2, 2, 3]}
            decoder: {weights: decoder.safetensors}
            encoder: {weights: encoder.safetensors}
            """);
    return Generators.open(GeneratorConfig.read(config), folder, 1);
  }

  /** {@code [channels][height][width]}. */
  private double[][][] convolved(double[][][] x, String at, int stride) {
    Tensor weight = weights.get(at + ".weight");
    double[] w = weight.doubles();
    int out = (int) weight.shape()[0];
    int kernel = (int) weight.shape()[2];
    int pad = kernel / 2;
    int height = x[0].length;
    int width = x[0][0].length;
    double[] bias = weights.containsKey(at + ".bias") ? weights.get(at + ".bias").doubles() : null;
    double[][][] y = new double[out][(height - 1) / stride + 1][(width - 1) / stride + 1];
    for (int o = 0; o < out; o++) {
      for (int r = 0; r < y[0].length; r++) {
        for (int c = 0; c < y[0][0].length; c++) {
          double sum = bias == null ? 0 : bias[o];
          for (int k = 0; k < x.length * kernel * kernel; k++) {
            int row = r * stride + k / kernel % kernel - pad;
            int column = c * stride + k % kernel - pad;
            if (row >= 0 && row < height && column >= 0 && column < width) {
              sum += w[o * x.length * kernel * kernel + k] * x[k / kernel / kernel][row][column];
            }
          }
          y[o][r][c] = sum;
        }
      }
    }
    return y;
  }

  private interface Each {
    double of(double value, int channel, int row, int column);
  }

  private static double[][][] each(double[][][] x, Each each) {
    double[][][] y = new double[x.length][x[0].length][x[0][0].length];
    for (int c = 0; c < x.length; c++) {
      for (int h = 0; h < x[0].length; h++) {
        for (int w = 0; w < x[0][0].length; w++) {
          y[c][h][w] = each.of(x[c][h][w], c, h, w);
        }
      }
    }
    return y;
  }

  private static double[][][] relu(double[][][] x) {
    return each(x, (v, c, h, w) -> Math.max(0, v));
  }

  private static double[][][] sum(double[][][] x, double[][][] y) {
    return each(x, (v, c, h, w) -> v + y[c][h][w]);
  }

  private double[][][] grouped(double[][][] x, String at) {
    double[] mean = new double[4];
    double[] square = new double[4];
    int per = x.length / 4;
    double count = (double) per * x[0].length * x[0][0].length;
    each(x, (v, c, h, w) -> mean[c / per] += v / count);
    each(x, (v, c, h, w) -> square[c / per] += (v - mean[c / per]) * (v - mean[c / per]) / count);
    double[] scale = weights.get(at + ".weight").doubles();
    double[] shift = weights.get(at + ".bias").doubles();
    return each(
        x,
        (v, c, h, w) ->
            (v - mean[c / per]) / Math.sqrt(square[c / per] + 1e-5) * scale[c] + shift[c]);
  }

  private double[][][] blocked(double[][][] input, int index) {
    double[][][] x = input;
    if (weights.containsKey(index + ".pool.0.weight")) {
      String pool = index + ".pool.";
      double[][][] wide = relu(grouped(convolved(x, pool + "0", 1), pool + "1"));
      x = sum(x, convolved(wide, pool + "3", 1));
    }
    double[][][] y = relu(convolved(x, index + ".conv.0", 1));
    y = relu(convolved(y, index + ".conv.2", 1));
    return relu(sum(convolved(y, index + ".conv.4", 1), x));
  }

  private double[][][] decoded(double[][][] latent) {
    double[][][] x = each(latent, (v, c, h, w) -> 3 * Math.tanh(v / 3));
    x = relu(convolved(x, "1", 1));
    x = blocked(blocked(blocked(x, 3), 4), 5);
    for (int index : new int[] {7, 12, 17}) {
      double[][][] small = x;
      double[][][] large = new double[x.length][2 * x[0].length][2 * x[0][0].length];
      x = convolved(each(large, (v, c, h, w) -> small[c][h / 2][w / 2]), "" + index, 1);
      for (int b = index + 1; b <= (index == 17 ? 18 : index + 3); b++) {
        x = blocked(x, b);
      }
    }
    return convolved(x, "19", 1);
  }

  private double[][][] encoded(double[][][] picture) {
    double[][][] x = blocked(convolved(picture, "0", 1), 1);
    for (int index : new int[] {2, 6, 10}) {
      x = convolved(x, "" + index, 2);
      for (int b = index + 1; b <= index + 3; b++) {
        x = blocked(x, b);
      }
    }
    return convolved(x, "14", 1);
  }

  @Test
  void aLatentBecomesThePictureThatTheLayersSay() throws IOException {
    encoder();
    decoder();
    // The last layer small and grey, so that little is cut off.
    Tensor last = weights.get("19.weight");
    float[] values = last.floats();
    double[][][] latent = each(new double[LATENT][2][3], (v, c, h, w) -> random.nextGaussian());
    double[] largest = new double[1];
    each(decoded(latent), (v, c, h, w) -> largest[0] = Math.max(largest[0], Math.abs(v)));
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) (0.45 / largest[0]);
    }
    weights.put("19.weight", Tensor.of(values, last.shape()));
    weights.put("19.bias", Tensor.of(new float[] {0.5f, 0.5f, 0.5f}, 3));
    write("decoder.safetensors");
    double[][][] expected = decoded(latent);
    List<Integer> seen = new ArrayList<>();
    try (Generator generator = open()) {
      float[] flat = new float[LATENT * 6];
      each(latent, (v, c, h, w) -> flat[(c * 2 + h) * 3 + w] = (float) v);
      BufferedImage image = generator.generate(flat, 0).image();
      assertThat(image.getWidth()).isEqualTo(24);
      assertThat(image.getHeight()).isEqualTo(16);
      each(
          expected,
          (v, c, h, w) -> {
            int level = image.getRGB(w, h) >> (16 - 8 * c) & 0xFF;
            seen.add(level);
            double exact = 255 * Math.max(0, Math.min(1, v));
            assertThat((double) level).isCloseTo(exact, within(0.51));
            return 0;
          });
    }
    assertThat(seen.stream().distinct().count()).isGreaterThan(50);
  }

  @Test
  void aPictureBecomesTheLatentThatTheLayersSay() throws IOException {
    decoder();
    encoder();
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24 * 16; i++) {
      image.setRGB(i % 24, i / 24, random.nextInt(1 << 24));
    }
    double[][][] picture =
        each(
            new double[3][16][24],
            (v, c, h, w) -> (image.getRGB(w, h) >> (16 - 8 * c) & 0xFF) / 255.0);
    double[][][] expected = encoded(picture);
    double[] largest = new double[1];
    each(expected, (v, c, h, w) -> largest[0] = Math.max(largest[0], Math.abs(v)));
    try (Generator generator = open()) {
      float[] latent = generator.encoder().orElseThrow().encode(image);
      each(
          expected,
          (v, c, h, w) -> {
            assertThat((double) latent[(c * 2 + h) * 3 + w])
                .isCloseTo(v, within(1e-4 * largest[0]));
            return 0;
          });
    }
    assertThat(largest[0]).isGreaterThan(0.1);
  }

  @Test
  void tensorsOfAnotherNetworkAreSaid() throws IOException {
    encoder();
    Files.copy(folder.resolve("encoder.safetensors"), folder.resolve("decoder.safetensors"));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "small.yaml: line 3: decoder.weights: decoder.safetensors has no tensor '1.weight'"
                + " [? × 2 × 3 × 3]; it has %d others; is it the other half?"
                    .formatted(weights.size()));
    decoder();
    weights.put("7.weight", Tensor.of(new float[4 * 3 * 9], 4, 3, 3, 3));
    write("decoder.safetensors");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "small.yaml: line 3: decoder.weights: decoder.safetensors has '7.weight' [4 × 3 × 3 × 3];"
                + " it must be [? × 4 × 3 × 3]");
    decoder();
    weights.put("21.bias", Tensor.of(new float[4], 4));
    write("decoder.safetensors");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "small.yaml: line 3: decoder.weights: decoder.safetensors has 1 tensors that no layer"
                + " takes, such as '21.bias'");
    decoder();
    Files.delete(folder.resolve("encoder.safetensors"));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "small.yaml: line 4: encoder.weights: %s: there is no such file; check the path"
                .formatted(folder.resolve("encoder.safetensors")));
  }
}
