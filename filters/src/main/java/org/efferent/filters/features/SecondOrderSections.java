package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.efferent.core.UsageException;

/**
 * A recursive filter as a cascade of second-order sections
 *
 * <pre>
 * H(z) = Π (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²)
 * </pre>
 *
 * <p>Butterworth filters by the bilinear transform with prewarped corners (Oppenheim and Schafer,
 * Discrete-Time Signal Processing, section 7.1), equal to {@code scipy.signal.butter} of the same
 * order; a notch equal to {@code scipy.signal.iirnotch}. Every section has gain 1 at the filter's
 * reference: 0 Hz, half the rate, or the centre of the band. Immutable.
 */
public final class SecondOrderSections {
  private static final int MOST_ORDER = 12;

  private final double[][] sections;

  private SecondOrderSections(List<double[]> sections) {
    this.sections = sections.toArray(double[][]::new);
  }

  /**
   * Butterworth low pass.
   *
   * @param order 1 to 12
   * @param cornerHz where the gain is 1/√2
   * @param sampleRateHz rate of the signal
   * @return the filter
   * @throws UsageException where the corner does not lie between 0 and half the rate
   */
  public static SecondOrderSections lowPass(int order, double cornerHz, double sampleRateHz) {
    double w = warped(order, cornerHz, sampleRateHz);
    List<double[]> out = new ArrayList<>();
    for (Complex p : prototype(order)) {
      add(out, p.multiply(w), p.getImaginary() == 0 ? new double[] {1, 1} : new double[] {1, 2, 1});
    }
    return normalised(out, 0);
  }

  /**
   * Butterworth high pass.
   *
   * @param order 1 to 12
   * @param cornerHz where the gain is 1/√2
   * @param sampleRateHz rate of the signal
   * @return the filter
   * @throws UsageException where the corner does not lie between 0 and half the rate
   */
  public static SecondOrderSections highPass(int order, double cornerHz, double sampleRateHz) {
    double w = warped(order, cornerHz, sampleRateHz);
    List<double[]> out = new ArrayList<>();
    for (Complex p : prototype(order)) {
      add(
          out,
          new Complex(w).divide(p),
          p.getImaginary() == 0 ? new double[] {1, -1} : new double[] {1, -2, 1});
    }
    return normalised(out, Math.PI);
  }

  /**
   * Butterworth band pass.
   *
   * @param order of either side, 1 to 12; the filter has twice as many poles
   * @param lowHz lower corner, gain 1/√2
   * @param highHz upper corner, gain 1/√2
   * @param sampleRateHz rate of the signal
   * @return the filter
   * @throws UsageException where the corners do not lie in order between 0 and half the rate
   */
  public static SecondOrderSections bandPass(
      int order, double lowHz, double highHz, double sampleRateHz) {
    double low = warped(order, lowHz, sampleRateHz);
    double high = warped(order, highHz, sampleRateHz);
    if (!(lowHz < highHz)) {
      throw new UsageException(
          "a band's lower corner must lie below its upper one; lowHz="
              + lowHz
              + ", highHz="
              + highHz);
    }
    double centre = Math.sqrt(low * high);
    double[] zeros = {1, 0, -1};
    List<double[]> out = new ArrayList<>();
    for (Complex p : prototype(order)) {
      Complex half = p.multiply((high - low) / 2);
      Complex root = half.multiply(half).subtract(centre * centre).sqrt();
      if (p.getImaginary() != 0) {
        add(out, half.add(root), zeros);
        add(out, half.subtract(root), zeros);
      } else if (root.getImaginary() != 0) {
        add(out, half.add(root), zeros);
      } else {
        double a = bilinear(half.add(root)).getReal();
        double b = bilinear(half.subtract(root)).getReal();
        out.add(new double[] {1, 0, -1, -(a + b), a * b});
      }
    }
    return normalised(out, 2 * Math.atan(centre));
  }

  /**
   * A notch: gain 0 at one frequency, 1 far from it.
   *
   * @param centreHz what is taken out, such as the mains' 50 or 60 Hz
   * @param quality centre divided by the width at -3 dB, above 0; 30 is usual
   * @param sampleRateHz rate of the signal
   * @return the filter
   * @throws UsageException where the centre does not lie between 0 and half the rate
   */
  public static SecondOrderSections notch(double centreHz, double quality, double sampleRateHz) {
    warped(1, centreHz, sampleRateHz);
    if (!(quality > 0) || Double.isInfinite(quality)) {
      throw new UsageException("a notch's quality must be above 0; quality=" + quality);
    }
    double w = 2 * Math.PI * centreHz / sampleRateHz;
    double gain = 1 / (1 + Math.tan(w / quality / 2));
    double middle = -2 * gain * Math.cos(w);
    return new SecondOrderSections(
        List.of(new double[] {gain, middle, gain, middle, 2 * gain - 1}));
  }

  /**
   * This filter and then another.
   *
   * @param next what follows
   * @return both
   */
  public SecondOrderSections then(SecondOrderSections next) {
    List<double[]> both = new ArrayList<>(List.of(sections));
    both.addAll(List.of(next.sections));
    return new SecondOrderSections(both);
  }

  /** Number of sections. */
  public int size() {
    return sections.length;
  }

  /**
   * The coefficients of a section.
   *
   * @param i from 0
   * @return {@code b0, b1, b2, a1, a2}, a copy
   */
  public double[] section(int i) {
    return sections[i].clone();
  }

  /**
   * Gain at a frequency.
   *
   * @param hz the frequency
   * @param sampleRateHz rate of the signal
   * @return size of H, without unit
   */
  public double gain(double hz, double sampleRateHz) {
    double product = 1;
    for (double[] s : sections) {
      product *= gain(s, 2 * Math.PI * hz / sampleRateHz);
    }
    return product;
  }

  private static double gain(double[] s, double w) {
    Complex z1 = new Complex(Math.cos(w), -Math.sin(w));
    Complex z2 = z1.multiply(z1);
    Complex above = z1.multiply(s[1]).add(z2.multiply(s[2])).add(s[0]);
    return above.divide(z1.multiply(s[3]).add(z2.multiply(s[4])).add(1)).abs();
  }

  /** Poles of the analogue low pass of corner 1 that lie on or above the real axis. */
  private static List<Complex> prototype(int order) {
    List<Complex> poles = new ArrayList<>();
    for (int k = 0; k < (order + 1) / 2; k++) {
      double angle = Math.PI * (2 * k + order + 1) / (2.0 * order);
      boolean real = 2 * k + 1 == order;
      poles.add(real ? new Complex(-1) : new Complex(Math.cos(angle), Math.sin(angle)));
    }
    return poles;
  }

  private static Complex bilinear(Complex s) {
    return s.add(1).divide(s.negate().add(1));
  }

  /** A section of a pole with its conjugate, or of one real pole. */
  private static void add(List<double[]> out, Complex analogue, double[] zeros) {
    Complex p = bilinear(analogue);
    if (zeros.length == 2) {
      out.add(new double[] {zeros[0], zeros[1], 0, -p.getReal(), 0});
      return;
    }
    double square = p.getReal() * p.getReal() + p.getImaginary() * p.getImaginary();
    out.add(new double[] {zeros[0], zeros[1], zeros[2], -2 * p.getReal(), square});
  }

  private static SecondOrderSections normalised(List<double[]> sections, double reference) {
    for (double[] s : sections) {
      double factor = 1 / gain(s, reference);
      s[0] *= factor;
      s[1] *= factor;
      s[2] *= factor;
    }
    return new SecondOrderSections(sections);
  }

  private static double warped(int order, double hz, double sampleRateHz) {
    if (order < 1 || order > MOST_ORDER) {
      throw new UsageException("a filter's order must be 1 to " + MOST_ORDER + "; order=" + order);
    }
    if (!(hz > 0) || !(hz < sampleRateHz / 2) || Double.isInfinite(sampleRateHz)) {
      throw new UsageException(
          "a filter's corner must lie between 0 and half the sampling rate; cornerHz="
              + hz
              + ", sampleRateHz="
              + sampleRateHz);
    }
    return Math.tan(Math.PI * hz / sampleRateHz);
  }
}
