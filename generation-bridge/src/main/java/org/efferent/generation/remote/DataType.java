package org.efferent.generation.remote;

/** Types of tensors, with the names of the protocol. */
public enum DataType {
  /** True or false, as 1 and 0. */
  BOOL(1, 0, 1),
  /** Unsigned, 8 bits. */
  UINT8(1, 0, 255),
  /** Unsigned, 16 bits. */
  UINT16(2, 0, 65_535),
  /** Unsigned, 32 bits. */
  UINT32(4, 0, 4_294_967_295.0),
  /** Signed, 8 bits. */
  INT8(1, -128, 127),
  /** Signed, 16 bits. */
  INT16(2, -32_768, 32_767),
  /** Signed, 32 bits. */
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Signed, 64 bits; here between ±2⁵³, which a double holds exactly. */
  INT64(8, -9_007_199_254_740_992.0, 9_007_199_254_740_992.0),
  /** IEEE 754, 16 bits; comes in binary only. */
  FP16(2),
  /** IEEE 754, 32 bits. */
  FP32(4),
  /** IEEE 754, 64 bits. */
  FP64(8),
  /** Strings of bytes, such as prompts in UTF-8. */
  BYTES(0);

  private final int size;
  private final boolean whole;
  private final double least;
  private final double most;

  DataType(int size) {
    this.size = size;
    this.whole = false;
    this.least = Double.NEGATIVE_INFINITY;
    this.most = Double.POSITIVE_INFINITY;
  }

  DataType(int size, double least, double most) {
    this.size = size;
    this.whole = true;
    this.least = least;
    this.most = most;
  }

  /** Bytes a value in binary; 0 for strings, which differ. */
  int size() {
    return size;
  }

  /** Whether it has whole numbers only. */
  boolean whole() {
    return whole;
  }

  /** Whether a number is finite and can be of this type. */
  boolean holds(double value) {
    if (this == FP32 || this == FP16) {
      return Float.isFinite((float) value);
    }
    return Double.isFinite(value)
        && (!whole || (value == Math.rint(value) && value >= least && value <= most));
  }
}
