package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.simulated.SimulatedPictures;
import org.efferent.decoders.target.ImageEncoder;
import org.efferent.decoders.target.ModelDescription;
import org.efferent.generation.Generator;
import org.efferent.generation.GeneratorConfig;
import org.efferent.generation.Generators;
import org.efferent.generation.Picture;
import org.efferent.generation.metrics.PictureComparison;
import org.efferent.generation.metrics.Resampling;
import org.efferent.viz.Figure;

/** The pictures of the demo: what is seen, its latents, and what is drawn from decoded ones. */
final class DemoPictures {
  /** The latents of all stimuli, in the folder. */
  static final String LATENTS = "latents.npy";

  private static final int SIDE = 64;
  private static final int BATCH = 32;
  private static final String GENERATOR = "configs/generators/shapes.yaml";
  private static final String TARGET = "configs/generators/shapes-target.yaml";

  private final Path generator;
  private final SimulatedPictures pictures;
  private final int several;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private DemoPictures(Path generator, SimulatedPictures pictures, int several) {
    this.generator = generator;
    this.pictures = pictures;
    this.several = several;
  }

  /**
   * Draws the stimuli and writes their latents.
   *
   * @param folder for both
   * @param seed of the stimuli
   * @param several stimuli of training and validation
   * @param test stimuli of the test
   * @return empty where the small generator is not at hand
   */
  static Optional<DemoPictures> make(Path folder, long seed, int several, int test) {
    Optional<Path> generator = Home.file(GENERATOR);
    Optional<Path> target = Home.file(TARGET);
    if (generator.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    SimulatedPictures pictures = new SimulatedPictures(seed, SIDE);
    try {
      Path seen = Files.createDirectory(folder.resolve("seen"));
      List<Path> files = new ArrayList<>();
      for (int row = 0; row < several + test; row++) {
        Path file = seen.resolve("%06d.png".formatted(row));
        new Picture(pictures.stimulus(row, several), Map.of()).writePng(file, false);
        files.add(file);
      }
      ModelDescription description = ModelDescription.read(Yaml.read(target.get()));
      Path model = target.get().resolveSibling(description.model());
      List<Float> latents = new ArrayList<>();
      try (ImageEncoder encoder = ImageEncoder.open(description, model, 1)) {
        for (int from = 0; from < files.size(); from += BATCH) {
          List<Path> some = files.subList(from, Math.min(files.size(), from + BATCH));
          for (float value : encoder.encode(some).floats()) {
            latents.add(value);
          }
        }
      }
      float[] all = new float[latents.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = latents.get(i);
      }
      Npy.write(
          folder.resolve(LATENTS), Tensor.of(all, files.size(), all.length / files.size()), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(new DemoPictures(generator.get(), pictures, several));
  }

  /**
   * Draws what was decoded: of each stimulus the mean of its repetitions.
   *
   * @param rows stimulus of each embedding
   * @param embeddings {@code [rows × width]}
   * @return what was seen beside what was drawn
   */
  Figure draw(int[] rows, float[] embeddings) {
    int width = embeddings.length / rows.length;
    Map<Integer, double[]> sums = new LinkedHashMap<>();
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      double[] sum = sums.computeIfAbsent(rows[i], row -> new double[width]);
      counts.merge(rows[i], 1, Integer::sum);
      for (int d = 0; d < width; d++) {
        sum[d] += embeddings[i * width + d];
      }
    }
    List<BufferedImage> seen = new ArrayList<>();
    List<BufferedImage> drawn = new ArrayList<>();
    GeneratorConfig config = GeneratorConfig.read(generator);
    try (Generator made = Generators.open(config, generator.toAbsolutePath().getParent(), 1)) {
      sums.forEach(
          (row, sum) -> {
            float[] mean = new float[width];
            for (int d = 0; d < width; d++) {
              mean[d] = (float) (sum[d] / counts.get(row));
            }
            seen.add(pictures.stimulus(row, several));
            drawn.add(made.generate(mean, config.seed()).image());
          });
    }
    PictureScores scores =
        PictureScores.of(
            seen, drawn, PictureComparison.AS_THEY_ARE, new Resampling(500, 1000, 0.95, 0));
    figures.put("pictures", seen.size());
    figures.putAll(scores.figures());
    String[] names = new String[seen.size()];
    Arrays.setAll(names, i -> String.format(Locale.ROOT, "%d", i));
    return scores.grid(List.of(names), List.of(names));
  }

  /** What came of it, as plain values. */
  Map<String, Object> figures() {
    return figures;
  }
}
