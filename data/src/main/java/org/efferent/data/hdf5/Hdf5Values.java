package org.efferent.data.hdf5;

import java.util.Arrays;
import java.util.List;

/** Flattens the arrays of arrays that jHDF makes. */
final class Hdf5Values {
  private Hdf5Values() {}

  /** All numbers of a value of any shape. */
  static double[] all(Object value) {
    double[] into = new double[count(value)];
    flatten(value, into, 0);
    return into;
  }

  private static int count(Object value) {
    if (value instanceof Object[] parts) {
      return Arrays.stream(parts).mapToInt(Hdf5Values::count).sum();
    }
    if (value instanceof double[] x) {
      return x.length;
    }
    if (value instanceof float[] x) {
      return x.length;
    }
    if (value instanceof long[] x) {
      return x.length;
    }
    if (value instanceof int[] x) {
      return x.length;
    }
    if (value instanceof short[] x) {
      return x.length;
    }
    return value instanceof byte[] x ? x.length : 1;
  }

  /** Writes numbers from a place on; says where the next one goes. */
  static int flatten(Object value, double[] into, int offset) {
    int at = offset;
    if (value instanceof Object[] parts) {
      for (Object part : parts) {
        at = flatten(part, into, at);
      }
    } else if (value instanceof double[] x) {
      System.arraycopy(x, 0, into, at, x.length);
      at += x.length;
    } else if (value instanceof float[] x) {
      for (float v : x) {
        into[at++] = v;
      }
    } else if (value instanceof long[] x) {
      for (long v : x) {
        into[at++] = v;
      }
    } else if (value instanceof int[] x) {
      for (int v : x) {
        into[at++] = v;
      }
    } else if (value instanceof short[] x) {
      for (short v : x) {
        into[at++] = v;
      }
    } else if (value instanceof byte[] x) {
      for (byte v : x) {
        into[at++] = v;
      }
    } else {
      into[at++] = one(value);
    }
    return at;
  }

  private static double one(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    // What h5py writes for booleans is an enumeration of these names.
    if ("TRUE".equals(value) || "FALSE".equals(value)) {
      return "TRUE".equals(value) ? 1 : 0;
    }
    throw new IllegalArgumentException("it holds " + value.getClass().getSimpleName());
  }

  /** All texts of a value of any shape. */
  static void texts(Object value, List<String> into) {
    if (value instanceof Object[] parts) {
      for (Object part : parts) {
        texts(part, into);
      }
    } else if (value instanceof String text) {
      into.add(text);
    } else {
      throw new IllegalArgumentException("it holds no text");
    }
  }
}
