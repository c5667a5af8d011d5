package org.efferent.core.health;

import java.util.Objects;

/**
 * A condition that begins or ends. Each is told once, however many rows have it.
 *
 * @param stream name of the stream
 * @param condition what is wrong
 * @param begins whether it begins; otherwise it is over
 * @param row index of the row that showed it, counted from 0; for {@link HealthCondition#STALE} and
 *     {@link HealthCondition#DROPPED} of the last row before
 * @param stamp of that row, seconds on the stream's clock; NaN if there was none
 * @param channel which channel, from 0; −1 where it concerns the stream
 * @param message one line for people
 */
public record HealthEvent(
    String stream,
    HealthCondition condition,
    boolean begins,
    long row,
    double stamp,
    int channel,
    String message) {
  /** Checks that nothing is null. */
  public HealthEvent {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(message, "message");
  }
}
