package org.efferent.filters.loop;

import java.util.Optional;
import org.efferent.core.Estimate;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.calibration.BlockZScore;

/**
 * From a bin's features to the velocity that moves the cursor:
 *
 * <pre>
 * features → z-score → smoothing → components → filter → × gain → smoothing → velocity
 * </pre>
 *
 * <p>Channels that were found dead are held at 0 after the z-score. Made by {@link
 * DecoderTraining}. Used by one thread.
 */
public final class VelocityDecoder {
  private final FeatureChain chain;
  private final CursorDecoder decoder;
  private final Control control;
  private final double topSpeed;
  private final double binSeconds;
  private final double speed;
  private final double share;
  private final double[] velocity = new double[2];
  private Estimate.Gaussian estimate;
  private double[] input = {};

  /**
   * How decoded velocities drive the cursor.
   *
   * @param scale that gives the decoder's output the mean speed of what was wanted
   * @param gain times that
   * @param smoothingSeconds time constant of the velocity's smoothing; 0 for none
   */
  public record Control(double scale, double gain, double smoothingSeconds) {}

  VelocityDecoder(
      FeatureChain chain,
      CursorDecoder decoder,
      Control control,
      double topSpeed,
      double binSeconds) {
    this.chain = chain;
    this.decoder = decoder;
    this.control = control;
    this.topSpeed = topSpeed;
    this.binSeconds = binSeconds;
    speed = control.scale() * control.gain() * topSpeed;
    share = FeatureSmoothing.share(binSeconds, control.smoothingSeconds());
  }

  private VelocityDecoder(VelocityDecoder before, CursorDecoder decoder) {
    chain = before.chain;
    control = before.control;
    topSpeed = before.topSpeed;
    binSeconds = before.binSeconds;
    speed = before.speed;
    share = before.share;
    this.decoder = decoder;
    System.arraycopy(before.velocity, 0, velocity, 0, velocity.length);
  }

  /**
   * The same with another filter of the same inputs, at the same velocity. Both read features by
   * the same chain: one of them is in use at a time.
   */
  VelocityDecoder with(CursorDecoder filter) {
    return new VelocityDecoder(this, filter);
  }

  /**
   * What the filter would read of a bin, which the chain has heard then; overwritten by the next.
   */
  double[] input(double[] row) {
    return chain.apply(row);
  }

  /** What the filter read in the last step; overwritten by the next. */
  double[] input() {
    return input;
  }

  /**
   * Decodes one bin.
   *
   * @param row features, {@code [channels]}, not modified
   * @param position of the cursor as the bin begins, {@code [2]}, not modified
   * @return velocity, {@code [2]}, lengths a second; overwritten by the next step
   */
  public double[] step(double[] row, double[] position) {
    decoder.position(position);
    input = chain.apply(row);
    estimate = decoder.decode(input);
    for (int i = 0; i < velocity.length; i++) {
      velocity[i] += share * (speed * estimate.mean(i) - velocity[i]);
    }
    return velocity;
  }

  /** What the filter said in the last step, in its own unit; empty before the first. */
  public Optional<Estimate.Gaussian> estimate() {
    return Optional.ofNullable(estimate);
  }

  /** Forgets the past. */
  public void reset() {
    chain.reset();
    decoder.reset();
    velocity[0] = 0;
    velocity[1] = 0;
    estimate = null;
  }

  /** How decoded velocities drive the cursor. */
  public Control control() {
    return control;
  }

  /** Speed where all of it is wanted, lengths a second. */
  public double topSpeed() {
    return topSpeed;
  }

  /** Length of a bin. */
  public double binSeconds() {
    return binSeconds;
  }

  FeatureChain chain() {
    return chain;
  }

  /** The filter. */
  public CursorDecoder decoder() {
    return decoder;
  }

  /** The channel that told directions apart best in the bins that trained. */
  public int bestChannel() {
    return chain.best();
  }

  /** The z-score, for whoever ends its blocks. */
  public BlockZScore zScore() {
    return chain.zScore();
  }
}
