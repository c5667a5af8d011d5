package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * The low-level branch: from a window to the latent of an autoencoder, a small plane that says
 * where in the picture is what (Li et al. 2024, "ATM", section 2.4; {@code encoder_low_level} of
 * its code, under whose names weights are kept).
 *
 * <table>
 *   <caption>Blocks, 63 channels of 250 samples to a latent of 4 × 64 × 64</caption>
 *   <tr><th>block</th><th>output</th></tr>
 *   <tr><td>{@code subject_wise_linear.0}: Linear over time, the same for every channel</td><td>63 × 128, as a plane of one point: 8064 × 1 × 1</td></tr>
 *   <tr><td>stages: transposed convolution that doubles the plane, batch normalisation, ReLU</td><td>1024 × 2 × 2 … 32 × 64 × 64</td></tr>
 *   <tr><td>points: transposed convolution of one point, batch normalisation, ReLU</td><td>16 × 64 × 64</td></tr>
 *   <tr><td>transposed convolution of one point</td><td>4 × 64 × 64</td></tr>
 * </table>
 *
 * Of the first stage's kernel, 4 × 4, a plane of one point meets the middle 2 × 2 alone: as
 * published, 99 of its 132 million weights do nothing.
 */
public final class LatentUpsampler extends WindowEncoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "latent-upsampler";

  private static final List<Integer> PUBLISHED = List.of(1024, 512, 256, 128, 64, 32);
  private static final String LINEAR = "subject_wise_linear.0";

  private final int width;
  private final List<Integer> stages;
  private final List<Integer> points;
  private final List<Integer> latent;

  /**
   * An encoder.
   *
   * @param channels C
   * @param time samples of a window
   * @param width numbers that the samples of a channel become; 128 as published
   * @param stages filters of the stages, each of which doubles the plane
   * @param points filters of the convolutions of one point before the last
   * @param latent channels, height and width of the latent; height and width are both 2 to the
   *     number of stages
   */
  @SuppressWarnings("TooManyParameters") // The options of the architecture.
  public LatentUpsampler(
      int channels,
      int time,
      int width,
      List<Integer> stages,
      List<Integer> points,
      List<Integer> latent) {
    super(channels, time);
    this.width = width;
    this.stages = List.copyOf(stages);
    this.points = List.copyOf(points);
    this.latent = List.copyOf(latent);
    Checks.positive("perChannel", width);
    stages.forEach(filters -> Checks.positive("stages", filters));
    points.forEach(filters -> Checks.positive("points", filters));
    sides(latent);
    if (latent.get(1) != 1 << stages.size()) {
      throw new IllegalArgumentException(
          "stages must double one point to the latent's side, %d; stages=%s"
              .formatted(latent.get(1), stages));
    }
  }

  /** Checks a latent: a square whose side is a power of two. */
  private static int sides(List<Integer> latent) {
    boolean square =
        latent.size() == 3
            && latent.get(0) > 0
            && latent.get(1).equals(latent.get(2))
            && Integer.bitCount(latent.get(1)) == 1
            && latent.get(1) >= 2
            && latent.get(1) <= 1 << 10;
    if (!square) {
      throw new IllegalArgumentException(
          "latent must be [channels, side, side], its side a power of two from 2 to 1024; latent="
              + latent);
    }
    return Integer.numberOfTrailingZeros(latent.get(1));
  }

  static LatentUpsampler of(OptionReader in) {
    List<Integer> latent = in.wholes("latent");
    if (latent.isEmpty()) {
      throw in.wrong("latent", "[channels, side, side]");
    }
    List<Integer> stages = in.wholes("stages");
    int needed = sides(latent);
    if (stages.isEmpty()) {
      if (needed > PUBLISHED.size()) {
        throw in.wrong("stages", "named where the latent's side is more than 64");
      }
      stages = PUBLISHED.subList(PUBLISHED.size() - needed, PUBLISHED.size());
    }
    LatentUpsampler made =
        new LatentUpsampler(
            in.whole("channels"),
            in.whole("time"),
            in.whole("perChannel", 128),
            stages,
            in.has("points") ? in.wholes("points") : List.of(16),
            latent);
    in.ignore("points");
    in.end();
    return made;
  }

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public Map<String, Object> options() {
    return Options.map(
        "channels",
        channels,
        "time",
        time,
        "perChannel",
        width,
        "stages",
        stages,
        "points",
        points,
        "latent",
        latent);
  }

  /** The place of a stage's convolution among the modules; its normalisation is the next. */
  private static String module(int stage) {
    return "upsampler." + 3 * stage;
  }

  private static String norm(int stage) {
    return "upsampler." + (3 * stage + 1);
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(WeightSpec.linear(LINEAR, time, width));
    long before = (long) channels * width;
    int at = 0;
    for (int filters : stages) {
      specs.addAll(transposed(module(at), before, filters, 4));
      specs.addAll(WeightSpec.batchNorm(norm(at++), filters, Initial.one()));
      before = filters;
    }
    for (int filters : points) {
      specs.addAll(transposed(module(at), before, filters, 1));
      specs.addAll(WeightSpec.batchNorm(norm(at++), filters, Initial.one()));
      before = filters;
    }
    specs.addAll(transposed(module(at), before, latent.get(0), 1));
    return specs;
  }

  /** PyTorch takes what it calls fan-in from the second axis, which here are the outputs. */
  private static List<WeightSpec> transposed(String name, long in, long out, int kernel) {
    return WeightSpec.layer(name, out, out * kernel * kernel, in, out, kernel, kernel);
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray linear = Layers.linear(batch.signals(), weights, LINEAR);
    NDArray y = linear.reshape(batch.size(), (long) channels * width, 1, 1);
    int at = 0;
    for (int s = 0; s < stages.size(); s++, at++) {
      y = Layers.transposedDoubling(y, weights, module(at));
      y = pass.block("stage_" + s, Layers.relu(Layers.batchNorm(y, weights, norm(at), pass)));
    }
    for (int p = 0; p < points.size(); p++, at++) {
      y = Layers.transposedPointwise2d(y, weights, module(at));
      y = Layers.relu(Layers.batchNorm(y, weights, norm(at), pass));
    }
    return Layers.transposedPointwise2d(y, weights, module(at)).reshape(batch.size(), -1);
  }
}
