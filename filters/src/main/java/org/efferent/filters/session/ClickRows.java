package org.efferent.filters.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.filters.click.ClickDecoder;
import org.efferent.filters.click.ClickTraining;

/**
 * Rows that teach a click decoder, out of recorded sessions in which the user was asked to imagine
 * a click while the cursor rests on the target. The rule: of the bins that came, in the states
 * named, those that began with the cursor within half the diameter of the cued target's centre are
 * clicks, all others moves. (Of a square target that is the disc within it.) Bins with a value that
 * is not finite are left out and counted; bins on either side of what is left out follow each
 * other. Used by one thread.
 */
public final class ClickRows {
  /** Fewest rows of either class. */
  public static final int FEWEST = 100;

  private static final long MOST_VALUES = 50_000_000;

  private final List<double[]> features = new ArrayList<>();
  private final List<Boolean> click = new ArrayList<>();
  private List<String> labels;
  private int clicks;
  private int skipped;

  /**
   * Adds the bins of a session.
   *
   * @param folder of the session
   * @param states whose bins are used
   * @throws InputException where it is no session, its features are others than those of the
   *     sessions before, or there are more bins than memory should hold
   */
  @SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
  public void add(Path folder, Set<SessionState> states) {
    try (SessionBins bins = SessionBins.open(folder)) {
      check(folder, bins.features());
      double[] row = new double[bins.columns()];
      for (long bin = 0; bin < bins.size(); bin++) {
        bins.read(bin, row);
        double state = row[BinColumns.STATE.ordinal()];
        if (states.stream().noneMatch(s -> s.ordinal() == state)) {
          continue;
        }
        double[] values = SessionBins.input(row).features();
        if (values == null) {
          continue;
        }
        if (!finite(values)) {
          skipped++;
          continue;
        }
        if ((features.size() + 1L) * values.length > MOST_VALUES) {
          throw new InputException(
              "%s: a click is trained on at most %d values; rows so far=%d, features=%d: name fewer sessions or states"
                  .formatted(folder, MOST_VALUES, features.size(), values.length));
        }
        boolean on = onTarget(row);
        features.add(values);
        click.add(on);
        clicks += on ? 1 : 0;
      }
    }
  }

  private void check(Path folder, List<String> own) {
    if (labels == null) {
      labels = own;
    }
    for (int c = 0; c < Math.max(own.size(), labels.size()); c++) {
      String before = c < labels.size() ? labels.get(c) : "none";
      String now = c < own.size() ? own.get(c) : "none";
      if (!before.equals(now)) {
        throw new InputException(
            "%s: sessions that train a click together must have the same features; feature %d is '%s' in the first and '%s' here: train on one montage at a time"
                .formatted(folder, c + 1, before, now));
      }
    }
  }

  private static boolean finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
  private static boolean onTarget(double[] row) {
    double dx = row[BinColumns.CURSOR_X.ordinal()] - row[BinColumns.TARGET_X.ordinal()];
    double dy = row[BinColumns.CURSOR_Y.ordinal()] - row[BinColumns.TARGET_Y.ordinal()];
    return Math.hypot(dx, dy) <= row[BinColumns.TARGET_DIAMETER.ordinal()] / 2;
  }

  /**
   * Trains on all rows.
   *
   * @param kind which decoder
   * @param mostFalse share of moves that may be taken for a click, above 0, at most 1
   * @return the decoder, and its figures on the last 30 % of the rows
   * @throws InputException where there are too few rows of either class
   */
  public ClickTraining.Result train(ClickDecoder.Kind kind, double mostFalse) {
    if (clicks < FEWEST || rows() - clicks < FEWEST) {
      throw new InputException(
          "a click needs at least %d bins on the target and as many off it; on=%d, off=%d: record for longer, or name more sessions or states"
              .formatted(FEWEST, clicks, rows() - clicks));
    }
    boolean[] meant = new boolean[rows()];
    for (int t = 0; t < meant.length; t++) {
      meant[t] = click.get(t);
    }
    return ClickTraining.fit(kind, features.toArray(double[][]::new), meant, mostFalse);
  }

  /** Rows so far. */
  public int rows() {
    return features.size();
  }

  /** Those of them that are clicks. */
  public int clicks() {
    return clicks;
  }

  /** Bins left out since a value was not finite. */
  public int skipped() {
    return skipped;
  }

  /** Labels of the features; empty before the first session. */
  public List<String> labels() {
    return labels == null ? List.of() : labels;
  }
}
