package org.efferent.data.files;

/**
 * How a recording is converted.
 *
 * @param anonymize whether names, birth dates, recording dates, codes and serial numbers are left
 *     out
 * @param overwrite whether a file that is there already may be replaced
 */
public record ConvertOptions(boolean anonymize, boolean overwrite) {
  /** Everything is kept, nothing is overwritten. */
  public static final ConvertOptions DEFAULTS = new ConvertOptions(false, false);
}
