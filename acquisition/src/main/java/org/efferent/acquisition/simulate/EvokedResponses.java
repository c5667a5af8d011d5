package org.efferent.acquisition.simulate;

import java.util.List;

/** The responses to the stimuli, added to the EEG; trials that overlap add up. */
final class EvokedResponses implements EegPart {
  /** A bell is 4e-6 of its height where it is cut. */
  private static final double REACH = 5;

  private final EvokedOptions options;
  private final EvokedTrials trials;
  private final Timeline timeline;
  private final double[][][] gains;
  private final double before;
  private final double after;

  EvokedResponses(EvokedOptions options, EvokedTrials trials, Timeline timeline) {
    this.options = options;
    this.trials = trials;
    this.timeline = timeline;
    Electrodes electrodes = new Electrodes(options.eeg().electrodes());
    gains = new double[options.classes().size()][][];
    double earliest = 0;
    double latest = 0;
    for (int k = 0; k < gains.length; k++) {
      List<EvokedComponent> components = options.classes().get(k).components();
      gains[k] = new double[components.size()][];
      for (int j = 0; j < gains[k].length; j++) {
        EvokedComponent c = components.get(j);
        gains[k][j] = electrodes.gains(Electrodes.direction(c.electrode()), c.spreadDegrees());
        earliest = Math.min(earliest, c.latencySeconds() - REACH * c.widthSeconds());
        latest = Math.max(latest, c.latencySeconds() + REACH * c.widthSeconds());
      }
    }
    // A normal deviate of 53 bits does not exceed 9 standard deviations.
    before = -earliest + 9 * options.latencyJitterSeconds();
    after = latest + 9 * options.latencyJitterSeconds();
  }

  @Override
  public void add(long from, int count, double[] into, int offset) {
    double first = timeline.time(from);
    double last = timeline.time(from + count - 1);
    for (long trial = trials.firstFrom(first - after); trials.onset(trial) <= last + before; ) {
      add(trial, from, count, into, offset);
      trial++;
    }
  }

  private void add(long trial, long from, int count, double[] into, int offset) {
    int which = trials.which(trial);
    double origin = trials.onset(trial) + trials.shift(trial);
    double amplitude = trials.amplitude(trial);
    List<EvokedComponent> components = options.classes().get(which).components();
    for (int j = 0; j < components.size(); j++) {
      EvokedComponent component = components.get(j);
      double[] weights = gains[which][j];
      for (int i = 0; i < count; i++) {
        double wave = wave(component, timeline.time(from + i) - origin);
        if (wave != 0) {
          int at = offset + i * weights.length;
          for (int c = 0; c < weights.length; c++) {
            into[at + c] += amplitude * wave * weights[c];
          }
        }
      }
    }
  }

  private static double wave(EvokedComponent component, double sinceStimulus) {
    double z = (sinceStimulus - component.latencySeconds()) / component.widthSeconds();
    return Math.abs(z) > REACH ? 0 : component.microvolt() * StrictMath.exp(-0.5 * z * z);
  }

  /**
   * The response of a class at a moment, every bell widened as a normal deviate of the latency does
   * on average.
   *
   * @param jitterSeconds standard deviation of the latency; 0 for the response itself
   */
  double response(int which, int channel, double sinceStimulus, double jitterSeconds) {
    double sum = 0;
    List<EvokedComponent> components = options.classes().get(which).components();
    for (int j = 0; j < components.size(); j++) {
      EvokedComponent c = components.get(j);
      double width = Math.hypot(c.widthSeconds(), jitterSeconds);
      double z = (sinceStimulus - c.latencySeconds()) / width;
      double height = c.microvolt() * c.widthSeconds() / width;
      sum += gains[which][j][channel] * height * StrictMath.exp(-0.5 * z * z);
    }
    return sum;
  }
}
