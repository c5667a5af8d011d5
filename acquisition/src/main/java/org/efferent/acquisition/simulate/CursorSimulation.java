package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import org.efferent.acquisition.SimulatedUnits;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * What {@link SimulatedUnits} fire while a {@link SimulatedUser} steers a cursor from the centre to
 * targets on a circle and back: features, counts a bin, {@code [units]}. A row's stamp is the
 * middle of its bin. The cursor does what the user wants.
 *
 * <p><b>The truth</b>, stream {@code <name>-truth}, has a row a bin with the same stamp: {@code
 * vx}, {@code vy}, the velocity that the user intended, 1 being the top speed, which is what the
 * counts of this bin were drawn with; {@code x}, {@code y}, where the cursor was at the end of the
 * bin; {@code targetX}, {@code targetY}, where it should have gone (1.0 is the shortest side of the
 * screen). The {@code desc} has each unit's preferred direction in radians, baseline and depth in
 * spikes a second, and the top speed in positions a second.
 *
 * <p>A user remembers, so rows are computed in order; whoever reads backwards waits for all of them
 * from the first on.
 */
public final class CursorSimulation implements Simulation {
  private static final List<String> STATES = List.of("vx", "vy", "x", "y", "targetX", "targetY");
  private static final double SLOW_RADIUS = 0.15;
  private static final double REACH = 0.36;
  private static final double TARGET_RADIUS = 0.075;
  private static final int TARGETS = 8;
  private static final int BLOCK = 256;

  private final SteeringOptions options;
  private final long seed;
  private final double[] features;
  private final double[] states = new double[BLOCK * STATES.size()];
  private final double[] velocity = new double[2];
  private final double[] counts;
  private final SimulatedSignal signal;
  private final SimulatedSignal truth;
  private long block = -1;
  private SimulatedUser user;
  private SimulatedUnits units;
  private double x;
  private double y;
  private double targetX;
  private double targetY;
  private int targets;
  private int held;

  /**
   * A simulation.
   *
   * @param options who steers
   * @param seed of units, spikes and targets
   */
  public CursorSimulation(SteeringOptions options, long seed) {
    this.options = options;
    this.seed = seed;
    features = new double[BLOCK * options.units()];
    counts = new double[options.units()];
    restart();
    Published published = new Published("cursor", options.name(), seed);
    double rateHz = 1 / options.binSeconds();
    Timeline timeline = new Timeline(rateHz, options.binSeconds() / 2);
    List<XmlElement> told = describe();
    List<String> labels = new ArrayList<>();
    for (int u = 1; u <= options.units(); u++) {
      labels.add("unit " + u);
    }
    List<ChannelInfo> channels = Published.channels(labels, "Spikes", "count");
    StreamInfo info = published.info("", "Features", rateHz, channels);
    signal =
        new SimulatedSignal(
            published.numbers(info, ChannelFormat.FLOAT32, told),
            info,
            timeline,
            (from, count, into, offset) ->
                copy(from, count, features, options.units(), into, offset));
    StreamInfo truthInfo =
        published.info("-truth", "Truth", rateHz, Published.channels(STATES, "Truth", ""));
    truth =
        new SimulatedSignal(
            published.numbers(truthInfo, ChannelFormat.DOUBLE64, told),
            truthInfo,
            timeline,
            (from, count, into, offset) -> copy(from, count, states, STATES.size(), into, offset));
  }

  private List<XmlElement> describe() {
    List<XmlElement> told = new ArrayList<>();
    told.add(Published.number("topSpeed", options.topSpeed()));
    for (int u = 0; u < units.size(); u++) {
      told.add(
          XmlElement.of(
              "unit",
              List.of(
                  Published.number("preferred", units.preferredRadians(u)),
                  Published.number("baseline", units.baselineHz(u)),
                  Published.number("depth", units.modulationHz(u)))));
    }
    return told;
  }

  private void restart() {
    user = new SimulatedUser(options.delayBins(), SLOW_RADIUS);
    units = new SimulatedUnits(options.units(), options.binSeconds(), seed);
    x = 0;
    y = 0;
    targets = 0;
    held = 0;
    block = -1;
    nextTarget();
  }

  private void nextTarget() {
    boolean outward = targets % 2 == 0;
    double angle =
        2
            * Math.PI
            / TARGETS
            * (int) (TARGETS * Draws.uniform(Draws.key(seed, "targets"), targets));
    targetX = outward ? REACH * StrictMath.cos(angle) : 0;
    targetY = outward ? REACH * StrictMath.sin(angle) : 0;
    targets++;
    held = 0;
  }

  private void copy(long from, int count, double[] rows, int columns, double[] into, int offset) {
    for (int i = 0; i < count; i++) {
      hold((from + i) / BLOCK);
      int at = (int) ((from + i) % BLOCK);
      System.arraycopy(rows, at * columns, into, offset + i * columns, columns);
    }
  }

  private void hold(long wanted) {
    if (wanted < block) {
      restart();
    }
    while (block < wanted) {
      for (int i = 0; i < BLOCK; i++) {
        step(i);
      }
      block++;
    }
  }

  private void step(int bin) {
    user.intend(x, y, targetX, targetY, velocity);
    units.fire(velocity[0], velocity[1], counts);
    System.arraycopy(counts, 0, features, bin * counts.length, counts.length);
    x += velocity[0] * options.topSpeed() * options.binSeconds();
    y += velocity[1] * options.topSpeed() * options.binSeconds();
    double[] state = {velocity[0], velocity[1], x, y, targetX, targetY};
    System.arraycopy(state, 0, states, bin * state.length, state.length);
    held = Math.hypot(x - targetX, y - targetY) <= TARGET_RADIUS ? held + 1 : 0;
    if (held > 0 && held * options.binSeconds() >= options.holdSeconds() - 1e-9) {
      nextTarget();
    }
  }

  @Override
  public SimulatedSignal signal() {
    return signal;
  }

  @Override
  public List<SimulatedStream> truth() {
    return List.of(truth);
  }

  /** The truth as a signal: intention, cursor, target. */
  public SimulatedSignal states() {
    return truth;
  }
}
