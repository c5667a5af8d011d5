package org.efferent.filters.calibration;

import java.util.ArrayDeque;
import java.util.Deque;
import org.efferent.core.UsageException;

/**
 * The decoder in use and a bounded number of those before it. A version keeps its number for good;
 * a number is never given twice, so that a recording can say which version decoded a bin.
 *
 * <p>Used by one thread.
 *
 * @param <T> what has versions: a decoder, or a decoder with the statistics that it came from
 */
public final class Versions<T> {
  /**
   * A version.
   *
   * @param number from 1
   * @param value itself
   * @param note where it came from
   * @param <T> what has versions
   */
  public record Version<T>(long number, T value, String note) {}

  private final int kept;
  private final Deque<Version<T>> before = new ArrayDeque<>();
  private Version<T> current;
  private long last = 1;
  private boolean frozen;
  private long refused;

  /**
   * Begins with version 1.
   *
   * @param first the first version
   * @param note where it came from
   * @param kept most versions kept for a rollback, at least 1
   */
  public Versions(T first, String note, int kept) {
    if (kept < 1) {
      throw new UsageException("a history must keep at least one version; kept=" + kept);
    }
    this.kept = kept;
    current = new Version<>(1, first, note);
  }

  /** The version in use. */
  public Version<T> current() {
    return current;
  }

  /**
   * Puts a new version into use. While frozen it is refused and counted.
   *
   * @param value the new version
   * @param note where it came from
   * @return whether it is in use now
   */
  public boolean offer(T value, String note) {
    if (frozen) {
      refused++;
      return false;
    }
    before.addLast(current);
    if (before.size() > kept) {
      before.removeFirst();
    }
    current = new Version<>(++last, value, note);
    return true;
  }

  /** Counts a version that did worse than the one in use and never came into it. */
  public void refuse() {
    refused++;
  }

  /** Whether {@link #rollback} has somewhere to go. */
  public boolean canRollBack() {
    return !before.isEmpty();
  }

  /**
   * Goes back to the version before, frozen or not; the one in use is dropped.
   *
   * @return the version in use now
   * @throws UsageException where none is kept
   */
  public Version<T> rollback() {
    if (before.isEmpty()) {
      throw new UsageException(
          "there is no earlier decoder to roll back to; version=" + current.number());
    }
    current = before.removeLast();
    return current;
  }

  /**
   * Freezes or thaws: while frozen only a rollback changes the version.
   *
   * @param value whether it stays
   */
  public void freeze(boolean value) {
    frozen = value;
  }

  /** Whether offers are refused. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Versions refused, since construction. */
  public long refused() {
    return refused;
  }
}
