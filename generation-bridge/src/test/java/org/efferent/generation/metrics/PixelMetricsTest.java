package org.efferent.generation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The values of {@code golden/retrieval} are made by {@code golden/make_retrieval.py}. */
class PixelMetricsTest {
  private static final int SIDE = 256;

  /** Makes a degraded copy. */
  private interface Degrade {
    double at(double[] grey, int y, int x);
  }

  private static final Map<String, Degrade> VARIANTS =
      Map.of(
          "same", (g, y, x) -> g[y * SIDE + x],
          "brighter", (g, y, x) -> clip(g[y * SIDE + x] + 20),
          "ripple", (g, y, x) -> clip(g[y * SIDE + x] + 25 * Math.sin(x / 3.0) * Math.cos(y / 5.0)),
          "shifted", (g, y, x) -> g[y * SIDE + Math.floorMod(x - 3, SIDE)],
          "inverted", (g, y, x) -> 255 - g[y * SIDE + x]);

  private static Path shared(String name) {
    Path path = Path.of(System.getProperty("efferent.root", ".."), "..", "shared", name);
    Assumptions.assumeThat(path.normalize()).as("needs ../shared/" + name).exists();
    return path;
  }

  private static double clip(double value) {
    return Math.max(0, Math.min(255, value));
  }

  @Test
  void equalsTheReferenceToOneMillionth() throws IOException {
    double[] grey =
        Files.readAllLines(shared("golden/retrieval/grey256.csv")).stream()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .mapToDouble(Double::parseDouble)
            .toArray();
    JsonNode golden =
        new ObjectMapper().readTree(shared("golden/retrieval/image_metrics.json").toFile());
    assertThat(golden.size()).isEqualTo(VARIANTS.size());
    VARIANTS.forEach(
        (name, degrade) -> {
          double[] other = new double[grey.length];
          for (int i = 0; i < other.length; i++) {
            other[i] = degrade.at(grey, i / SIDE, i % SIDE);
          }
          Pixels a = new Pixels(SIDE, SIDE, 1, grey);
          Pixels b = new Pixels(SIDE, SIDE, 1, other);
          PixelMetrics metrics = new PixelMetrics(255);
          JsonNode expected = golden.get(name);
          assertThat(metrics.correlation(a, b))
              .as("correlation %s", name)
              .isCloseTo(expected.get("pixelCorrelation").doubleValue(), within(1e-6));
          assertThat(metrics.ssim(a, b))
              .as("ssim %s", name)
              .isCloseTo(expected.get("ssim").doubleValue(), within(1e-6));
        });
  }

  @Test
  void peakSignalToNoiseFollowsItsFormula() {
    Pixels black = new Pixels(2, 1, 1, new double[] {0, 0});
    Pixels grey = new Pixels(2, 1, 1, new double[] {0.1, 0.1});
    assertThat(PixelMetrics.UNIT.psnr(black, grey)).isCloseTo(20, within(1e-9));
    assertThat(new PixelMetrics(10).psnr(black, grey)).isCloseTo(40, within(1e-9));
    assertThat(PixelMetrics.UNIT.psnr(grey, grey)).isInfinite();
  }

  @Test
  void aPictureOfOneValueCorrelatesWithNothing() {
    Pixels flat = new Pixels(2, 1, 1, new double[] {0.5, 0.5});
    Pixels other = new Pixels(2, 1, 1, new double[] {0, 1});
    assertThat(PixelMetrics.UNIT.correlation(flat, other)).isNaN();
  }

  @Test
  void growsAndShrinksBilinearly() {
    Pixels two = new Pixels(2, 1, 1, new double[] {0, 1});
    Pixels four = two.resized(4, 1);
    assertThat(List.of(four.get(0, 0, 0), four.get(0, 1, 0), four.get(0, 2, 0), four.get(0, 3, 0)))
        .containsExactly(0.0, 0.25, 0.75, 1.0);
    // Shrinking to a half takes 1/8 3/8 3/8 1/8 of the pixels around, cut and renormed at the edge.
    Pixels half = new Pixels(1, 4, 1, new double[] {0, 0, 7, 7}).resized(1, 2);
    assertThat(half.get(0, 0, 0)).isCloseTo(1, within(1e-12));
    assertThat(half.get(1, 0, 0)).isCloseTo(6, within(1e-12));
  }

  @Test
  void coloursBecomeGreyByNamedWeights() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF8000);
    Pixels pixels = Pixels.of(image);
    assertThat(pixels.grey(Luminance.REC709).get(0, 0, 0))
        .isCloseTo(0.2125 + 0.7154 * 128 / 255, within(1e-12));
    assertThat(pixels.grey(Luminance.REC601).get(0, 0, 0))
        .isCloseTo(0.299 + 0.587 * 128 / 255, within(1e-12));
  }

  @Test
  void comparesPicturesOfDifferentSizesAsPublished() {
    BufferedImage large = ramp(512);
    BufferedImage small = ramp(128);
    PictureComparison.Figures figures = PictureComparison.PUBLISHED.compare(large, small);
    assertThat(figures.pixelCorrelation()).isGreaterThan(0.999);
    assertThat(figures.ssim()).isGreaterThan(0.99);
    assertThat(figures.psnr()).isBetween(40.0, 80.0);
    assertThatThrownBy(() -> PictureComparison.AS_THEY_ARE.compare(large, small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pictures must have one size; 512 × 512 × 3 and 128 × 128 × 3; use resized or grey");
  }

  private static BufferedImage ramp(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, (255 * x / side) << 16 | (255 * y / side) << 8 | 60);
      }
    }
    return image;
  }

  @Test
  void refusesWhatIsNoPicture() {
    assertThatThrownBy(() -> new Pixels(1, 1, 1, new double[] {Double.NaN}))
        .hasMessage("values of a picture must be finite; values[0]=NaN");
    assertThatThrownBy(() -> new Pixels(2, 2, 1, new double[3]))
        .hasMessage(
            "a picture has height × width × channels values; height=2, width=2, channels=1,"
                + " values=3");
    assertThatThrownBy(() -> new PixelMetrics(0)).hasMessage("range must be positive; range=0.0");
    Pixels tiny = new Pixels(10, 11, 1, new double[110]);
    assertThatThrownBy(() -> PixelMetrics.UNIT.ssim(tiny, tiny))
        .hasMessage(
            "ssim takes grey pictures of at least 11 × 11; channels=1, width=10, height=11");
  }
}
