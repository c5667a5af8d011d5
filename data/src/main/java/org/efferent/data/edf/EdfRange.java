package org.efferent.data.edf;

/**
 * A straight line from digital values to physical ones through the two points of the header.
 *
 * @param physicalMin what {@code digitalMin} stands for, in the signal's unit
 * @param physicalMax what {@code digitalMax} stands for
 * @param digitalMin smallest digital value
 * @param digitalMax largest digital value, above the smallest
 */
record EdfRange(double physicalMin, double physicalMax, int digitalMin, int digitalMax) {
  /** The physical value of one digital step; negative where the physical range is turned round. */
  double step() {
    return (physicalMax - physicalMin) / ((double) digitalMax - digitalMin);
  }

  /** The physical value of digital 0. */
  double offset() {
    return physicalMin - digitalMin * step();
  }
}
