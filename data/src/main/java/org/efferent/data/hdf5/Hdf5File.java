package org.efferent.data.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;

/**
 * An HDF5 file, open for reading. Links into other files are not followed. One thread at a time
 * uses it.
 */
public final class Hdf5File implements AutoCloseable {
  private static final long SIGNATURE = 0x894844460D0A1A0AL;
  private static final int DEEPEST = 64;

  private final Path path;
  private final HdfFile file;
  private final Hdf5Guard guard;
  private boolean closed;

  private Hdf5File(Path path, HdfFile file, Hdf5Guard guard) {
    this.path = path;
    this.file = file;
    this.guard = guard;
  }

  /**
   * Whether a file has the signature of HDF5 where it may be: at 0, 512, 1024, 2048, …
   *
   * @param path the file
   * @return whether it is one
   * @throws InputException if it is missing, a folder or unreadable
   */
  public static boolean isHdf5(Path path) {
    try (FileBytes bytes = FileBytes.open(path)) {
      for (long at = 0; at <= bytes.size() - 8; at = at == 0 ? 512 : 2 * at) {
        if (bytes.read(at, 8, "signature", ByteOrder.BIG_ENDIAN).getLong() == SIGNATURE) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Opens an HDF5 file.
   *
   * @param path the file
   * @return its groups and data sets
   * @throws InputException if it is missing, damaged or no HDF5 file
   * @throws UnsupportedInputException if it is of a kind that is not read
   */
  public static Hdf5File open(Path path) {
    if (!isHdf5(path)) {
      throw new InputException(
          InputFiles.name(path) + ": is no HDF5 file; the signature of HDF5 is not in it");
    }
    Hdf5Guard guard = new Hdf5Guard(InputFiles.name(path), InputFiles.check(path));
    return new Hdf5File(path, guard.call("superblock", () -> open0(path)), guard);
  }

  private static HdfFile open0(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        return new HdfFile(path);
      }
      // In one mapped buffer no size that lies can be allocated: whatever lies outside is refused.
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return HdfFile.fromByteBuffer(mapped);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Its name, as errors begin. */
  public String name() {
    return guard.file();
  }

  /** The group of all. */
  public Hdf5Node root() {
    return new Hdf5Node(file, file, guard);
  }

  /**
   * A group or data set.
   *
   * @param where names from the root on, such as {@code acquisition/lfp/data}
   * @return the node; empty if there is none
   * @throws InputException if the file is damaged
   */
  public Optional<Hdf5Node> find(String where) {
    Optional<Hdf5Node> node = Optional.of(root());
    for (String part : where.split("/", -1)) {
      if (!part.isEmpty()) {
        node = node.filter(Hdf5Node::isGroup).flatMap(n -> n.child(part));
      }
    }
    return node;
  }

  /**
   * A data set that has to be there.
   *
   * @param where names from the root on
   * @return the data set
   * @throws InputException if there is none, or it is damaged
   */
  public Hdf5Dataset dataset(String where) {
    return find(where)
        .filter(n -> !n.isGroup())
        .map(Hdf5Node::dataset)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: has no data set '%s'; it has %s".formatted(name(), where, tree())));
  }

  /**
   * What an object reference means.
   *
   * @param address from {@link Hdf5Dataset#references()}
   * @return the node
   * @throws InputException if there is none
   */
  public Hdf5Node at(long address) {
    Node node = guard.call("reference " + address, () -> file.getNodeByAddress(address));
    if (node == null) {
      throw new InputException(
          "%s: reference %d leads to nothing; it is damaged".formatted(name(), address));
    }
    return new Hdf5Node(node, file, guard);
  }

  /** A line a data set: {@code /acquisition/lfp/data: float [5000 × 96]}. */
  public List<String> tree() {
    List<String> lines = new ArrayList<>();
    list(root(), new HashSet<>(), 0, lines);
    return lines;
  }

  private void list(Hdf5Node group, Set<Long> seen, int depth, List<String> lines) {
    if (!seen.add(group.address()) || depth > DEEPEST) {
      return;
    }
    for (Hdf5Node child : group.children()) {
      if (child.isGroup()) {
        list(child, seen, depth + 1, lines);
      } else {
        lines.add(child.path() + ": " + child.dataset().describe());
      }
    }
  }

  /** Closes the file; may be called twice. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    guard.call(
        "closing",
        () -> {
          file.close();
          return null;
        });
  }
}
