package org.efferent.filters.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CovariancesTest {
  private static final double RIDGE = 1e-9;

  /** Loud rows in one direction are shrunk little, white ones much, rows of zeros wholly. */
  @ParameterizedTest
  @CsvSource({"12, 40, 1, 0", "12, 40, 1, 30", "39, 40, 0.1, 3", "3, 200, 1, 5", "5, 9, 0, 0"})
  void invertsWhatItDoesNotMake(int rows, int columns, double noise, double loud) {
    Random random = new Random(5);
    List<double[]> data = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double[] row = new double[columns];
      double along = loud * random.nextGaussian();
      for (int c = 0; c < columns; c++) {
        row[c] = noise * random.nextGaussian() + along * Math.sin(c);
      }
      data.add(row);
    }
    double[][] covariance = Covariances.shrunken(data, columns);
    UnaryOperator<double[]> inverse = Covariances.inverse(data, RIDGE);
    for (int unit = 0; unit < columns; unit++) {
      double[] v = new double[columns];
      v[unit] = 1;
      double[] solved = inverse.apply(v);
      for (int r = 0; r < columns; r++) {
        double back = RIDGE * solved[r];
        for (int c = 0; c < columns; c++) {
          back += covariance[r][c] * solved[c];
        }
        assertEquals(v[r], back, 1e-9);
      }
    }
  }
}
