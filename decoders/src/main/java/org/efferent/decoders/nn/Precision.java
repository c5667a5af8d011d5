package org.efferent.decoders.nn;

import ai.djl.ndarray.types.DataType;

/** Width of the numbers that networks compute with. */
public enum Precision {
  /** 32 bits: what networks train and run with. */
  SINGLE(DataType.FLOAT32),
  /** 64 bits: what they are verified with. */
  DOUBLE(DataType.FLOAT64);

  private final DataType type;

  Precision(DataType type) {
    this.type = type;
  }

  /** The engine's word for it. */
  DataType type() {
    return type;
  }
}
