package org.efferent.data.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.pickle.ObjectArray;
import org.efferent.data.pickle.Pickle;

/**
 * An {@code .npy} file, open for reading by range. One thread at a time uses it; who opened it
 * closes it, and its arrays are no longer read then.
 */
public final class NpyFile implements AutoCloseable {
  private final FileBytes bytes;
  private final NpyHeader header;

  private NpyFile(FileBytes bytes, NpyHeader header) {
    this.bytes = bytes;
    this.header = header;
  }

  /**
   * Opens a file: its header is read.
   *
   * @param path the file
   * @return the file
   * @throws InputException if it is missing, no NPY file, or too short for its shape
   * @throws UnsupportedInputException if its version or the type of its elements is not read
   */
  public static NpyFile open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    NpyFile file = null;
    try {
      file = new NpyFile(bytes, NpyHeader.read(bytes.name(), input(bytes)));
      if (!file.isObjects()) {
        file.array();
      }
      return file;
    } catch (InputException | UnsupportedInputException e) {
      bytes.close();
      throw e;
    }
  }

  private static NpyHeader.Input input(FileBytes bytes) {
    return new NpyHeader.Input() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public ByteBuffer read(long at, int count) {
        return bytes.read(at, count, "the header", ByteOrder.LITTLE_ENDIAN);
      }
    };
  }

  /** Type of the elements. */
  public NpyType type() {
    return header.type();
  }

  /** A copy of the sizes, slowest first; empty for a single element. */
  public long[] shape() {
    return header.sizes();
  }

  /** Whether the elements are objects of Python, in a pickle. */
  public boolean isObjects() {
    return header.type().kind() == NpyType.Kind.OBJECT;
  }

  /** Whether the first index runs fastest, as in Fortran. */
  public boolean isFortran() {
    return header.fortran();
  }

  /** Where in the file the elements begin. */
  long data() {
    return header.data();
  }

  /**
   * The array.
   *
   * @return a view of the file
   * @throws UnsupportedInputException if the elements are objects of Python
   */
  public NpyArray array() {
    if (isObjects()) {
      throw new UnsupportedInputException(
          bytes.name() + ": its elements are objects of Python, no numbers; read it as a pickle");
    }
    return NpyArray.of(bytes, header.data(), header.type(), header.sizes(), header.fortran());
  }

  /**
   * The objects of an array of objects: what {@code numpy.load(allow_pickle=True)} gives, with
   * nothing executed; the only element of a 0-d array, which is how dicts are saved, or else a
   * {@link ObjectArray}.
   *
   * @return as {@link Pickle#read(FileBytes, long)}
   * @throws InputException if the elements are no objects or the pickle is damaged
   * @throws UnsupportedInputException if the pickle names what is not read
   */
  public Object objects() {
    if (!isObjects()) {
      throw new InputException(
          bytes.name() + ": its elements are no objects of Python but " + type().title());
    }
    Object tree = Pickle.read(bytes, header.data());
    boolean single =
        tree instanceof ObjectArray objects
            && objects.shape().isEmpty()
            && objects.items().size() == 1;
    return single ? ((ObjectArray) tree).items().get(0) : tree;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
