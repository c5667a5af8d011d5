package org.efferent.data.edf;

/**
 * What the header says of one signal.
 *
 * @param label as written
 * @param transducer as written
 * @param unit physical dimension as written
 * @param range how digital values become physical ones
 * @param prefilter as written
 * @param samples values a data record
 * @param at bytes of a data record before the signal's
 */
record EdfSignal(
    String label,
    String transducer,
    String unit,
    EdfRange range,
    String prefilter,
    int samples,
    long at) {
  /** Whether it carries annotations instead of samples (EDF+ §2.2.1). */
  boolean isAnnotations() {
    return label.equals("EDF Annotations") || label.equals("BDF Annotations");
  }
}
