package org.efferent.retrieval.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;

/** What an index's file holds: vectors and ids mapped, metadata in memory. */
final class IndexFile {
  private final Path path;
  private final IndexHeader header;
  private final MappedVectors vectors;
  private final double largestNorm;
  private final TextBlock ids;
  private final Metadata metadata;
  private final ByteBuffer graph;

  private IndexFile(Path path, FileBytes file) {
    this.path = path;
    this.header = IndexHeader.read(file);
    this.vectors =
        new MappedVectors(
            file,
            header.dataStart() + header.section("vectors").at(),
            header.count(),
            header.width());
    this.largestNorm = section(file, "norm").getDouble(0);
    this.ids = texts(file, "ids", header.count());
    List<Metadata.Column> columns = new ArrayList<>();
    header
        .columns()
        .forEach((name, numbers) -> columns.add(column(file, columns.size(), name, numbers)));
    this.metadata = Metadata.of(columns);
    this.graph = header.kind() == IndexHeader.Kind.HNSW ? section(file, "graph") : null;
  }

  /**
   * Opens.
   *
   * @throws InputException if it is missing, no index, damaged or cut short
   * @throws org.efferent.core.UnsupportedInputException if it is of another version
   */
  static IndexFile open(Path path) {
    try (FileBytes file = FileBytes.open(path)) {
      return new IndexFile(path, file);
    }
  }

  private ByteBuffer section(FileBytes file, String name) {
    IndexHeader.Section section = header.section(name);
    if (section.bytes() > Integer.MAX_VALUE) {
      throw IndexHeader.damaged(file, "section " + name + " is too long", null);
    }
    return file.map(
        header.dataStart() + section.at(), (int) section.bytes(), name, ByteOrder.LITTLE_ENDIAN);
  }

  private TextBlock texts(FileBytes file, String name, int count) {
    TextBlock texts = new TextBlock(section(file, name), count);
    if (!texts.isWhole()) {
      throw IndexHeader.damaged(file, "section " + name + " has no such texts", null);
    }
    return texts;
  }

  private Metadata.Column column(FileBytes file, int index, String name, boolean numbers) {
    ByteBuffer bytes = section(file, "column" + index);
    if (numbers) {
      double[] values = new double[header.count()];
      bytes.asDoubleBuffer().get(values);
      return new Metadata.Numbers(name, values);
    }
    int[] codes = new int[header.count()];
    bytes.asIntBuffer().get(codes);
    int most = Arrays.stream(codes).max().orElse(-1);
    int least = Arrays.stream(codes).min().orElse(-1);
    if (least < -1 || most >= header.count()) {
      throw IndexHeader.damaged(file, "column " + name + " has no such texts", null);
    }
    return new Metadata.Texts(
        name, codes, texts(file, "column" + index + ".texts", most + 1).all());
  }

  /**
   * Compares the file with the hash at its end; reads all of it.
   *
   * @throws InputException if it is not what was written
   */
  void verify() {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (long left = header.fileBytes() - IndexHeader.HASH_BYTES; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (n < 0) {
          break;
        }
        digest.update(buffer, 0, n);
        left -= n;
      }
      if (!Arrays.equals(digest.digest(), in.readAllBytes())) {
        throw new InputException(
            InputFiles.name(path)
                + ": must have the SHA-256 that it was written with; it was changed or damaged; make the index anew");
      }
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Path path() {
    return path;
  }

  IndexHeader header() {
    return header;
  }

  MappedVectors vectors() {
    return vectors;
  }

  double largestNorm() {
    return largestNorm;
  }

  TextBlock ids() {
    return ids;
  }

  Metadata metadata() {
    return metadata;
  }

  /** The graph of an approximate index. */
  ByteBuffer graph() {
    return graph;
  }
}
