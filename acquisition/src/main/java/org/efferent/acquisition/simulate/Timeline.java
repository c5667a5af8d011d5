package org.efferent.acquisition.simulate;

import org.efferent.core.UsageException;

/**
 * When the samples of a regular stream are, and which of them arrive. Sample n lies at {@code start
 * + n / (nominal rate × (1 + ppm/10⁶))}; rows are the samples that were not lost, in order. Losses
 * fall one into each slot of so many samples, so that row and sample are computed from each other.
 */
final class Timeline {
  private final double start;
  private final double nominalHz;
  private final double actualHz;
  private final long slot;
  private final int lost;
  private final long key;

  /** Samples that all arrive, the first at a moment in seconds. */
  Timeline(double rateHz, double start) {
    this(rateHz, start, StreamFaults.NONE, 0);
  }

  /**
   * Samples from 0 s on with faults of the stream.
   *
   * @throws UsageException if nothing is left between losses
   */
  Timeline(double rateHz, double start, StreamFaults faults, long seed) {
    this(
        start,
        rateHz,
        rateHz * (1 + faults.clockPpm() / 1e6),
        faults.lossEverySeconds() > 0 ? Math.round(faults.lossEverySeconds() * rateHz) : 0,
        faults.lossEverySeconds() > 0 ? faults.lossSamples() : 0,
        Draws.key(seed, "losses"));
    if (faults.lossEverySeconds() > 0 && lost >= slot) {
      throw new UsageException(
          "losses must leave samples between them; %d samples are lost of every %d"
              .formatted(lost, slot));
    }
  }

  private Timeline(double start, double nominalHz, double actualHz, long slot, int lost, long key) {
    this.start = start;
    this.nominalHz = nominalHz;
    this.actualHz = actualHz;
    this.slot = slot;
    this.lost = lost;
    this.key = key;
  }

  /** The same times without the losses. */
  Timeline complete() {
    return new Timeline(start, nominalHz, actualHz, 0, 0, key);
  }

  double nominalHz() {
    return nominalHz;
  }

  /** When a sample is, seconds from the start of the simulation. */
  double time(long sample) {
    return start + sample / actualHz;
  }

  /** The first sample at or after a moment; not negative. */
  long sampleAt(double seconds) {
    long guess = Math.max(0, (long) Math.floor((seconds - start) * actualHz) - 1);
    while (time(guess) < seconds) {
      guess++;
    }
    return guess;
  }

  /** The sample of a row. */
  long sample(long row) {
    if (slot == 0) {
      return row;
    }
    long which = row / (slot - lost);
    long within = row % (slot - lost);
    return which * slot + within + (within < gap(which) ? 0 : lost);
  }

  /** The first row whose sample is this one or a later one. */
  long row(long sample) {
    if (slot == 0) {
      return sample;
    }
    long which = sample / slot;
    long within = sample % slot;
    long gap = gap(which);
    return which * (slot - lost)
        + (within <= gap ? within : within < gap + lost ? gap : within - lost);
  }

  /** How many rows from this one on follow each other without a loss, at least 1. */
  long run(long row) {
    if (slot == 0) {
      return Long.MAX_VALUE - row;
    }
    long which = row / (slot - lost);
    long within = row % (slot - lost);
    long gap = gap(which);
    return within < gap ? gap - within : (slot - lost) - within + gap(which + 1);
  }

  /** Where in its slot the loss begins. */
  private long gap(long which) {
    return (long) (Draws.uniform(key, which) * (slot - lost + 1));
  }
}
