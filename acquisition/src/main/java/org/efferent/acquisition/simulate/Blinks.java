package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Blinks of both eyes: positive at the front, as the lid slides over the charged cornea; a third of
 * it at F3 and F4, hardly anything behind the vertex.
 */
final class Blinks implements EegSource {
  private static final double LEAST_PAUSE = 0.6;
  private static final double LEAST_SECONDS = 0.28;
  private static final double MOST_SECONDS = 0.42;
  private static final double SIZE_SPREAD = 0.15;
  private static final double SPREAD_DEGREES = 35;

  /** Of an eye: so far from the middle and so far below the plane of nasion and ears. */
  private static final double SIDE_DEGREES = 22;

  private static final double BELOW_DEGREES = 12;

  private final double[] gains;
  private final Timeline timeline;
  private final double microvolt;
  private final Bursts bursts;

  Blinks(EegArtefacts artefacts, Electrodes electrodes, Timeline timeline, long seed) {
    this.timeline = timeline;
    microvolt = artefacts.blinkMicrovolt();
    gains = frontal(electrodes);
    double reference = frontal(new Electrodes(List.of("Fpz")))[0];
    for (int c = 0; c < gains.length; c++) {
      gains[c] /= reference;
    }
    bursts =
        new Bursts(
            Draws.key(seed, "blinks"),
            artefacts.blinksPerMinute() / 60,
            LEAST_PAUSE,
            LEAST_SECONDS,
            MOST_SECONDS,
            SIZE_SPREAD);
  }

  private static double[] frontal(Electrodes electrodes) {
    double[] left = electrodes.gains(eye(-1), SPREAD_DEGREES);
    double[] right = electrodes.gains(eye(1), SPREAD_DEGREES);
    double[] both = new double[left.length];
    for (int c = 0; c < both.length; c++) {
      both[c] = left[c] + right[c];
    }
    return both;
  }

  private static double[] eye(int side) {
    double azimuth = StrictMath.toRadians(side * SIDE_DEGREES);
    double down = StrictMath.toRadians(BELOW_DEGREES);
    double flat = StrictMath.cos(down);
    return new double[] {
      flat * StrictMath.sin(azimuth), flat * StrictMath.cos(azimuth), -StrictMath.sin(down)
    };
  }

  @Override
  public String name() {
    return "blink";
  }

  @Override
  public double[] gains() {
    return gains;
  }

  @Override
  public boolean hasAmplitude() {
    return false;
  }

  @Override
  public void fill(long from, int count, double[] value, double[] amplitude) {
    int next = bursts.firstAfter(timeline.time(from));
    Blink blink = blink(next);
    for (int i = 0; i < count; i++) {
      double time = timeline.time(from + i);
      while (blink.start() + blink.seconds() <= time) {
        blink = blink(++next);
      }
      value[i] = blink.at(time);
    }
  }

  private Blink blink(int index) {
    double start = bursts.start(index);
    return new Blink(start, bursts.seconds(index), microvolt * bursts.size(index));
  }

  /** The blinks that begin in a stretch of time. */
  List<Blink> between(double from, double to) {
    List<Blink> found = new ArrayList<>();
    int index = bursts.firstAfter(from);
    for (Blink b = blink(index); b.start() < to; b = blink(++index)) {
      if (b.start() >= from) {
        found.add(b);
      }
    }
    return found;
  }
}
