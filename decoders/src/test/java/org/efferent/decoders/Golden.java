package org.efferent.decoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.efferent.data.npy.Npz;

/** Golden arrays of an .npz beside the tests; the script that made them lies beside it. */
public final class Golden implements AutoCloseable {
  private final Npz file;

  /**
   * Opens a file.
   *
   * @param test beside whose class it lies
   * @param name its name
   */
  public Golden(Class<?> test, String name) {
    try {
      file = Npz.open(Path.of(test.getResource(name).toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** An array, row-major. */
  public double[] get(String name) {
    return file.array(name).toTensor().doubles();
  }

  /** Holds values against an array, absolutely and relatively to its largest value. */
  public void check(String name, double[] actual, double tolerance) {
    double[] expected = get(name);
    assertThat(actual.length).as(name + ", values").isEqualTo(expected.length);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      // NaN is an error too.
      double difference = Math.abs(expected[i] - actual[i]);
      error = difference <= error ? error : difference;
    }
    assertThat(error).as(name).isLessThanOrEqualTo(tolerance * Math.max(1, largest));
  }

  @Override
  public void close() {
    file.close();
  }
}
