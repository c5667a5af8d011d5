package org.efferent.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.efferent.data.InputFiles;

/**
 * Visits a block of an array in the order of the file, in few and large reads, and says where in a
 * row-major result each element belongs.
 */
final class Gather {
  private static final int BLOCK = 1 << 18;

  /** Room that is read over for the sake of fewer reads: up to this many bytes for one wanted. */
  private static final int SPARSE = 8;

  private final NpyArray array;
  private final int item;
  private final long start;
  private final boolean empty;
  private final List<Axis> axes = new ArrayList<>();
  private ByteBuffer buffer;
  private Run run;

  /** One axis, or several that follow each other without a gap in file and result. */
  private record Axis(int count, long stride, long result) {}

  /** Takes elements of which each is a stride after the one before, in the file and the result. */
  interface Run {
    /**
     * Takes some.
     *
     * @param in the bytes; neither position nor limit matter
     * @param at where in them the first element is
     * @param stride bytes from one to the next
     * @param count how many
     * @param to index in the result of the first
     * @param step from one index to the next
     */
    void take(ByteBuffer in, int at, int stride, int count, int to, int step);
  }

  Gather(NpyArray array, long[] from, int[] count) {
    this.array = array;
    this.item = array.type().bytes();
    long[] shape = array.shape();
    if (from.length != shape.length || count.length != shape.length) {
      throw new IllegalArgumentException(
          "a block names every axis; axes=" + shape.length + ", from=" + from.length);
    }
    long at = array.offset();
    boolean none = false;
    long[] result = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      Objects.checkFromIndexSize(from[i], (long) count[i], shape[i]);
      at += from[i] * array.strides()[i];
      none |= count[i] == 0;
      result[i] = step;
      step *= Math.max(1, count[i]);
    }
    this.start = at;
    this.empty = none;
    for (int i = 0; i < shape.length && !none; i++) {
      if (count[i] > 1) {
        axes.add(new Axis(count[i], array.strides()[i], result[i]));
      }
    }
    axes.sort((a, b) -> Long.compare(b.stride, a.stride));
    join();
  }

  /** Makes one axis of two where the slower one only continues the faster one. */
  private void join() {
    for (int i = axes.size() - 2; i >= 0; i--) {
      Axis slow = axes.get(i);
      Axis fast = axes.get(i + 1);
      long count = (long) slow.count * fast.count;
      if (slow.stride == fast.stride * fast.count
          && slow.result == fast.result * fast.count
          && count <= Integer.MAX_VALUE) {
        axes.set(i, new Axis((int) count, fast.stride, fast.result));
        axes.remove(i + 1);
      }
    }
  }

  /** Hands every element of the block to a run. */
  void run(Run taker) {
    if (empty) {
      return;
    }
    run = taker;
    byte[] memory = array.source().memory();
    if (memory != null) {
      buffer = ByteBuffer.wrap(memory).order(array.type().order());
      scatter(0, 0, (int) start, 0);
      return;
    }
    long span = Math.min(span(0), Math.max(BLOCK, item));
    buffer = ByteBuffer.allocate((int) span).order(array.type().order());
    try {
      walk(0, start, 0);
    } catch (IOException e) {
      throw InputFiles.failed(array.source().file().path(), e);
    }
  }

  /** Bytes from the first to the last element over the axes from one on. */
  private long span(int axis) {
    long span = item;
    for (int i = axis; i < axes.size(); i++) {
      span += (axes.get(i).count - 1L) * axes.get(i).stride;
    }
    return span;
  }

  private boolean dense(int axis) {
    long wanted = item;
    for (int i = axis; i < axes.size(); i++) {
      wanted *= axes.get(i).count;
    }
    return wanted * SPARSE >= span(axis);
  }

  private void walk(int axis, long at, long to) throws IOException {
    long span = span(axis);
    boolean dense = dense(axis);
    if (dense && span <= buffer.capacity()) {
      fill(at, (int) span);
      scatter(axis, 0, 0, to);
      return;
    }
    Axis a = axes.get(axis);
    long inner = span(axis + 1);
    long most = dense && inner < buffer.capacity() ? (buffer.capacity() - inner) / a.stride + 1 : 1;
    for (int i = 0; i < a.count; ) {
      int n = (int) Math.min(most, a.count - i);
      if (n > 1) {
        fill(at + i * a.stride, (int) (inner + (n - 1) * a.stride));
        scatter(axis, n, 0, to + i * a.result);
      } else {
        walk(axis + 1, at + i * a.stride, to + i * a.result);
      }
      i += n;
    }
  }

  private void fill(long at, int bytes) throws IOException {
    buffer.clear().limit(bytes);
    array.source().file().fill(at, buffer);
    buffer.clear();
  }

  /** From the buffer to the result; {@code first} of the axis instead of all, if not 0. */
  private void scatter(int axis, int first, int at, long to) {
    if (axis >= axes.size()) {
      run.take(buffer, at, item, 1, (int) to, 1);
      return;
    }
    Axis a = axes.get(axis);
    int count = first == 0 ? a.count : first;
    if (axis == axes.size() - 1) {
      run.take(buffer, at, (int) a.stride, count, (int) to, (int) a.result);
      return;
    }
    for (int i = 0; i < count; i++) {
      scatter(axis + 1, 0, (int) (at + i * a.stride), to + i * a.result);
    }
  }
}
