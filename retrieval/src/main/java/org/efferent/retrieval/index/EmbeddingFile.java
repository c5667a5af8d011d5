package org.efferent.retrieval.index;

import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.NpyFile;
import org.efferent.data.npy.NpyFloats;
import org.efferent.data.npy.NpyType;

/**
 * Embeddings in an {@code .npy}: a row each, whatever the shape of a row; {@code [n,1,d]} is {@code
 * [n,d]}. Those of 32-bit floats in C's order are mapped and may be larger than memory.
 */
public final class EmbeddingFile implements AutoCloseable {
  private final EmbeddingSource rows;
  private final NpyFloats mapped;

  private EmbeddingFile(EmbeddingSource rows, NpyFloats mapped) {
    this.rows = rows;
    this.mapped = mapped;
  }

  /**
   * Opens.
   *
   * @param path the file
   * @return its rows
   * @throws InputException if it is missing, damaged, or has no rows of numbers
   */
  public static EmbeddingFile open(Path path) {
    if (isMappable(path)) {
      NpyFloats mapped = NpyFloats.open(path);
      return new EmbeddingFile(EmbeddingSource.of(mapped), mapped);
    }
    Tensor tensor = Npy.read(path);
    long[] shape = tensor.shape();
    if (shape.length < 2 || tensor.elements() == 0) {
      throw new InputException(
          "%s: must have rows of numbers; its shape is %s"
              .formatted(InputFiles.name(path), Arrays.toString(shape)));
    }
    float[] values = tensor.floats();
    return new EmbeddingFile(EmbeddingSource.of(values, values.length / (int) shape[0]), null);
  }

  private static boolean isMappable(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      return file.shape().length >= 2
          && !file.isFortran()
          && file.type().kind() == NpyType.Kind.FLOAT
          && file.type().bytes() == 4
          && file.type().order() == java.nio.ByteOrder.LITTLE_ENDIAN;
    }
  }

  /** The rows; good until {@link #close}. */
  public EmbeddingSource rows() {
    return rows;
  }

  /**
   * All rows in memory.
   *
   * @return {@code [rows × width]}, row-major
   * @throws InputException if there are more numbers than an array holds
   */
  public float[] all() {
    long size = rows.rows() * rows.width();
    if (size > Integer.MAX_VALUE - 8) {
      throw new InputException("at most 2147483639 numbers are read at once; numbers=" + size);
    }
    float[] values = new float[(int) size];
    for (int row = 0; row < rows.rows(); row++) {
      rows.read(row, values, row * rows.width());
    }
    return values;
  }

  @Override
  public void close() {
    if (mapped != null) {
      mapped.close();
    }
  }
}
