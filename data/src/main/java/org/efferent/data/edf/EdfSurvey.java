package org.efferent.data.edf;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Units;

/** One pass over a recording that is to be written: what its channels need. */
final class EdfSurvey {
  static final int ROWS = 4096;
  // Beyond this too few digital steps are left of 65,536.
  private static final double MOST_WIDENING = 100;
  private static final double[] SCALES = {1, 1e-6, 1e-3, 1e-9, 1e-15, 1e-12};
  private static final List<String> VOLTS = List.of("V", "uV", "mV", "nV", "", "");
  private static final List<String> TESLAS = List.of("T", "", "mT", "nT", "fT", "pT");

  /**
   * How a channel is written.
   *
   * @param label at most 16 characters of ASCII
   * @param unit at most 8 characters
   * @param factor what a value is multiplied with to be in that unit
   * @param range how it becomes digital
   * @param low16 whether only the lowest 16 bits of whole numbers are kept
   */
  record Channel(String label, String unit, double factor, EdfRange range, boolean low16) {
    Channel(String label, String unit, double factor, EdfRange range) {
      this(label, unit, factor, range, false);
    }
  }

  private EdfSurvey() {}

  /**
   * Looks at all values.
   *
   * @param out name of the file to be, for errors
   * @param recording what is to be written
   * @param bdf whether there are 24 bits
   * @return one a channel
   */
  static List<Channel> of(String out, Recording recording, boolean bdf) {
    int n = recording.channels();
    double[] min = new double[n];
    double[] max = new double[n];
    boolean[] fraction = new boolean[n];
    java.util.Arrays.fill(min, Double.POSITIVE_INFINITY);
    java.util.Arrays.fill(max, Double.NEGATIVE_INFINITY);
    double[] values = new double[ROWS * n];
    for (long row = 0; row < recording.rows(); row += ROWS) {
      int rows = (int) Math.min(ROWS, recording.rows() - row);
      recording.read(row, rows, values, 0);
      for (int i = 0; i < rows * n; i++) {
        int c = i % n;
        double v = values[i];
        if (!Double.isFinite(v)) {
          throw new UnsupportedInputException(
              "%s: EDF holds finite values only; channel '%s', row %d: %s; replace it before writing"
                  .formatted(out, recording.info().channels().get(c).label(), row + i / n, v));
        }
        min[c] = Math.min(min[c], v);
        max[c] = Math.max(max[c], v);
        fraction[c] |= v != Math.rint(v);
      }
    }
    List<Channel> channels = new ArrayList<>(n);
    for (int c = 0; c < n; c++) {
      ChannelInfo info = recording.info().channels().get(c);
      Channel kept = kept(recording, c, bdf, min[c], max[c]);
      channels.add(kept != null ? kept : chosen(out, info, bdf, min[c], max[c], fraction[c]));
    }
    return channels;
  }

  /** The range that the channel has in the file that it comes from. */
  private static Channel kept(Recording recording, int c, boolean bdf, double min, double max) {
    if (!(recording instanceof EdfRecording edf) || (edf.header().bdf && !bdf)) {
      return null;
    }
    EdfRange range = edf.signal(c).range();
    ChannelInfo info = recording.info().channels().get(c);
    if (bdf && EdfChannels.isTrigger(info.label())) {
      // Read as stored, so stored as it is.
      return edf.header().bdf ? new Channel(info.label(), info.unit(), 1, identity(true)) : null;
    }
    double low = Math.min(range.physicalMin(), range.physicalMax());
    double high = Math.max(range.physicalMin(), range.physicalMax());
    String pmin = EdfText.number(range.physicalMin(), RoundingMode.HALF_EVEN);
    String pmax = EdfText.number(range.physicalMax(), RoundingMode.HALF_EVEN);
    boolean exact =
        pmin != null
            && pmax != null
            && Double.parseDouble(pmin) == range.physicalMin()
            && Double.parseDouble(pmax) == range.physicalMax();
    // A file may hold values beyond its own extremes; clipping would change them.
    boolean inside = min >= low - 1e-9 * (high - low) && max <= high + 1e-9 * (high - low);
    return exact && inside ? new Channel(info.label(), info.unit(), 1, range) : null;
  }

  private static EdfRange identity(boolean bdf) {
    int half = bdf ? 1 << 23 : 1 << 15;
    return new EdfRange(-half, half - 1, -half, half - 1);
  }

  private static Channel chosen(
      String out, ChannelInfo info, boolean bdf, double min, double max, boolean fraction) {
    int half = bdf ? 1 << 23 : 1 << 15;
    String unit = written(info.unit());
    boolean empty = min > max;
    boolean trigger = EdfChannels.isTrigger(info.label());
    if (trigger && !fraction && !bdf && !empty && (min < -half || max > half - 1)) {
      // A status word of 24 bits: its triggers are the lowest 16.
      EdfRange range = new EdfRange(0, 65_535, -half, half - 1);
      return new Channel(info.label(), fit(unit), 1, range, true);
    }
    if (trigger && bdf) {
      // Read as it is stored, whatever the range.
      return new Channel(info.label(), fit(unit), 1, identity(true));
    }
    if (empty || (!fraction && min >= -half && max <= half - 1)) {
      return new Channel(info.label(), fit(unit), 1, identity(bdf));
    }
    List<String> family = family(info.unit());
    double si = Units.toSi(info.unit()).orElse(1);
    Channel best = range(info, fit(unit), 1, half, min, max);
    double wider = unit.length() > 8 ? Double.POSITIVE_INFINITY : widening(best, min, max);
    // A narrow range far from zero needs more digits than there are: the unit that widens least.
    for (int i = 0; wider > 1.1 && i < family.size(); i++) {
      if (!family.get(i).isEmpty()) {
        double factor = si / SCALES[i];
        Channel other = range(info, family.get(i), factor, half, min * factor, max * factor);
        double widened = widening(other, min * factor, max * factor);
        if (widened < wider) {
          best = other;
          wider = widened;
        }
      }
    }
    if (best != null && wider < MOST_WIDENING) {
      return best;
    }
    throw new UnsupportedInputException(
        "%s: the range of a channel must be writable in 8 characters; channel '%s' has %s to %s %s; scale it"
            .formatted(out, info.label(), min, max, info.unit()));
  }

  /** As eight characters hold it: {@code uV} for {@code microvolts}, the same for all channels. */
  private static String written(String unit) {
    String text = EdfText.ascii(unit);
    List<String> family = text.length() > 8 ? family(unit) : List.of();
    double si = Units.toSi(unit).orElse(1);
    for (int i = 0; i < family.size(); i++) {
      if (!family.get(i).isEmpty() && SCALES[i] == si) {
        return family.get(i);
      }
    }
    return text;
  }

  private static List<String> family(String unit) {
    String u = unit.strip();
    if (u.equals("T/m") || u.equals("fT/cm") || Units.toSi(u).isEmpty()) {
      return List.of();
    }
    String lower = u.toLowerCase(java.util.Locale.ROOT);
    if (u.endsWith("V") || lower.endsWith("volt") || lower.endsWith("volts")) {
      return VOLTS;
    }
    return u.endsWith("T") || lower.endsWith("tesla") ? TESLAS : List.of();
  }

  private static String fit(String unit) {
    return unit.length() > 8 ? unit.substring(0, 8) : unit;
  }

  /** How many times wider than needed a range is; infinite if there is none. */
  private static double widening(Channel channel, double min, double max) {
    if (channel == null) {
      return Double.POSITIVE_INFINITY;
    }
    EdfRange range = channel.range();
    return max > min ? (range.physicalMax() - range.physicalMin()) / (max - min) : 1;
  }

  /** Null if eight characters do not hold it. */
  private static Channel range(
      ChannelInfo info, String unit, double factor, int half, double min, double max) {
    double top = max > min ? max : min + Math.max(Math.abs(min) * 1e-3, 1e-3);
    String low = EdfText.number(min, RoundingMode.FLOOR);
    String high = EdfText.number(top, RoundingMode.CEILING);
    if (low == null || high == null) {
      return null;
    }
    double pmin = Double.parseDouble(low);
    double pmax = Double.parseDouble(high);
    if (pmin >= pmax) {
      return null;
    }
    return new Channel(info.label(), unit, factor, new EdfRange(pmin, pmax, -half, half - 1));
  }
}
