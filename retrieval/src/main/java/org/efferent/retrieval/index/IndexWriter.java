package org.efferent.retrieval.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.AtomicFile;

/** Writes the file of an index, see {@link IndexHeader}. Used once. */
final class IndexWriter {
  private final Entries entries;
  private final IndexHeader header;
  private final MessageDigest digest;
  private OutputStream out;
  private long position;

  private IndexWriter(Entries entries, IndexHeader header) {
    this.entries = entries;
    this.header = header;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Writes.
   *
   * @param graph {@code null} for an exact index
   * @throws InputException if an embedding is not finite, or zero where the cosine is asked
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced
   */
  static void write(Path file, Entries entries, Metric metric, HnswGraph graph, boolean overwrite) {
    IndexHeader.Kind kind = graph == null ? IndexHeader.Kind.EXACT : IndexHeader.Kind.HNSW;
    IndexHeader header = new IndexHeader(kind, metric, entries.vectors().width(), entries.rows());
    header.addSection("vectors", 4L * header.width() * header.count());
    header.addSection("norm", 8);
    header.addSection("ids", mappable("ids", TextBlock.size(entries.ids())));
    List<Metadata.Column> columns = entries.metadata().columns();
    for (int i = 0; i < columns.size(); i++) {
      Metadata.Column column = columns.get(i);
      header.addColumn(column);
      boolean numbers = column instanceof Metadata.Numbers;
      header.addSection("column" + i, (numbers ? 8L : 4L) * header.count());
      if (column instanceof Metadata.Texts texts) {
        String texted = "column" + i + ".texts";
        header.addSection(texted, mappable(texted, TextBlock.size(texts.dictionary())));
      }
    }
    if (graph != null) {
      header.addSection("graph", mappable("graph", graph.bytes()));
    }
    AtomicFile.write(file, overwrite, out -> new IndexWriter(entries, header).to(out, graph));
  }

  private static long mappable(String what, long bytes) {
    if (bytes > Integer.MAX_VALUE - 64) {
      throw new InputException(
          "an index holds %s of up to 2 GB; bytes=%d; split the index".formatted(what, bytes));
    }
    return bytes;
  }

  private void to(OutputStream stream, HnswGraph graph) throws IOException {
    out = stream;
    put(ByteBuffer.wrap(header.bytes()));
    vectors();
    begin("ids");
    texts(entries.ids());
    List<Metadata.Column> columns = entries.metadata().columns();
    for (int i = 0; i < columns.size(); i++) {
      begin("column" + i);
      column(columns.get(i));
      if (columns.get(i) instanceof Metadata.Texts texts) {
        begin("column" + i + ".texts");
        texts(texts.dictionary());
      }
    }
    if (graph != null) {
      begin("graph");
      graph.write(this::put);
    }
    out.write(digest.digest());
  }

  private void vectors() throws IOException {
    begin("vectors");
    float[] row = new float[header.width()];
    ByteBuffer bytes = little(4 * row.length);
    double largest = 0;
    for (int r = 0; r < header.count(); r++) {
      double norm = entries.read(r, header.metric(), row);
      largest = Math.max(largest, header.metric() == Metric.COSINE ? 1 : norm);
      bytes.clear().asFloatBuffer().put(row);
      put(bytes);
    }
    begin("norm");
    put(little(8).putDouble(largest).flip());
  }

  private void texts(List<String> texts) throws IOException {
    ByteBuffer end = little(8);
    long at = 0;
    for (String text : texts) {
      at += text.getBytes(StandardCharsets.UTF_8).length;
      put(end.clear().putLong(at).flip());
    }
    for (String text : texts) {
      put(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void column(Metadata.Column column) throws IOException {
    ByteBuffer value = little(8);
    for (int row = 0; row < column.rows(); row++) {
      value.clear();
      if (column instanceof Metadata.Numbers numbers) {
        value.putDouble(numbers.value(row));
      } else {
        value.putInt(((Metadata.Texts) column).code(row));
      }
      put(value.flip());
    }
  }

  /** Zeros up to where a section begins. */
  private void begin(String section) throws IOException {
    long to = header.dataStart() + header.section(section).at();
    put(ByteBuffer.allocate(Math.toIntExact(to - position)));
  }

  private void put(ByteBuffer bytes) throws IOException {
    position += bytes.remaining();
    digest.update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
