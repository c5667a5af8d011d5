package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.efferent.core.UsageException;

/**
 * Simulated evoked responses.
 *
 * @param eeg the EEG that they are buried in; its name is the stream's
 * @param classes kinds of stimuli, at least one
 * @param intervalSeconds mean time from stimulus to stimulus
 * @param intervalJitter share of the interval by which each stimulus may come late, 0 to 0.9
 * @param latencyJitterSeconds standard deviation of a trial's latency; all its waves come early or
 *     late together
 * @param amplitudeSpread standard deviation of the logarithm of a trial's amplitude, whose mean is
 *     1
 * @param snrDecibel signal-to-noise ratio of a single trial: root mean square over 0 to 0.6 s of
 *     the strongest response in the channel where it is strongest, over the root mean square of the
 *     brain's activity there; the activity is scaled to it. Empty to leave the activity as it is
 */
public record EvokedOptions(
    EegOptions eeg,
    List<EvokedClass> classes,
    double intervalSeconds,
    double intervalJitter,
    double latencyJitterSeconds,
    double amplitudeSpread,
    OptionalDouble snrDecibel) {
  private static final List<EvokedComponent> VISUAL =
      List.of(
          new EvokedComponent("P1", "Oz", 30, 0.105, 0.015, 3),
          new EvokedComponent("N1 left", "PO7", 25, 0.165, 0.02, -4),
          new EvokedComponent("N1 right", "PO8", 25, 0.165, 0.02, -4),
          new EvokedComponent("P2", "FCz", 40, 0.225, 0.03, 3));

  /**
   * A visual oddball: frequent {@code standard} stimuli, one in five is a {@code target} with a
   * late positive wave over the parietal cortex; a stimulus a second.
   */
  public static final EvokedOptions DEFAULTS =
      new EvokedOptions(
          EegOptions.DEFAULTS
              .withName("SimEvoked")
              .withArtefacts(new EegArtefacts(6, 120, 0, 0, 50, 1, 5)),
          List.of(
              new EvokedClass("standard", 0.8, VISUAL),
              new EvokedClass(
                  "target",
                  0.2,
                  with(
                      new EvokedComponent("N2", "FCz", 35, 0.26, 0.03, -3),
                      new EvokedComponent("P3b", "Pz", 42, 0.38, 0.07, 9)))),
          1,
          0.2,
          0.012,
          0.2,
          OptionalDouble.of(-10));

  private static List<EvokedComponent> with(EvokedComponent... more) {
    List<EvokedComponent> all = new ArrayList<>(VISUAL);
    all.addAll(List.of(more));
    return all;
  }

  /** Checks the values and copies the list. */
  public EvokedOptions {
    classes = List.copyOf(classes);
    Limits.check("intervalSeconds", intervalSeconds, 0.05, 3600);
    Limits.check("intervalJitter", intervalJitter, 0, 0.9);
    Limits.check("latencyJitterSeconds", latencyJitterSeconds, 0, 0.2);
    Limits.check("amplitudeSpread", amplitudeSpread, 0, 1);
    if (snrDecibel.isPresent()) {
      Limits.check("snrDecibel", snrDecibel.getAsDouble(), -80, 80);
    }
    List<String> labels = classes.stream().map(EvokedClass::label).toList();
    if (labels.isEmpty() || labels.stream().distinct().count() < labels.size()) {
      throw new UsageException(
          "evoked responses have one or more classes of different labels; labels=" + labels);
    }
    if (!(classes.stream().mapToDouble(EvokedClass::share).sum() > 0)) {
      throw new UsageException("the shares of the classes must not all be 0; labels=" + labels);
    }
  }

  /**
   * These options in another EEG.
   *
   * @param other what the responses are buried in
   * @return a copy
   */
  public EvokedOptions withEeg(EegOptions other) {
    return new EvokedOptions(
        other,
        classes,
        intervalSeconds,
        intervalJitter,
        latencyJitterSeconds,
        amplitudeSpread,
        snrDecibel);
  }

  /**
   * These options with another spread from trial to trial.
   *
   * @param latencySeconds standard deviation of the latency
   * @param amplitude standard deviation of the amplitude's logarithm
   * @return a copy
   */
  public EvokedOptions withSpread(double latencySeconds, double amplitude) {
    return new EvokedOptions(
        eeg, classes, intervalSeconds, intervalJitter, latencySeconds, amplitude, snrDecibel);
  }

  /**
   * These options with stimuli at other times.
   *
   * @param seconds mean time from stimulus to stimulus
   * @param jitter share of it by which each may come late
   * @return a copy
   */
  public EvokedOptions withInterval(double seconds, double jitter) {
    return new EvokedOptions(
        eeg, classes, seconds, jitter, latencyJitterSeconds, amplitudeSpread, snrDecibel);
  }

  /**
   * These options with another signal-to-noise ratio.
   *
   * @param decibel of a single trial; empty to leave the activity as it is
   * @return a copy
   */
  public EvokedOptions withSnr(OptionalDouble decibel) {
    return new EvokedOptions(
        eeg,
        classes,
        intervalSeconds,
        intervalJitter,
        latencyJitterSeconds,
        amplitudeSpread,
        decibel);
  }

  /**
   * These options with other stimuli.
   *
   * @param other kinds of stimuli
   * @return a copy
   */
  public EvokedOptions withClasses(List<EvokedClass> other) {
    return new EvokedOptions(
        eeg,
        other,
        intervalSeconds,
        intervalJitter,
        latencyJitterSeconds,
        amplitudeSpread,
        snrDecibel);
  }
}
