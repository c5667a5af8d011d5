package org.efferent.acquisition.record;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;

/**
 * How streams are recorded.
 *
 * @param overwrite whether a file that is there already may be replaced
 * @param pullInterval how long samples are gathered before they are written as a chunk
 * @param flushInterval how often the file is brought to the disk: what a kill may cost
 * @param offsetInterval how often each stream's clock is measured
 * @param boundaryInterval how often a mark is written that readers find behind damage
 * @param inlet how streams are received; stamps must stay the outlet's own
 * @param health from when on something is wrong with a stream
 * @param listener hears what begins and ends to be wrong, on the threads that record; must return
 *     at once
 */
public record RecorderOptions(
    boolean overwrite,
    Duration pullInterval,
    Duration flushInterval,
    Duration offsetInterval,
    Duration boundaryInterval,
    InletOptions inlet,
    HealthOptions health,
    Consumer<HealthEvent> listener) {
  /**
   * Chunks of 250 ms, on the disk every half second; clocks every 5 s and boundaries every 10 s as
   * LabRecorder; a stream with a source id that is lost is waited for.
   */
  public static final RecorderOptions DEFAULTS =
      new RecorderOptions(
          false,
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          InletOptions.DEFAULTS,
          HealthOptions.DEFAULTS,
          event -> {});

  /** Checks the values. */
  public RecorderOptions {
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(listener, "listener");
    positive("pullInterval", pullInterval);
    positive("flushInterval", flushInterval);
    positive("offsetInterval", offsetInterval);
    positive("boundaryInterval", boundaryInterval);
    if (inlet.timeCorrection() || inlet.dejitter() || inlet.monotonise()) {
      throw new IllegalArgumentException(
          "a recording keeps the stamps of the outlet; leave the inlet's post-processing off");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
    }
  }

  /**
   * These options with or without leave to replace a file.
   *
   * @param replace whether a file that is there already may be replaced
   * @return a copy
   */
  public RecorderOptions withOverwrite(boolean replace) {
    return new RecorderOptions(
        replace,
        pullInterval,
        flushInterval,
        offsetInterval,
        boundaryInterval,
        inlet,
        health,
        listener);
  }

  /**
   * These options with another way to receive.
   *
   * @param other how streams are received
   * @return a copy
   */
  public RecorderOptions withInlet(InletOptions other) {
    return new RecorderOptions(
        overwrite,
        pullInterval,
        flushInterval,
        offsetInterval,
        boundaryInterval,
        other,
        health,
        listener);
  }

  /**
   * These options with another notion of health.
   *
   * @param other from when on something is wrong with a stream
   * @param hears what begins and ends to be wrong
   * @return a copy
   */
  public RecorderOptions withHealth(HealthOptions other, Consumer<HealthEvent> hears) {
    return new RecorderOptions(
        overwrite,
        pullInterval,
        flushInterval,
        offsetInterval,
        boundaryInterval,
        inlet,
        other,
        hears);
  }
}
