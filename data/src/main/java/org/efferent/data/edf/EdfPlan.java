package org.efferent.data.edf;

import java.math.RoundingMode;
import java.util.List;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;

/** How long a data record is, and how many samples of each recording fit it. */
final class EdfPlan {
  // A rate written as samples/duration may be off by this much: 0.4 ms an hour.
  private static final double RATE_TOLERANCE = 1e-7;
  private static final int MOST_SAMPLES = 1 << 20;

  final String seconds;
  final int[] samples;
  final long records;

  private EdfPlan(String seconds, int[] samples, long records) {
    this.seconds = seconds;
    this.samples = samples;
    this.records = records;
  }

  /**
   * Chooses.
   *
   * @param out name of the file to be, for errors
   * @param recordings what is to be written
   * @param wanted duration of a data record; 0 to choose
   * @return the plan
   */
  static EdfPlan of(String out, List<Recording> recordings, double wanted) {
    for (Recording r : recordings) {
      if (!(r.info().sampleRateHz() > 0)) {
        throw new UnsupportedInputException(
            "%s: EDF holds signals of a steady rate; '%s' has none; resample it first"
                .formatted(out, r.info().name()));
      }
    }
    if (wanted > 0) {
      EdfPlan plan = attempt(recordings, wanted);
      if (plan == null) {
        throw new UsageException(
            "%s: each rate times recordSeconds must be a whole number of samples; recordSeconds=%s"
                .formatted(out, wanted));
      }
      return plan;
    }
    if (recordings.get(0) instanceof EdfRecording edf) {
      EdfPlan plan = attempt(recordings, edf.header().recordSeconds);
      if (plan != null) {
        return plan;
      }
    }
    EdfPlan plan = choose(recordings);
    if (plan == null) {
      throw new UnsupportedInputException(
          "%s: no duration of a data record fits the rates; rates=%s; resample them"
              .formatted(out, recordings.stream().map(r -> r.info().sampleRateHz()).toList()));
    }
    return plan;
  }

  /** The longest record up to a minute that fits the length as well, or the first that fits. */
  private static EdfPlan choose(List<Recording> recordings) {
    EdfPlan best = null;
    for (int i = 0; i < 60 + 200; i++) {
      // Whole seconds, then multiples of 5 ms below 1.3 s, long ones first.
      double seconds = i < 60 ? i + 1 : (260 - i) * 0.005;
      EdfPlan plan = attempt(recordings, seconds);
      if (plan != null && plan.fits(recordings)) {
        return plan;
      }
      best = best == null ? plan : best;
    }
    double rate = recordings.get(0).info().sampleRateHz();
    long rows = recordings.get(0).rows();
    long most = Math.min(rows, (long) Math.min(1e6, rows / rate / 0.1));
    for (long n = Math.max(1, (long) (rows / rate / 60)); n <= most; n++) {
      EdfPlan plan = rows % n == 0 ? attempt(recordings, (double) rows / n / rate) : null;
      if (plan != null && plan.fits(recordings) && plan.isExact(rate)) {
        return plan;
      }
    }
    long first = Math.max(1, (long) rate);
    for (long n = first; best == null && n < first + 100_000; n++) {
      best = attempt(recordings, n / rate);
    }
    return best;
  }

  private boolean isExact(double rate) {
    return Math.abs(samples[0] / Double.parseDouble(seconds) - rate) < 1e-12 * rate;
  }

  private boolean fits(List<Recording> recordings) {
    for (int i = 0; i < samples.length; i++) {
      if (recordings.get(i).rows() != records * samples[i]) {
        return false;
      }
    }
    return true;
  }

  private static EdfPlan attempt(List<Recording> recordings, double wanted) {
    String text = EdfText.number(wanted, RoundingMode.HALF_EVEN);
    if (text == null || Double.parseDouble(text) <= 0) {
      return null;
    }
    double seconds = Double.parseDouble(text);
    int[] samples = new int[recordings.size()];
    long records = 0;
    for (int i = 0; i < samples.length; i++) {
      double exact = recordings.get(i).info().sampleRateHz() * seconds;
      double whole = Math.rint(exact);
      if (whole < 1 || whole > MOST_SAMPLES || Math.abs(exact - whole) > RATE_TOLERANCE * whole) {
        return null;
      }
      samples[i] = (int) whole;
      records = Math.max(records, (recordings.get(i).rows() + samples[i] - 1) / samples[i]);
    }
    return new EdfPlan(text, samples, records);
  }
}
