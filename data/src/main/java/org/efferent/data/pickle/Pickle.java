package org.efferent.data.pickle;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * A pickle of plain values and NumPy arrays. Nothing is executed: what names any function or class
 * but the few that NumPy's arrays are made with is refused.
 *
 * <table>
 *   <caption>What Python's values become</caption>
 *   <tr><th>Python</th><th>Java</th></tr>
 *   <tr><td>dict, OrderedDict</td><td>{@link java.util.Map} in the order of the file; keys are
 *       texts, numbers, booleans, None or tuples of those</td></tr>
 *   <tr><td>list; tuple</td><td>{@link java.util.List}; one that cannot be changed</td></tr>
 *   <tr><td>str (of Python 2 too, as Latin-1)</td><td>{@link String}</td></tr>
 *   <tr><td>bytes, bytearray</td><td>{@link PickleBytes}</td></tr>
 *   <tr><td>int</td><td>{@link Long}, or {@link java.math.BigInteger} beyond 64 bits</td></tr>
 *   <tr><td>float, bool, None</td><td>{@link Double}, {@link Boolean}, null</td></tr>
 *   <tr><td>numpy array</td><td>{@link org.efferent.data.npy.NpyArray}, whose elements stay in the
 *       file; {@link ObjectArray} if they are objects</td></tr>
 *   <tr><td>numpy scalar; dtype</td><td>as int, float, bool or str; {@link
 *       org.efferent.data.npy.NpyType}</td></tr>
 * </table>
 */
public final class Pickle implements AutoCloseable {
  private final FileBytes file;
  private final Object value;

  private Pickle(FileBytes file, Object value) {
    this.file = file;
    this.value = value;
  }

  /**
   * Opens a file that is a pickle.
   *
   * @param path the file; stays open for the arrays in it
   * @return the pickle
   * @throws InputException if it is missing or damaged
   * @throws UnsupportedInputException if it holds more than plain values and arrays
   */
  public static Pickle open(Path path) {
    FileBytes file = FileBytes.open(path);
    try {
      return new Pickle(file, read(file, 0));
    } catch (InputException | UnsupportedInputException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads a pickle within a file; arrays and bytes in it read from the file when they are asked.
   *
   * @param file the file, which stays open as long as arrays of the pickle are used
   * @param at where the pickle begins
   * @return what it holds, as the table above says
   * @throws InputException if it is damaged; the message names the byte
   * @throws UnsupportedInputException if it holds more than plain values and arrays; the message
   *     names what
   */
  public static Object read(FileBytes file, long at) {
    Object tree = new PickleMachine(new PickleInput(file, at)).run();
    TreeCheck.check(tree, file.name());
    return tree;
  }

  /** What it holds, as the table above says. */
  public Object value() {
    return value;
  }

  @Override
  public void close() {
    file.close();
  }
}
