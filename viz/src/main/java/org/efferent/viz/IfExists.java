package org.efferent.viz;

/** What to do where the file to be written exists. */
public enum IfExists {
  /** Refuse with a {@link org.efferent.core.UsageException}: results are not overwritten. */
  FAIL,
  /** Write over it. */
  REPLACE
}
