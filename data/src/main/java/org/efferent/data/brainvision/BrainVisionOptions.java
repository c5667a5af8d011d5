package org.efferent.data.brainvision;

/**
 * How a recording is written.
 *
 * @param overwrite whether files that are already there may be replaced
 * @param int16 16-bit whole numbers with a resolution a channel, instead of 32-bit floats
 */
public record BrainVisionOptions(boolean overwrite, boolean int16) {
  /** 32-bit floats; nothing is overwritten. */
  public static final BrainVisionOptions DEFAULTS = new BrainVisionOptions(false, false);
}
