package org.efferent.filters.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a recorded bin, in order; the features follow them. All are doubles, so that what
 * was decoded can be compared bit for bit. NaN where a column does not apply.
 */
@SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
public enum BinColumns {
  /** Number of the bin, from 0. */
  BIN,
  /** End of the bin on the stream's clock, seconds; NaN if it did not come. */
  STAMP,
  /** Arrival of its last sample on the session's clock, seconds. */
  ARRIVAL,
  /** 1 if it came, 0 if it did not. */
  CAME,
  /** Samples lost within or before it. */
  LOST,
  /** Operator's commands before it, a bit each in the order of {@link Command}. */
  COMMANDS,
  /** {@link SessionState} after it, in its order. */
  STATE,
  /** Block of the calibration, from 0. */
  BLOCK,
  /** Version of the decoder that decoded it; 0 for none. */
  VERSION,
  /** 1 if a training's result came into use, or was refused, after it. */
  TAKEN,
  /** Centre of the cued target. */
  TARGET_X,
  /** Centre of the cued target. */
  TARGET_Y,
  /** Diameter or side of the cued target. */
  TARGET_DIAMETER,
  /** Cursor as the bin began. */
  CURSOR_X,
  /** Cursor as the bin began. */
  CURSOR_Y,
  /** Velocity decoded, without help. */
  VELOCITY_X,
  /** Velocity decoded, without help. */
  VELOCITY_Y,
  /** Velocity that moved the cursor. */
  MOVED_X,
  /** Velocity that moved the cursor. */
  MOVED_Y,
  /** Regression f(x), in the decoder's unit. */
  F_X,
  /** Regression f(x). */
  F_Y,
  /** Its covariance Q(x). */
  Q_XX,
  /** Its covariance Q(x). */
  Q_XY,
  /** Its covariance Q(x). */
  Q_YX,
  /** Its covariance Q(x). */
  Q_YY,
  /** Mean of the estimate, in the decoder's unit. */
  MEAN_X,
  /** Mean of the estimate. */
  MEAN_Y,
  /** Covariance of the estimate. */
  COVARIANCE_XX,
  /** Covariance of the estimate. */
  COVARIANCE_XY,
  /** Covariance of the estimate. */
  COVARIANCE_YX,
  /** Covariance of the estimate. */
  COVARIANCE_YY,
  /** Steps at which the fallback policy acted, of the decoder in use, since it was made. */
  FALLBACKS,
  /** Values and steps that the decoder in use repaired, since it was made. */
  REPAIRS,
  /** How often a decoder that ran away was set back. */
  GUARDS,
  /** Help: 0 none or blend, 1 perpendicular. */
  ASSIST_KIND,
  /** Help: 0 to 1. */
  ASSIST,
  /** Probability of a click. */
  CLICK_POSTERIOR,
  /** 1 if it clicked. */
  CLICK,
  /** 1 if adaptation is frozen. */
  FROZEN,
  /** From the arrival of the bin's last sample to the beginning of its decoding, seconds. */
  WAIT_SECONDS,
  /** From there to the end of its decoding, seconds. */
  DECODE_SECONDS,
  /** Outcome of the trial that it ended, from 1 in the order of Trial.Outcome; 0 for none. */
  OUTCOME;

  /** Label in a recording: {@code target_x}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Labels of all columns of a recording.
   *
   * @param features labels of the features
   * @return these columns', then {@code feature:} and the features'
   */
  public static List<String> labels(List<String> features) {
    List<String> labels = new ArrayList<>();
    for (BinColumns column : values()) {
      labels.add(column.label());
    }
    features.forEach(feature -> labels.add("feature:" + feature));
    return labels;
  }

  /** Where the features begin. */
  public static int count() {
    return values().length;
  }
}
