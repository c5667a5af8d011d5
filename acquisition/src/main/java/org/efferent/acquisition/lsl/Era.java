package org.efferent.acquisition.lsl;

/**
 * Between two breaks of a feed. Samples keep the era that they came in, so that those of a lost
 * outlet are not moved by the clock of the one that was found for it.
 *
 * @param connection which connection, from 0; what a break lost is not known
 * @param clock which outlet, from 0; each has a clock of its own
 * @param follower what that clock is behind ours; null if nobody asked
 */
record Era(int connection, int clock, ClockFollower follower) {
  /** What to add to a stamp, seconds. */
  double correction() {
    return follower == null ? 0 : follower.seconds();
  }
}
