package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One wave of time probes: what was asked, and which answer counts. An answer counts once, if it
 * repeats the wave and, to a microsecond, the time of a question of this wave, and tells moments;
 * peers print what they have read anew.
 *
 * <p>t0 sent here, t1 received there, t2 sent there, t3 received here: rtt = (t3 − t0) − (t2 − t1),
 * offset = ((t1 − t0) + (t2 − t3)) / 2. The one with the shortest round trip counts.
 */
final class TimeWave {
  /** Beyond this no clock of seconds is exact to a microsecond. */
  private static final double FARTHEST_SECONDS = 1e10;

  private static final double SAME_SECONDS = 1e-6;

  private final int id;
  private final List<Double> open = new ArrayList<>();
  private int answered;
  private double bestRtt = Double.POSITIVE_INFINITY;
  private double bestOffset;
  private double bestRemote;

  TimeWave(int id) {
    this.id = id;
  }

  /** The next question. */
  String question(double now) {
    open.add(now);
    return "LSL:timedata\r\n" + id + " " + InfoXml.number(now) + "\r\n";
  }

  /**
   * Takes an answer.
   *
   * @param text as it came
   * @param t3 when, on our clock
   * @return whether it counts
   */
  boolean answer(String text, double t3) {
    String[] words = text.strip().split("\\s+", 5);
    if (words.length < 4 || !words[0].equals(Integer.toString(id))) {
      return false;
    }
    double said = moment(words[1]);
    double t1 = moment(words[2]);
    double t2 = moment(words[3]);
    int asked = open.size() - 1;
    while (asked >= 0 && !(Math.abs(open.get(asked) - said) < SAME_SECONDS)) {
      asked--;
    }
    if (Double.isNaN(t1) || Double.isNaN(t2) || asked < 0) {
      return false;
    }
    double t0 = open.get(asked);
    double rtt = (t3 - t0) - (t2 - t1);
    if (rtt < -SAME_SECONDS || t2 - t1 < -SAME_SECONDS) {
      return false; // less than nothing, but for what is lost in printing
    }
    open.remove(asked);
    answered++;
    if (rtt < bestRtt) {
      bestRtt = Math.max(0, rtt);
      bestOffset = ((t1 - t0) + (t2 - t3)) / 2;
      bestRemote = (t1 + t2) / 2;
    }
    return true;
  }

  private static double moment(String text) {
    try {
      double seconds = Double.parseDouble(text);
      return Math.abs(seconds) < FARTHEST_SECONDS ? seconds : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Probes that were answered. */
  int answered() {
    return answered;
  }

  /** What to add to the peer's stamps; empty if too few probes were answered. */
  Optional<TimeCorrection> result(int least) {
    return answered < least
        ? Optional.empty()
        : Optional.of(new TimeCorrection(-bestOffset, bestRtt, bestRemote));
  }
}
