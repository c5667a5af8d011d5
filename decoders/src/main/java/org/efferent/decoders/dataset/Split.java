package org.efferent.decoders.dataset;

import java.util.Locale;

/** What an example is for. */
public enum Split {
  /** To fit. */
  TRAIN,
  /** To choose: when to stop, which penalty. */
  VALIDATION,
  /** To judge, once. */
  TEST;

  /** Its name in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
