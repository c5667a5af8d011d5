package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.Objects;

/**
 * Times and counts, with liblsl's names in brackets.
 *
 * @param waveInterval from one question of discovery to the next (MulticastMinRTT)
 * @param settle how long a resolver that has enough answers still listens for younger twins
 * @param timeProbes questions in a wave of time probes (TimeProbeCount)
 * @param timeProbeInterval from one to the next (TimeProbeInterval)
 * @param timeProbeMaxRtt how long the last may take (TimeProbeMaxRTT)
 * @param timeMinProbes answers that an estimate needs (TimeUpdateMinProbes)
 * @param timeUpdateInterval from one wave to the next (TimeUpdateInterval)
 * @param handshake how long a peer may take to connect and to answer a request
 * @param flush how long an outlet that closes waits for its consumers
 * @param recoverPause from one attempt to recover a lost stream to the next
 * @param watchdogInterval how often a recoverable inlet looks for silence (WatchdogCheckInterval)
 * @param watchdogThreshold silence after which the stream is looked for elsewhere
 *     (WatchdogTimeThreshold)
 * @param smoothingHalftime of the dejitter filter (SmoothingHalftime)
 */
public record LslTuning(
    Duration waveInterval,
    Duration settle,
    int timeProbes,
    Duration timeProbeInterval,
    Duration timeProbeMaxRtt,
    int timeMinProbes,
    Duration timeUpdateInterval,
    Duration handshake,
    Duration flush,
    Duration recoverPause,
    Duration watchdogInterval,
    Duration watchdogThreshold,
    Duration smoothingHalftime) {
  /** liblsl's values; handshake 5 s, flush 2 s. */
  public static final LslTuning DEFAULTS =
      new LslTuning(
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          8,
          Duration.ofMillis(64),
          Duration.ofMillis(128),
          6,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(90));

  /** Checks the values. */
  public LslTuning {
    positive("waveInterval", waveInterval);
    positive("timeProbeInterval", timeProbeInterval);
    positive("timeProbeMaxRtt", timeProbeMaxRtt);
    positive("timeUpdateInterval", timeUpdateInterval);
    positive("handshake", handshake);
    positive("recoverPause", recoverPause);
    positive("watchdogInterval", watchdogInterval);
    positive("watchdogThreshold", watchdogThreshold);
    positive("smoothingHalftime", smoothingHalftime);
    Objects.requireNonNull(settle, "settle");
    Objects.requireNonNull(flush, "flush");
    if (timeMinProbes < 1 || timeMinProbes > timeProbes) {
      throw new IllegalArgumentException(
          "timeMinProbes lies in 1 … timeProbes; timeMinProbes="
              + timeMinProbes
              + ", timeProbes="
              + timeProbes);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
    }
  }

  /**
   * These times with another patience towards peers.
   *
   * @param time how long a peer may take to answer a request
   * @return a copy
   */
  public LslTuning withHandshake(Duration time) {
    return new LslTuning(
        waveInterval,
        settle,
        timeProbes,
        timeProbeInterval,
        timeProbeMaxRtt,
        timeMinProbes,
        timeUpdateInterval,
        time,
        flush,
        recoverPause,
        watchdogInterval,
        watchdogThreshold,
        smoothingHalftime);
  }

  /**
   * These times with other time probes.
   *
   * @param interval from one probe to the next
   * @param maxRtt how long the last may take
   * @return a copy
   */
  public LslTuning withTimeProbes(Duration interval, Duration maxRtt) {
    return new LslTuning(
        waveInterval,
        settle,
        timeProbes,
        interval,
        maxRtt,
        timeMinProbes,
        timeUpdateInterval,
        handshake,
        flush,
        recoverPause,
        watchdogInterval,
        watchdogThreshold,
        smoothingHalftime);
  }

  /**
   * These times with others for lost streams.
   *
   * @param pause from one attempt to recover to the next
   * @param interval how often silence is looked for
   * @param threshold how long it must last
   * @return a copy
   */
  public LslTuning withRecovery(Duration pause, Duration interval, Duration threshold) {
    return new LslTuning(
        waveInterval,
        settle,
        timeProbes,
        timeProbeInterval,
        timeProbeMaxRtt,
        timeMinProbes,
        timeUpdateInterval,
        handshake,
        flush,
        pause,
        interval,
        threshold,
        smoothingHalftime);
  }
}
