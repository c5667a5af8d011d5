package org.efferent.data.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.efferent.data.AtomicFile;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/** Whole arrays from and to {@code .npy} files. */
public final class Npy {
  private Npy() {}

  /**
   * Reads an array of numbers.
   *
   * @param path the file
   * @return the array, row-major whatever the order of the file
   * @throws org.efferent.core.InputException if it is missing or damaged
   * @throws org.efferent.core.UnsupportedInputException if its elements are no numbers, or too many
   *     for one tensor
   */
  public static Tensor read(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      return file.array().toTensor();
    }
  }

  /**
   * Reads an array of texts.
   *
   * @param path the file
   * @return the texts, row-major
   * @throws org.efferent.core.InputException if it is missing or damaged
   * @throws org.efferent.core.UnsupportedInputException if its elements are no texts
   */
  public static List<String> readStrings(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      return file.array().strings();
    }
  }

  /**
   * Writes an array, byte for byte as {@code numpy.save} does. NumPy knows no {@link
   * TensorType#BF16}: such numbers are written as 32-bit ones, which are equal.
   *
   * @param path where it goes
   * @param tensor the array
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or cannot
   *     be written
   */
  public static void write(Path path, Tensor tensor, boolean overwrite) {
    AtomicFile.write(path, overwrite, out -> writeTo(out, tensor));
  }

  /**
   * Writes a list of texts, as {@code numpy.save} does with an array of {@code str}.
   *
   * @param path where it goes
   * @param texts without zeros at their ends
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException as {@link #write(Path, Tensor, boolean)}
   */
  public static void write(Path path, List<String> texts, boolean overwrite) {
    AtomicFile.write(path, overwrite, out -> writeTo(out, texts));
  }

  /**
   * Writes an array of doubles that no memory holds at once.
   *
   * @param path where it goes
   * @param shape sizes, slowest first
   * @param blocks gives its numbers
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException as {@link #write(Path, Tensor, boolean)}
   */
  public static void write(Path path, long[] shape, Blocks blocks, boolean overwrite) {
    long elements = NpyArray.elements(shape);
    AtomicFile.write(
        path,
        overwrite,
        out -> {
          out.write(NpyHeader.write("<f8", shape));
          writeBlocks(out, elements, blocks);
        });
  }

  /** Gives the elements of an array from the first to the last. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * The next elements.
     *
     * @param first index of the first, row-major
     * @param into filled with those that follow, as far as there are any
     * @return how many were filled in; at least 1
     */
    int next(long first, double[] into);
  }

  private static void writeBlocks(OutputStream out, long elements, Blocks blocks)
      throws IOException {
    double[] values = new double[(int) Math.min(elements, 1 << 16)];
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long done = 0; done < elements; ) {
      int n = blocks.next(done, values);
      if (n < 1 || n > elements - done) {
        throw new IllegalArgumentException(
            "a block gives 1 to " + (elements - done) + " elements; elements=" + n);
      }
      bytes.clear().asDoubleBuffer().put(values, 0, n);
      out.write(bytes.array(), 0, n * 8);
      done += n;
    }
  }

  static void writeTo(OutputStream out, Tensor tensor) throws IOException {
    Tensor plain =
        tensor.type() == TensorType.BF16 ? Tensor.of(tensor.floats(), tensor.shape()) : tensor;
    String descr =
        switch (plain.type()) {
          case F64 -> "<f8";
          case F32, BF16 -> "<f4";
          case F16 -> "<f2";
          case I64 -> "<i8";
          case I32 -> "<i4";
          case I16 -> "<i2";
          case I8 -> "|i1";
          case U8 -> "|u1";
          case BOOL -> "|b1";
        };
    out.write(NpyHeader.write(descr, plain.shape()));
    out.write(plain.bytes());
  }

  static void writeTo(OutputStream out, List<String> texts) throws IOException {
    int longest = 1;
    for (String text : texts) {
      longest = Math.max(longest, text.codePointCount(0, text.length()));
    }
    out.write(NpyHeader.write("<U" + longest, new long[] {texts.size()}));
    ByteBuffer cell = ByteBuffer.allocate(longest * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      cell.clear();
      text.codePoints().forEach(cell::putInt);
      while (cell.hasRemaining()) {
        cell.putInt(0);
      }
      out.write(cell.array());
    }
  }
}
