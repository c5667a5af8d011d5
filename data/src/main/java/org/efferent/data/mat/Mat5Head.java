package org.efferent.data.mat;

/** The beginning of an array: what it is. */
final class Mat5Head {
  private static final String[] CLASSES = {
    "",
    "cell",
    "struct",
    "object",
    "char",
    "sparse",
    "double",
    "single",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "function_handle",
    "opaque"
  };

  private final int type;
  private final boolean logical;
  private final boolean complex;
  private final long[] shape;
  private final String name;

  Mat5Head(int type, boolean logical, boolean complex, long[] shape, String name) {
    this.type = type;
    this.logical = logical;
    this.complex = complex;
    this.shape = shape;
    this.name = name;
  }

  int type() {
    return type;
  }

  boolean complex() {
    return complex;
  }

  long[] shape() {
    return shape;
  }

  String name() {
    return name;
  }

  String className() {
    return logical ? "logical" : CLASSES[type];
  }

  String describe() {
    String what = type == 3 || type >= 16 ? new MatOther(className()).describe() : "";
    return what.isEmpty()
        ? new MatArray(className(), shape, complex, (f, c, i, o) -> {}, name).describe()
        : what;
  }

  long elements() {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
