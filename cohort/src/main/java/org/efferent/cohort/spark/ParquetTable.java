package org.efferent.cohort.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Writes rows as one file of Parquet. Parquet's own writer is used rather than Spark's SQL, whose
 * planner takes seconds to start for tables of a few lines; the types are those that SQL reads.
 */
final class ParquetTable {
  private ParquetTable() {}

  /** What a column holds. */
  enum Kind {
    INTEGER,
    DOUBLE,
    TEXT,
    /** A {@code float[]}. */
    FLOATS
  }

  /**
   * A column; a cell of it may be null.
   *
   * @param name of the column
   * @param kind of its cells
   */
  record Column(String name, Kind kind) implements Serializable {
    private Type type() {
      return switch (kind) {
        case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(name);
        case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
        case TEXT ->
            Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
        case FLOATS -> Types.optionalList().requiredElement(PrimitiveTypeName.FLOAT).named(name);
      };
    }
  }

  /**
   * Writes a table.
   *
   * @param out where its bytes go
   * @param columns in order
   * @param rows a cell a column
   * @throws IOException if the place refuses them
   */
  static void write(OutputStream out, List<Column> columns, Iterator<Object[]> rows)
      throws IOException {
    MessageType schema = new MessageType("table", columns.stream().map(Column::type).toList());
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new Sink(out))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      while (rows.hasNext()) {
        Object[] cells = rows.next();
        Group group = groups.newGroup();
        for (int c = 0; c < cells.length; c++) {
          if (cells[c] != null) {
            add(group, columns.get(c), cells[c]);
          }
        }
        writer.write(group);
      }
    }
  }

  private static void add(Group group, Column column, Object cell) {
    switch (column.kind()) {
      case INTEGER -> group.add(column.name(), (Integer) cell);
      case DOUBLE -> group.add(column.name(), (Double) cell);
      case TEXT -> group.add(column.name(), (String) cell);
      case FLOATS -> {
        Group list = group.addGroup(column.name());
        for (float value : (float[]) cell) {
          list.addGroup(0).add(0, value);
        }
      }
    }
  }

  /** A stream that is open already and knows how far it is. */
  private record Sink(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Counted(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      position += count;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    /** Who opened the stream closes it. */
    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
