package org.efferent.viz.dashboard;

import java.util.List;

/**
 * How good the channels were in the last second.
 *
 * @param title name of the stream
 * @param unit of amplitudes; may be empty
 * @param channels in the stream's order; empty before the first second
 */
public record QualitySnapshot(String title, String unit, List<Channel> channels) {
  /** What is wrong with a channel, the worst first. */
  public enum State {
    /** More than a twentieth of the values are NaN or infinite. */
    MISSING("missing", "x"),
    /** The value hardly changes. */
    FLAT("flat", "-"),
    /** It is stuck at its largest or least value. */
    SATURATED("saturated", "^"),
    /** More than half of the power is the mains'. */
    LINE("line noise", "~"),
    /** More than five times as large as the median channel. */
    NOISY("noisy", "*"),
    /** Nothing of these. */
    GOOD("good", "");

    private final String word;
    private final String sign;

    State(String word, String sign) {
      this.word = word;
      this.sign = sign;
    }

    /** One or two words. */
    public String word() {
      return word;
    }

    /** One character, so that colour alone says nothing; empty for good. */
    public String sign() {
      return sign;
    }
  }

  /**
   * One channel.
   *
   * @param label its name
   * @param state what is wrong with it
   * @param amplitude 1.4826 times the median absolute deviation, in the channel's unit; NaN if
   *     unknown
   * @param lineShare share of the power from 1 Hz up that lies within 1.5 Hz of 50 or 60 Hz,
   *     whichever is more, 0 to 1; NaN if unknown
   * @param missingShare share of values that are not finite, 0 to 1
   * @param x to the right on a head seen from above, its radius 1; NaN where no position is known
   * @param y to the front likewise
   */
  public record Channel(
      String label,
      State state,
      double amplitude,
      double lineShare,
      double missingShare,
      double x,
      double y) {
    /** Whether it has a place on the head. */
    public boolean placed() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  /** Copies the list. */
  public QualitySnapshot {
    channels = List.copyOf(channels);
  }

  /** How many channels are in a state. */
  public long count(State state) {
    return channels.stream().filter(c -> c.state() == state).count();
  }
}
