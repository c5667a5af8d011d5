package org.efferent.data.hdf5;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * The chunks of a data set. Numbers are read here, chunk by chunk, each unpacked to no more than
 * its size; what is read by jHDF is unpacked here first, to see that it can be.
 */
final class Hdf5Chunks {
  /** Chunks, stored or not, that are looked for in one reading. */
  private static final long MOST_CHUNKS = 1L << 20;

  /** Elements that are not worth a look whether they are there. */
  private static final long FEW = 65_536;

  /** A chunk this much larger than what is stored of it is unpacked to see that it is true. */
  private static final long SUSPICIOUS = 64;

  private final ChunkedDataset dataset;
  private final Hdf5Guard guard;
  private final String path;
  private final long[] shape;
  private final int[] chunk;
  private final DataType type;
  private final Hdf5Filters filters;

  Hdf5Chunks(ChunkedDataset dataset, Hdf5Guard guard, String path, long[] shape, DataType type) {
    this.dataset = dataset;
    this.guard = guard;
    this.path = path;
    this.shape = shape;
    this.type = type;
    this.chunk = guard.call(path, dataset::getChunkDimensions);
    long bytes = type.getSize();
    for (int size : chunk) {
      bytes = Math.min(bytes * size, Integer.MAX_VALUE);
    }
    if (chunk.length != shape.length || bytes > Integer.MAX_VALUE - 16) {
      throw new InputException(
          "%s: %s: a chunk must have as many sizes as the data set, and less than 2^31 bytes; sizes=%s, chunk=%s; it is damaged"
              .formatted(guard.file(), path, Arrays.toString(shape), Arrays.toString(chunk)));
    }
    this.filters =
        new Hdf5Filters(
            guard.call(path, dataset::getFilters), guard.file() + ": " + path, (int) bytes);
  }

  /** Whether its elements are read here: whole numbers and floats as Java has them. */
  boolean isPlain() {
    int size = type.getSize();
    if (type instanceof FloatingPoint) {
      return size == 4 || size == 8;
    }
    return type instanceof FixedPoint fixed
        && Integer.bitCount(size) == 1
        && size <= 8
        && fixed.getBitOffset() == 0
        && fixed.getBitPrecision() == 8 * size;
  }

  /** Whether chunks may be smaller in the file than they are. */
  boolean isPacked() {
    return !filters.isEmpty();
  }

  /**
   * Refuses sizes that the stored chunks do not come near, before anyone makes an array of them.
   * Some may be missing, most may not; one that is said to be much larger than what is stored of it
   * must unpack. Looks no further than it must: of a sound data set at every 64th of its chunks.
   */
  void justify() {
    long elements = 1;
    long all = 1;
    for (int d = 0; d < shape.length; d++) {
      elements *= shape[d];
      all *= (shape[d] - 1) / chunk[d] + 1;
    }
    if (elements <= FEW || all > MOST_CHUNKS) {
      return;
    }
    long needed = (all - 1) / Hdf5Guard.MOST_MISSING + 1;
    long[] found = new long[1];
    each(
        new long[shape.length],
        shape,
        at -> {
          Optional<ByteBuffer> stored = stored(at);
          if (stored.isPresent()) {
            found[0]++;
            if (isPacked() && SUSPICIOUS * stored.get().remaining() < filters.chunkBytes()) {
              content(at);
            }
          }
          return found[0] < needed;
        });
    if (found[0] < needed) {
      throw new InputException(
          "%s: %s: has sizes %s, of which %d chunks %s are stored of %d; it is damaged"
              .formatted(
                  guard.file(),
                  path,
                  Arrays.toString(shape),
                  found[0],
                  Arrays.toString(chunk),
                  all));
    }
  }

  /** Unpacks all chunks, if they are packed. */
  void check() {
    if (isPacked()) {
      each(new long[shape.length], shape, this::unpack);
    }
  }

  private boolean unpack(int[] at) {
    content(at);
    return true;
  }

  /** Unpacks the chunks of a box, if they are packed. */
  void check(long[] from, int[] counts) {
    long[] to = from.clone();
    for (int d = 0; d < to.length; d++) {
      to[d] += counts[d];
    }
    if (isPacked()) {
      each(from, to, this::unpack);
    }
  }

  /** Reads a box of plain numbers; what was never written is 0, or what the data set says. */
  void read(long[] from, int[] counts, double[] into, int offset) {
    Object fill = guard.call(path, dataset::getFillValue);
    double nothing = fill instanceof Number number ? number.doubleValue() : 0;
    long[] to = new long[shape.length];
    int total = 1;
    for (int d = 0; d < shape.length; d++) {
      to[d] = from[d] + counts[d];
      total *= counts[d];
    }
    Arrays.fill(into, offset, offset + total, nothing);
    each(
        from,
        to,
        at -> {
          content(at).ifPresent(bytes -> copy(bytes, at, from, to, counts, into, offset));
          return true;
        });
  }

  /** Hears of chunks; false if of no more. */
  private interface Visitor {
    boolean visit(int[] at);
  }

  /** Each chunk that has elements in a box. */
  private void each(long[] from, long[] to, Visitor visitor) {
    int last = shape.length - 1;
    int[] at = new int[shape.length];
    long chunks = 1;
    for (int d = 0; d <= last; d++) {
      if (from[d] >= to[d]) {
        return;
      }
      at[d] = first(from, d);
      chunks *= Math.min(MOST_CHUNKS + 1, (to[d] - 1) / chunk[d] - from[d] / chunk[d] + 1);
      if (chunks > MOST_CHUNKS) {
        throw new UnsupportedInputException(
            "%s: %s: at most %d chunks are read at once; sizes=%s, chunk=%s; read it by range"
                .formatted(
                    guard.file(),
                    path,
                    MOST_CHUNKS,
                    Arrays.toString(shape),
                    Arrays.toString(chunk)));
      }
    }
    while (visitor.visit(at.clone())) {
      int d = last;
      while (d >= 0 && (long) at[d] + chunk[d] >= to[d]) {
        at[d] = first(from, d);
        d--;
      }
      if (d < 0) {
        return;
      }
      at[d] += chunk[d];
    }
  }

  private int first(long[] from, int d) {
    return Math.toIntExact(from[d] / chunk[d] * chunk[d]);
  }

  /** The bytes of a chunk; empty if it was never written. */
  private Optional<ByteBuffer> content(int[] at) {
    return guard.call(
        path,
        () ->
            stored(at)
                .map(
                    bytes ->
                        filters.isEmpty() ? bytes.slice() : ByteBuffer.wrap(filters.undo(bytes))));
  }

  /** What of a chunk is in the file; empty if it was never written. */
  private Optional<ByteBuffer> stored(int[] at) {
    return guard.call(
        path,
        () -> {
          try {
            return Optional.of(dataset.getRawChunkBuffer(at));
          } catch (HdfException e) {
            if (String.valueOf(e.getMessage()).startsWith("No chunk with offset ")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Copies what of a chunk lies in a box, a run of the last dimension at a time. */
  private void copy(
      ByteBuffer bytes, int[] at, long[] from, long[] to, int[] counts, double[] into, int offset) {
    int dims = shape.length;
    long[] low = new long[dims];
    long[] high = new long[dims];
    for (int d = 0; d < dims; d++) {
      low[d] = Math.max(from[d], at[d]);
      high[d] = Math.min(to[d], (long) at[d] + chunk[d]);
    }
    bytes.order(((OrderedDataType) type).getByteOrder());
    int run = (int) (high[dims - 1] - low[dims - 1]);
    long[] now = low.clone();
    while (true) {
      int source = 0;
      int target = 0;
      for (int d = 0; d < dims; d++) {
        source = source * chunk[d] + (int) (now[d] - at[d]);
        target = target * counts[d] + (int) (now[d] - from[d]);
      }
      int start = source;
      int place = offset + target;
      guard.call(path, () -> numbers(bytes, start, run, into, place));
      int d = dims - 2;
      while (d >= 0 && now[d] + 1 >= high[d]) {
        now[d] = low[d];
        d--;
      }
      if (d < 0) {
        return;
      }
      now[d]++;
    }
  }

  private int numbers(ByteBuffer in, int from, int count, double[] into, int to) {
    boolean real = type instanceof FloatingPoint;
    boolean signed = type instanceof FixedPoint fixed && fixed.isSigned();
    for (int i = 0; i < count; i++) {
      int k = from + i;
      into[to + i] =
          switch (type.getSize()) {
            case 1 -> signed ? in.get(k) : in.get(k) & 0xFF;
            case 2 -> signed ? in.getShort(2 * k) : in.getShort(2 * k) & 0xFFFF;
            case 4 ->
                real
                    ? in.getFloat(4 * k)
                    : signed ? in.getInt(4 * k) : in.getInt(4 * k) & 0xFFFFFFFFL;
            default ->
                real
                    ? in.getDouble(8 * k)
                    : signed ? in.getLong(8 * k) : unsigned(in.getLong(8 * k));
          };
    }
    return count;
  }

  private static double unsigned(long bits) {
    // Beyond 2⁶³ half of it is rounded to odd, so that doubling rounds once.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
