package org.efferent.acquisition.simulate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.efferent.core.UsageException;

/**
 * A simulated EEG.
 *
 * @param name of the stream
 * @param electrodes labels of the 10-05 system, at least one
 * @param rateHz samples a second, 64 to 20,000
 * @param activity what the brain does
 * @param artefacts what is not brain
 * @param imagery imagined movements, if there are any
 * @param bad channels that are bad, by label
 * @param faults what is wrong with the stream
 */
public record EegOptions(
    String name,
    List<String> electrodes,
    double rateHz,
    EegActivity activity,
    EegArtefacts artefacts,
    Optional<MotorImagery> imagery,
    Map<String, BadChannel> bad,
    StreamFaults faults) {
  /** 32 electrodes at 250 Hz, nobody moves, nothing is broken. */
  public static final EegOptions DEFAULTS =
      new EegOptions(
          "SimEEG",
          electrodes(32),
          250,
          EegActivity.DEFAULTS,
          EegArtefacts.DEFAULTS,
          Optional.empty(),
          Map.of(),
          StreamFaults.NONE);

  /** Checks the values and copies what can change. */
  public EegOptions {
    electrodes = List.copyOf(electrodes);
    bad = java.util.Collections.unmodifiableMap(new TreeMap<>(bad));
    Limits.check("rateHz", rateHz, 64, 20_000);
    if (name.isBlank() || electrodes.isEmpty()) {
      throw new UsageException(
          "EEG has a name and at least one electrode; name='%s', electrodes=%s"
              .formatted(name, electrodes));
    }
    for (String label : bad.keySet()) {
      if (!electrodes.contains(label)) {
        throw new UsageException(
            "a bad channel is one of the electrodes; channel='%s', electrodes=%s"
                .formatted(label, String.join(",", electrodes)));
      }
    }
    for (Oscillation oscillation : activity.oscillations()) {
      Limits.check(oscillation.name() + ".frequencyHz", oscillation.frequencyHz(), 0.5, rateHz / 2);
    }
  }

  /**
   * A choice of electrodes that covers the head, from front to back and left to right: 8 are Fz,
   * C3, Cz, C4, Pz, PO7, PO8, Oz; 21 or more hold most of the 10-20 system.
   *
   * @param count how many, at most all of the 10-05 system
   * @return their labels
   * @throws UsageException if there are not so many
   */
  public static List<String> electrodes(int count) {
    return Electrodes.choose(count);
  }

  /**
   * These options under another name.
   *
   * @param other name of the stream
   * @return a copy
   */
  public EegOptions withName(String other) {
    return new EegOptions(other, electrodes, rateHz, activity, artefacts, imagery, bad, faults);
  }

  /**
   * These options with other electrodes.
   *
   * @param labels of the 10-05 system
   * @return a copy
   */
  public EegOptions withElectrodes(List<String> labels) {
    return new EegOptions(name, labels, rateHz, activity, artefacts, imagery, bad, faults);
  }

  /**
   * These options at another rate.
   *
   * @param hz samples a second
   * @return a copy
   */
  public EegOptions withRate(double hz) {
    return new EegOptions(name, electrodes, hz, activity, artefacts, imagery, bad, faults);
  }

  /**
   * These options with another brain.
   *
   * @param other what it does
   * @return a copy
   */
  public EegOptions withActivity(EegActivity other) {
    return new EegOptions(name, electrodes, rateHz, other, artefacts, imagery, bad, faults);
  }

  /**
   * These options with other artefacts.
   *
   * @param other what is not brain
   * @return a copy
   */
  public EegOptions withArtefacts(EegArtefacts other) {
    return new EegOptions(name, electrodes, rateHz, activity, other, imagery, bad, faults);
  }

  /**
   * These options with imagined movements.
   *
   * @param trials how they are made
   * @return a copy
   */
  public EegOptions withImagery(MotorImagery trials) {
    return new EegOptions(
        name, electrodes, rateHz, activity, artefacts, Optional.of(trials), bad, faults);
  }

  /**
   * These options with bad channels.
   *
   * @param channels what is wrong, by label
   * @return a copy
   */
  public EegOptions withBad(Map<String, BadChannel> channels) {
    return new EegOptions(name, electrodes, rateHz, activity, artefacts, imagery, channels, faults);
  }

  /**
   * These options with faults of the stream.
   *
   * @param other what is wrong
   * @return a copy
   */
  public EegOptions withFaults(StreamFaults other) {
    return new EegOptions(name, electrodes, rateHz, activity, artefacts, imagery, bad, other);
  }
}
