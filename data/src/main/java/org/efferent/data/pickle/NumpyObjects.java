package org.efferent.data.pickle;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.npy.NpyArray;
import org.efferent.data.npy.NpyType;

/**
 * The few names in a pickle that mean something here: those with which NumPy (1.x and 2.x) makes
 * arrays, scalars and dtypes, and Python's ways to write bytes and ordered dicts. They are
 * recognised and their arguments read; nothing is called. Longer than 300 lines because this is the
 * whole list of what a pickle may ask for, to be checked in one place.
 */
final class NumpyObjects {
  private final PickleInput in;

  NumpyObjects(PickleInput in) {
    this.in = in;
  }

  /** A name that is known. */
  enum Known {
    RECONSTRUCT,
    SCALAR,
    FROM_BUFFER,
    NDARRAY,
    DTYPE,
    ENCODE,
    ORDERED_DICT,
    BYTES
  }

  /** Something that gets its state later; until then it is remembered by these numbers. */
  abstract static sealed class Unfinished {
    final List<Long> memo = new ArrayList<>();
  }

  private static final class NewArray extends Unfinished {}

  private static final class NewType extends Unfinished {
    final String code;

    NewType(String code) {
      this.code = code;
    }
  }

  /** What a name means. */
  Object global(String module, String name, long at) {
    String full = module + "." + name;
    return switch (full) {
      case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
          Known.RECONSTRUCT;
      case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" -> Known.SCALAR;
      case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" -> Known.FROM_BUFFER;
      case "numpy.ndarray" -> Known.NDARRAY;
      case "numpy.dtype" -> Known.DTYPE;
      case "_codecs.encode" -> Known.ENCODE;
      case "collections.OrderedDict" -> Known.ORDERED_DICT;
      case "builtins.bytes", "__builtin__.bytes", "builtins.bytearray", "__builtin__.bytearray" ->
          Known.BYTES;
      default -> {
        String shown = full.replaceAll("[^\\x21-\\x7e]", "?");
        throw new UnsupportedInputException(
            in.where(at)
                + ": the pickle names "
                + shown.substring(0, Math.min(shown.length(), 100))
                + "; plain values and numpy arrays are read, nothing is executed");
      }
    };
  }

  /** Refuses what is no value but a step towards one. */
  void requirePlain(Object value, long at) {
    if (value instanceof Known || value instanceof Unfinished) {
      throw new UnsupportedInputException(
          in.where(at)
              + ": the pickle holds a function, a class or an unfinished array; values are read");
    }
  }

  /** A key of a dict; nothing whose hash could take long. */
  Object key(Object key, long at) {
    boolean scalar = isScalar(key);
    if (!scalar
        && !(key instanceof List<?> list && list.stream().allMatch(NumpyObjects::isScalar))) {
      throw new UnsupportedInputException(
          in.where(at) + ": keys of dicts are texts, numbers or tuples of those");
    }
    return scalar
        ? key
        : java.util.Collections.unmodifiableList(new ArrayList<Object>((List<?>) key));
  }

  private static boolean isScalar(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double
        || value instanceof Boolean;
  }

  private InputException bad(long at, String rule) {
    return in.bad(at, rule + "; the pickle is damaged");
  }

  /** What calling a known name with arguments would give. */
  Object reduce(Object function, Object arguments, long at) {
    if (!(function instanceof Known known) || !(arguments instanceof List<?> args)) {
      throw new UnsupportedInputException(
          in.where(at) + ": the pickle calls what is no function of numpy; nothing is executed");
    }
    return switch (known) {
      case RECONSTRUCT -> {
        if (args.isEmpty() || args.get(0) != Known.NDARRAY) {
          throw new UnsupportedInputException(
              in.where(at) + ": arrays of class numpy.ndarray are read");
        }
        yield new NewArray();
      }
      case DTYPE -> {
        if (args.isEmpty() || !(args.get(0) instanceof String code)) {
          throw bad(at, "a dtype has a code");
        }
        yield new NewType(code);
      }
      case SCALAR -> scalar(args, at);
      case FROM_BUFFER -> fromBuffer(args, at);
      case ENCODE, BYTES -> bytes(args, at);
      case ORDERED_DICT -> ordered(args, at);
      case NDARRAY ->
          throw new UnsupportedInputException(in.where(at) + ": the pickle calls numpy.ndarray");
    };
  }

  private Object bytes(List<?> args, long at) {
    if (args.isEmpty()) {
      return new PickleBytes(new byte[0]);
    }
    if (args.get(0) instanceof PickleBytes bytes) {
      return bytes;
    }
    String encoding = args.size() > 1 ? String.valueOf(args.get(1)) : "";
    if (!(args.get(0) instanceof String text) || !encoding.matches("latin-?1")) {
      throw bad(at, "bytes are texts in latin1");
    }
    return new PickleBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Object ordered(List<?> args, long at) {
    Map<Object, Object> map = new LinkedHashMap<>(4);
    List<?> pairs = !args.isEmpty() && args.get(0) instanceof List<?> list ? list : List.of();
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> two) || two.size() != 2) {
        throw bad(at, "an ordered dict has pairs");
      }
      requirePlain(two.get(1), at);
      map.put(key(two.get(0), at), two.get(1));
    }
    return map;
  }

  private Object scalar(List<?> args, long at) {
    if (args.size() != 2 || !(args.get(0) instanceof NpyType type)) {
      throw bad(at, "a scalar has a dtype and bytes");
    }
    NpyArray one = array(type, new long[0], false, args.get(1), at);
    if (type.isText()) {
      return one.strings().get(0);
    }
    return switch (type.kind()) {
      case FLOAT -> one.doubles()[0];
      case BOOL -> one.doubles()[0] != 0;
      case INT, UINT, TIME -> one.toTensor().longs()[0];
      default -> one;
    };
  }

  private Object fromBuffer(List<?> args, long at) {
    if (args.size() != 4
        || !(args.get(1) instanceof NpyType type)
        || !(args.get(3) instanceof String order)) {
      throw bad(at, "an array has a buffer, a dtype, a shape and an order");
    }
    return array(type, shape(args.get(2), at), order.equals("F"), args.get(0), at);
  }

  /** Gives an array or dtype the state that follows it. */
  Object build(Unfinished target, Object state, long at) {
    if (!(state instanceof List<?> parts)) {
      throw bad(at, "the state of an array or a dtype is a tuple");
    }
    return target instanceof NewType type ? type(type.code, parts, at) : array(parts, at);
  }

  /** State: (1, shape, dtype, whether Fortran's order, bytes or a list of objects). */
  private Object array(List<?> state, long at) {
    if (state.size() != 5
        || !(state.get(2) instanceof NpyType type)
        || !(state.get(3) instanceof Boolean fortran)) {
      throw bad(at, "the state of an array has version, shape, dtype, order and data");
    }
    long[] shape = shape(state.get(1), at);
    if (type.kind() == NpyType.Kind.OBJECT) {
      return objects(shape, fortran, state.get(4), at);
    }
    return array(type, shape, fortran, state.get(4), at);
  }

  private Object objects(long[] shape, boolean fortran, Object data, long at) {
    long elements = elements(shape, 1, at);
    if (!(data instanceof List<?> items) || items.size() != elements) {
      throw bad(at, "an array of objects has a list of as many as its shape says");
    }
    if (fortran && shape.length > 1) {
      throw new UnsupportedInputException(
          in.where(at) + ": arrays of objects are read in C's order; this one is in Fortran's");
    }
    List<Long> sizes = java.util.Arrays.stream(shape).boxed().toList();
    return new ObjectArray(sizes, new ArrayList<Object>(items));
  }

  private NpyArray array(NpyType type, long[] shape, boolean fortran, Object data, long at) {
    if (type.kind() == NpyType.Kind.OBJECT) {
      throw new UnsupportedInputException(
          in.where(at) + ": a scalar or buffer of objects is not read");
    }
    PickleBytes bytes =
        data instanceof String text
            ? new PickleBytes(text.getBytes(StandardCharsets.ISO_8859_1))
            : data instanceof PickleBytes some ? some : null;
    long needed = elements(shape, type.bytes(), at);
    if (bytes == null || bytes.length() != needed) {
      throw bad(
          at,
          "the data of an array of %s takes %d bytes; bytes=%s"
              .formatted(type.title(), needed, bytes == null ? "none" : bytes.length()));
    }
    return bytes.memory() != null
        ? NpyArray.of(in.where(at), bytes.memory(), type, shape, fortran)
        : NpyArray.of(bytes.file(), bytes.at(), type, shape, fortran);
  }

  private long elements(long[] shape, int bytes, long at) {
    try {
      long product = bytes;
      boolean none = false;
      for (long size : shape) {
        none |= size == 0;
        product = Math.multiplyExact(product, Math.max(1, size));
      }
      return none ? 0 : product;
    } catch (ArithmeticException e) {
      throw new InputException(in.where(at) + ": the shape of an array is too large", e);
    }
  }

  private long[] shape(Object value, long at) {
    if (!(value instanceof List<?> sizes)
        || sizes.size() > 64
        || !sizes.stream().allMatch(s -> s instanceof Long n && n >= 0)) {
      throw bad(at, "the shape of an array is up to 64 whole numbers");
    }
    return sizes.stream().mapToLong(s -> (Long) s).toArray();
  }

  /** State: (3 or 4, order, base, names, fields, bytes, alignment, flags[, metadata]). */
  private NpyType type(String code, List<?> state, long at) {
    if (state.size() < 5 || !(state.get(1) instanceof String order)) {
      throw bad(at, "the state of a dtype has version, order, base, names and fields");
    }
    if (state.get(3) instanceof List<?> names && state.get(4) instanceof Map<?, ?> fields) {
      if (state.size() < 6 || !(state.get(5) instanceof Long bytes)) {
        throw bad(at, "the state of a dtype with fields has its size");
      }
      return NpyType.record(fields(names, fields, at), bytes, in.where(at));
    }
    if (state.get(2) != null) {
      throw new UnsupportedInputException(
          in.where(at) + ": a dtype of subarrays is read in fields");
    }
    String descr = (order.equals(">") ? ">" : "<") + code.replaceAll("^[<>|=]", "");
    NpyType type = NpyType.of(descr, in.where(at));
    return type.kind() == NpyType.Kind.OBJECT
        ? new NpyType(type.kind(), type.bytes(), ByteOrder.LITTLE_ENDIAN, List.of())
        : type;
  }

  private List<NpyType.Field> fields(List<?> names, Map<?, ?> fields, long at) {
    List<NpyType.Field> list = new ArrayList<>();
    for (Object name : names) {
      if (!(name instanceof String word)
          || !(fields.get(word) instanceof List<?> place)
          || place.size() < 2
          || !(place.get(0) instanceof NpyType type)
          || !(place.get(1) instanceof Long offset)
          || offset < 0
          || offset > Integer.MAX_VALUE) {
        throw bad(at, "a field of a dtype has a type and an offset");
      }
      list.add(new NpyType.Field(word, type, offset.intValue(), List.of()));
    }
    return list;
  }
}
