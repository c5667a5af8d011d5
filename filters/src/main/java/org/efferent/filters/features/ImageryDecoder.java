package org.efferent.filters.features;

import java.util.List;
import java.util.Locale;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.core.Window;

/**
 * Imagined movements steer a cursor. It reads the model's features a bin (windows of one row) and
 * says the velocity
 *
 * <pre>
 * v = speed · Σ pₖ dₖ,   d: right (1, 0), left (-1, 0), both (0, 1), feet (0, -1), others (0, 0)
 * </pre>
 *
 * <p>so that x is {@code speed (p(right) - p(left))} and y {@code speed (p(both) - p(feet))}; where
 * only left and right were trained y is 0. p are the discriminant's probabilities. The covariance
 * is that of the mixture, {@code speed² (Σ pₖ dₖ dₖᵀ - m mᵀ)}, large where the classes are unclear.
 * While a feature is not known (lost rows) p are equal. Keeps no state.
 */
public final class ImageryDecoder implements Decoder<Estimate.Gaussian> {
  private final ImageryModel model;
  private final double speed;
  private final double[][] directions;

  /**
   * A decoder.
   *
   * @param model trained
   * @param speed lengths a second at full certainty, above 0
   * @throws InputException where no class of the model steers
   */
  public ImageryDecoder(ImageryModel model, double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new UsageException("speed must be above 0; speed=" + speed);
    }
    this.model = model;
    this.speed = speed;
    directions = new double[model.classes().size()][];
    boolean steers = false;
    for (int k = 0; k < directions.length; k++) {
      directions[k] = direction(model.classes().get(k));
      steers |= directions[k][0] != 0 || directions[k][1] != 0;
    }
    if (!steers) {
      throw new InputException(
          "one class at least must steer, and be named left, right, both or feet; classes="
              + model.classes());
    }
  }

  private static double[] direction(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "right" -> new double[] {1, 0};
      case "left" -> new double[] {-1, 0};
      case "both" -> new double[] {0, 1};
      case "feet" -> new double[] {0, -1};
      default -> new double[2];
    };
  }

  @Override
  public Estimate.Gaussian decode(Window window) {
    double[] row = new double[window.channels()];
    System.arraycopy(window.values(), (window.rows() - 1) * row.length, row, 0, row.length);
    return decode(row);
  }

  /**
   * Decodes one bin.
   *
   * @param features {@code [features]} of the model
   * @return velocity, {@code [2]}, lengths a second
   */
  public Estimate.Gaussian decode(double[] features) {
    double[] p = model.discriminant().probabilities(features);
    double[] mean = new double[2];
    double[] covariance = new double[4];
    for (int k = 0; k < p.length; k++) {
      for (int i = 0; i < 2; i++) {
        mean[i] += speed * p[k] * directions[k][i];
        for (int j = 0; j < 2; j++) {
          covariance[2 * i + j] += speed * speed * p[k] * directions[k][i] * directions[k][j];
        }
      }
    }
    for (int i = 0; i < 4; i++) {
      covariance[i] -= mean[i / 2] * mean[i % 2];
    }
    return new Estimate.Gaussian(mean, covariance);
  }

  /** Names of the classes, in the order of {@link ClassDiscriminant#probabilities}. */
  public List<String> classes() {
    return model.classes();
  }
}
