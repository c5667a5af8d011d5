package org.efferent.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assumptions;
import org.efferent.retrieval.evaluate.Embeddings;

/** What tests of this module are made of. */
public final class Material {
  private Material() {}

  /** Material beside the project; the test is skipped where it is not. */
  public static Path shared(String name) {
    Path path = Path.of(System.getProperty("efferent.root", ".."), "..", "shared", name);
    Assumptions.assumeThat(path.normalize()).as("needs ../shared/" + name).exists();
    return path.normalize();
  }

  /** A file beside a test. */
  public static Path resource(Class<?> test, String name) {
    try {
      return Path.of(test.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lines of a file beside a test. */
  public static List<String> lines(Class<?> test, String name) {
    try (InputStream in = Files.newInputStream(resource(test, name))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Normal numbers. */
  public static float[] noise(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Rows of normal numbers. */
  public static Embeddings random(String name, int rows, int width, long seed) {
    return Embeddings.of(name, noise(rows * width, seed), width);
  }

  /** Rows of others with normal numbers added. */
  public static Embeddings noisy(Embeddings clean, int[] which, double amount, long seed) {
    int width = clean.width();
    float[] values = noise(which.length * width, seed);
    for (int r = 0; r < which.length; r++) {
      float[] row = clean.row(which[r]);
      for (int i = 0; i < width; i++) {
        values[r * width + i] = (float) (row[i] + amount * values[r * width + i]);
      }
    }
    return Embeddings.of("noisy", values, width);
  }
}
