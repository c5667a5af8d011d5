package org.efferent.data.mat;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.hdf5.Hdf5File;

/**
 * A MAT-file, open: its variables by name. Level 5 (save -v6, -v7) and 7.3 (HDF5) look the same
 * from here. Arrays of 7.3 are read by range from the file; a variable of level 5 is read, and
 * inflated, when it is asked for. One thread at a time uses it.
 */
public final class MatFile implements AutoCloseable {
  private final Path path;
  private final String version;
  private final Variables variables;

  /** What a version of the format offers. */
  interface Variables extends AutoCloseable {
    /** Names in the order of the file. */
    List<String> names();

    /** A variable that is there. */
    MatValue get(String name);

    /** Class and sizes of a variable that is there. */
    String describe(String name);

    @Override
    void close();
  }

  private MatFile(Path path, String version, Variables variables) {
    this.path = path;
    this.version = version;
    this.variables = variables;
  }

  /**
   * Opens a MAT-file.
   *
   * @param path the file
   * @return its variables
   * @throws InputException if it is missing, damaged or no MAT-file
   * @throws UnsupportedInputException if it is of level 4
   */
  public static MatFile open(Path path) {
    long size = InputFiles.check(path);
    if (Hdf5File.isHdf5(path)) {
      return new MatFile(path, "7.3", Mat73.open(path));
    }
    FileBytes bytes = FileBytes.open(path);
    try {
      if (size < 128) {
        throw notMat(bytes.name());
      }
      byte[] header = bytes.read(0, 128, "header", ByteOrder.LITTLE_ENDIAN).array();
      ByteOrder order = order(header);
      int high = order == null ? -1 : header[order == ByteOrder.LITTLE_ENDIAN ? 125 : 124];
      if (high != 1) {
        if (header[0] == 0 || header[1] == 0 || header[2] == 0 || header[3] == 0) {
          throw new UnsupportedInputException(
              bytes.name()
                  + ": MAT-files of level 4 are not read (or it is none); save it in MATLAB with -v7");
        }
        throw notMat(bytes.name());
      }
      return new MatFile(path, "5", new Mat5(bytes, order));
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static ByteOrder order(byte[] header) {
    if (header[126] == 'I' && header[127] == 'M') {
      return ByteOrder.LITTLE_ENDIAN;
    }
    return header[126] == 'M' && header[127] == 'I' ? ByteOrder.BIG_ENDIAN : null;
  }

  private static InputException notMat(String name) {
    return new InputException(name + ": is no MAT-file; its header is not that of level 5 or 7.3");
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Version of the format: {@code 5} or {@code 7.3}. */
  public String version() {
    return version;
  }

  /** Names of the variables in the order of the file. */
  public List<String> names() {
    return variables.names();
  }

  /**
   * A variable.
   *
   * @param name its name
   * @return its value; empty if there is none of that name
   * @throws InputException if it is damaged
   */
  public Optional<MatValue> get(String name) {
    return names().contains(name) ? Optional.of(variables.get(name)) : Optional.empty();
  }

  /**
   * A variable that has to be there.
   *
   * @param name its name
   * @return its value
   * @throws InputException if there is none of that name, or it is damaged
   */
  public MatValue require(String name) {
    return get(name)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: has no variable '%s'; it has %s"
                        .formatted(InputFiles.name(path), name, names())));
  }

  /**
   * An array of numbers that has to be there.
   *
   * @param name name of the variable
   * @return its value
   * @throws InputException if there is none of that name, it is damaged or of another class
   */
  public MatArray array(String name) {
    if (require(name) instanceof MatArray array) {
      return array;
    }
    throw new InputException(
        "%s: variable '%s' must be an array of numbers; it is %s"
            .formatted(InputFiles.name(path), name, variables.describe(name)));
  }

  /**
   * A line a variable: {@code eegData: double [5000 × 128]}; nothing is read for it but headers.
   */
  public List<String> describe() {
    return names().stream().map(name -> name + ": " + variables.describe(name)).toList();
  }

  @Override
  public void close() {
    variables.close();
  }
}
