package org.efferent.viz;

import java.util.Objects;

/**
 * One moment of the cursor task. The unit of length is the shorter side of the workspace, the
 * origin is its centre, y goes up: a square workspace reaches from -0.5 to 0.5.
 *
 * @param seconds when, on any clock that does not run backwards; the trail fades by it
 * @param cursor decoded
 * @param target to be reached; null between trials
 * @param truth where the cursor should be; null where nobody knows it
 * @param status the line below
 */
public record CursorState(
    double seconds, Disc cursor, Disc target, Disc truth, CursorStatus status) {
  /** Checks what must be there. */
  public CursorState {
    Objects.requireNonNull(cursor, "cursor");
    Objects.requireNonNull(status, "status");
    if (!Double.isFinite(seconds)) {
      throw new IllegalArgumentException("a moment has a time; seconds=" + seconds);
    }
  }

  /**
   * A moment without a truth.
   *
   * @param seconds when
   * @param cursor decoded
   * @param target to be reached; null between trials
   * @param status the line below
   */
  public CursorState(double seconds, Disc cursor, Disc target, CursorStatus status) {
    this(seconds, cursor, target, null, status);
  }
}
