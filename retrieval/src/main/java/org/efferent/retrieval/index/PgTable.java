package org.efferent.retrieval.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * The table of an index: {@code id} text, {@code embedding} vector, a column {@code m_NAME} of each
 * column of metadata. What it is stands in its comment, JSON with the version.
 *
 * @param name of the table
 * @param metric how embeddings are compared; stored with norm 1 for the cosine
 * @param width numbers of an embedding
 * @param method how the server looks
 * @param largestNorm of the embeddings
 * @param columns of metadata, and whether they hold numbers
 */
record PgTable(
    String name,
    Metric metric,
    int width,
    PgOptions.Method method,
    double largestNorm,
    Map<String, Boolean> columns) {
  static final int VERSION = 1;
  private static final int MOST_NUMBERS = 16_000;
  private static final int MOST_INDEXED = 2_000;
  private static final int BATCH = 500;

  static PgTable of(PgOptions options, Entries entries, Metric metric) {
    int width = entries.vectors().width();
    int most = options.method() == PgOptions.Method.EXACT ? MOST_NUMBERS : MOST_INDEXED;
    if (width > most) {
      throw new InputException(
          "pgvector takes embeddings of up to %d numbers for method %s; numbers=%d; use %s"
              .formatted(
                  most, options.method(), width, most == MOST_NUMBERS ? "a file" : "method EXACT"));
    }
    return new PgTable(
        options.table(), metric, width, options.method(), 0, columns(entries.metadata()));
  }

  private static Map<String, Boolean> columns(Metadata metadata) {
    Map<String, Boolean> columns = new LinkedHashMap<>();
    metadata.columns().forEach(c -> columns.put(c.name(), c instanceof Metadata.Numbers));
    return columns;
  }

  String quoted() {
    return "\"" + name + "\"";
  }

  PgTable withLargestNorm(double norm) {
    return new PgTable(name, metric, width, method, norm, columns);
  }

  /** Makes the empty table. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
      statement.execute(
          "CREATE TABLE %s (id text PRIMARY KEY, embedding vector(%d) NOT NULL%s)"
              .formatted(
                  quoted(),
                  width,
                  columns.entrySet().stream()
                      .map(
                          c ->
                              ", "
                                  + PgFilter.column(c.getKey())
                                  + (c.getValue() ? " double precision" : " text"))
                      .collect(Collectors.joining())));
    }
  }

  /** Makes the index over the rows that are there. */
  void index(Connection connection, long rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Embeddings of norm 1 have their cosine as inner product.
      switch (method) {
        case HNSW ->
            statement.execute(
                "CREATE INDEX ON " + quoted() + " USING hnsw (embedding vector_ip_ops)");
        case IVFFLAT ->
            statement.execute(
                "CREATE INDEX ON %s USING ivfflat (embedding vector_ip_ops) WITH (lists = %d)"
                    .formatted(quoted(), Math.max(1, Math.min(32_768, rows / 1000))));
        case EXACT -> {}
      }
    }
  }

  /** Writes what the table is. */
  void comment(Connection connection) throws SQLException {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("format", "efferent index").put("version", VERSION).put("metric", metric.word());
    root.put("width", width).put("method", method.name()).put("largestNorm", largestNorm);
    ObjectNode types = root.putObject("columns");
    columns.forEach((column, numbers) -> types.put(column, numbers ? "number" : "text"));
    try (Statement statement = connection.createStatement()) {
      // COMMENT takes no parameters; of what is written nothing can hold a quote.
      statement.execute("COMMENT ON TABLE " + quoted() + " IS '" + root + "'");
    }
  }

  /** Reads what a table is. */
  static PgTable read(Connection connection, PgOptions options) throws SQLException {
    String comment;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT obj_description(to_regclass(?), 'pg_class'), to_regclass(?)::text")) {
      statement.setString(1, "\"" + options.table() + "\"");
      statement.setString(2, "\"" + options.table() + "\"");
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        comment = rows.getString(1);
        if (rows.getString(2) == null) {
          throw new InputException(
              options.place() + ": there is no such table; make it with efferent retrieve index");
        }
      }
    }
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(comment == null ? "{}" : comment);
    } catch (JsonProcessingException e) {
      throw new InputException(
          options.place() + ": is a table that is no index; choose another name", e);
    }
    if (!root.path("format").asText().equals("efferent index")) {
      throw new InputException(
          options.place() + ": is a table that is no index; choose another name");
    }
    if (root.path("version").asInt() != VERSION) {
      throw new UnsupportedInputException(
          "%s: is an index of version %d, this program reads version %d; make the index anew with efferent retrieve index"
              .formatted(options.place(), root.path("version").asInt(), VERSION));
    }
    Map<String, Boolean> columns = new LinkedHashMap<>();
    root.path("columns")
        .properties()
        .forEach(c -> columns.put(c.getKey(), c.getValue().asText().equals("number")));
    return new PgTable(
        options.table(),
        Metric.of(root.path("metric").asText(), options.place()),
        root.path("width").asInt(),
        PgOptions.Method.valueOf(root.path("method").asText()),
        root.path("largestNorm").asDouble(),
        columns);
  }

  /**
   * Puts entries in, in place of those of the same ids.
   *
   * @return the largest norm
   */
  double upsert(Connection connection, Entries entries) throws SQLException {
    double largest = metric == Metric.COSINE ? 1 : largestNorm;
    float[] row = new float[width];
    try (PreparedStatement statement = connection.prepareStatement(upsertSql())) {
      for (int r = 0; r < entries.rows(); r++) {
        double norm = entries.read(r, metric, row);
        largest = metric == Metric.COSINE ? 1 : Math.max(largest, norm);
        statement.setString(1, entries.ids().get(r));
        statement.setString(2, PgVectors.text(row, 0, width));
        setMetadata(statement, entries.metadata().columns(), r);
        statement.addBatch();
        if ((r + 1) % BATCH == 0 || r + 1 == entries.rows()) {
          statement.executeBatch();
        }
      }
    }
    return largest;
  }

  private String upsertSql() {
    StringBuilder names = new StringBuilder("id, embedding");
    StringBuilder values = new StringBuilder("?, ?::vector");
    StringBuilder update = new StringBuilder("embedding = EXCLUDED.embedding");
    for (String column : columns.keySet()) {
      String quoted = PgFilter.column(column);
      names.append(", ").append(quoted);
      values.append(", ?");
      update.append(", ").append(quoted).append(" = EXCLUDED.").append(quoted);
    }
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s"
        .formatted(quoted(), names, values, update);
  }

  private static void setMetadata(
      PreparedStatement statement, List<Metadata.Column> columns, int row) throws SQLException {
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c) instanceof Metadata.Numbers numbers) {
        double value = numbers.value(row);
        if (Double.isNaN(value)) {
          statement.setNull(3 + c, Types.DOUBLE);
        } else {
          statement.setDouble(3 + c, value);
        }
      } else {
        statement.setString(3 + c, ((Metadata.Texts) columns.get(c)).value(row));
      }
    }
  }

  /** Refuses entries that do not fit the table. */
  void check(Entries entries) {
    if (entries.vectors().width() != width) {
      throw new InputException(
          "embeddings must be as wide as those of the index; width=%d, given=%d; encode them alike"
              .formatted(width, entries.vectors().width()));
    }
    if (!columns(entries.metadata()).equals(columns)) {
      throw new InputException(
          "metadata must have the columns of the index (true: numbers); columns=%s, given=%s"
              .formatted(columns, columns(entries.metadata())));
    }
  }
}
