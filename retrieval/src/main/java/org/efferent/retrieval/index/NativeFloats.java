package org.efferent.retrieval.index;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.efferent.core.UnavailableException;

/**
 * Numbers outside the heap until {@link #close}. Taken from the system itself: JavaCPP's own
 * allocations fail once the process has more such memory than a multiple of its heap.
 */
final class NativeFloats implements AutoCloseable {
  private final Pointer bytes;
  private final FloatPointer numbers;

  NativeFloats(long count) {
    bytes = Pointer.malloc(4 * count);
    if (bytes == null || bytes.isNull()) {
      throw new UnavailableException(
          "there is no memory for a block of %d bytes; allow fewer".formatted(4 * count));
    }
    numbers = new FloatPointer(bytes);
    numbers.capacity(count);
  }

  /** A copy of numbers. */
  NativeFloats(float[] values) {
    this(values.length);
    numbers.put(values, 0, values.length);
  }

  /** Address of the first. */
  FloatPointer first() {
    return numbers;
  }

  /** Address of one. */
  FloatPointer at(long index) {
    return numbers.getPointer(index);
  }

  /** The numbers for Java; up to 2³¹ bytes; not after {@link #close}. */
  FloatBuffer view() {
    return numbers.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    Pointer.free(bytes);
  }
}
