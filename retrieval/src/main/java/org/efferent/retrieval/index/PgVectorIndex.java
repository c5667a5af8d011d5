package org.efferent.retrieval.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;

/**
 * An index on a PostgreSQL server with pgvector. What is written is written in one transaction:
 * whole, or not at all. A search whose connection breaks is asked again on a new one, which is
 * counted; one that is not answered in time is not. With {@link PgOptions.Method#EXACT} nothing is
 * missed; otherwise as the server's index finds. Needs pgvector 0.8 or newer.
 */
public final class PgVectorIndex implements EmbeddingIndex {
  private static final int MORE = 32;

  private final PgOptions options;
  private final PgSession session;
  private PgTable table;
  private boolean open = true;

  private PgVectorIndex(PgOptions options) {
    this.options = options;
    this.session = new PgSession(options);
  }

  /**
   * Makes a table and its index on the server.
   *
   * @param options where
   * @param entries what it holds
   * @param metric how they will be compared
   * @param overwrite whether an index of that name may be replaced; other tables never are
   * @return the index, open
   * @throws InputException if an embedding is not finite, zero where the cosine is asked, or wider
   *     than pgvector takes
   * @throws UsageException if the table exists and may not be replaced
   * @throws StreamException if the server cannot be reached, is lost or refuses; nothing is written
   */
  public static PgVectorIndex create(
      PgOptions options, Entries entries, Metric metric, boolean overwrite) {
    PgTable table = PgTable.of(options, entries, metric);
    PgVectorIndex index = new PgVectorIndex(options);
    try {
      index.session.write(
          "making the index",
          c -> {
            index.refuseExisting(c, overwrite);
            table.create(c);
            PgTable filled = table.withLargestNorm(table.upsert(c, entries));
            // Building the server's index may take long; the driver's deadline is for answers.
            c.setNetworkTimeout(Runnable::run, 0);
            filled.index(c, entries.rows());
            c.setNetworkTimeout(Runnable::run, Math.toIntExact(options.deadline().toMillis()));
            filled.comment(c);
            index.table = filled;
            return null;
          });
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private void refuseExisting(Connection c, boolean overwrite) throws SQLException {
    boolean exists;
    try (PreparedStatement statement = c.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, "\"" + options.table() + "\"");
      try (ResultSet rows = statement.executeQuery()) {
        exists = rows.next() && rows.getBoolean(1);
      }
    }
    if (exists && !overwrite) {
      throw new UsageException(
          options.place() + ": exists already; choose another name, or allow it to be overwritten");
    }
    if (exists) {
      PgTable old = PgTable.read(c, options);
      try (Statement statement = c.createStatement()) {
        statement.execute("DROP TABLE " + old.quoted());
      }
    }
  }

  /**
   * Opens an index that is there.
   *
   * @param options where; the method is that of the table
   * @return the index
   * @throws InputException if there is no such table or it is no index
   * @throws org.efferent.core.UnsupportedInputException if it is of another version
   * @throws StreamException if the server cannot be reached or is lost
   */
  public static PgVectorIndex open(PgOptions options) {
    PgVectorIndex index = new PgVectorIndex(options);
    try {
      index.table = index.session.read("opening the index", c -> PgTable.read(c, options));
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /**
   * Puts embeddings in, in place of those of the same ids.
   *
   * @param entries as wide and with the columns of the index
   * @throws InputException if they do not fit or are refused as by {@link #create}
   * @throws StreamException if the server is lost or refuses; nothing is written
   */
  public void upsert(Entries entries) {
    checkOpen();
    table.check(entries);
    table =
        session.write(
            "writing embeddings",
            c -> {
              PgTable now = table.withLargestNorm(table.upsert(c, entries));
              now.comment(c);
              return now;
            });
  }

  /** How often a search was asked again on a new connection. */
  public long retries() {
    return session.retries();
  }

  @Override
  public int width() {
    return table.width();
  }

  @Override
  public Metric metric() {
    return table.metric();
  }

  /** Names of the columns of metadata. */
  public List<String> columns() {
    return List.copyOf(table.columns().keySet());
  }

  @Override
  public long size() {
    checkOpen();
    return session.read(
        "counting",
        c -> {
          try (Statement statement = c.createStatement();
              ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table.quoted())) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  @Override
  public Hits search(float[] queries, int n, int k, Filter filter) {
    checkOpen();
    Queries checked = Queries.check(this, queries, n, k);
    PgFilter condition = new PgFilter(table.columns(), filter);
    List<List<Hits.Hit>> hits = new ArrayList<>();
    for (int query = 0; query < n; query++) {
      int q = query;
      hits.add(session.read("searching", c -> one(c, checked, q, k, condition)));
    }
    return new Hits(hits);
  }

  private List<Hits.Hit> one(Connection c, Queries queries, int q, int k, PgFilter filter)
      throws SQLException {
    String vector = PgVectors.text(queries.prepared(q, q + 1), 0, table.width());
    tune(c, k);
    long limit = Math.min(Integer.MAX_VALUE, (long) k + Math.max(MORE, k / 4));
    String nearest =
        "SELECT id, embedding::text FROM %s WHERE %s ORDER BY embedding <#> ?::vector LIMIT ?"
            .formatted(table.quoted(), filter.sql());
    Found found = new Found(queries, q, k);
    try (PreparedStatement statement = c.prepareStatement(nearest)) {
      int next = parameters(statement, filter);
      statement.setString(next, vector);
      statement.setLong(next + 1, limit);
      found.addAll(statement);
    }
    // Near the last that came, the server's single precision may have left out a better one.
    double error =
        (table.width() + 8) * 0x1p-23 * queries.scale(q) * table.largestNorm()
            + table.width() * (double) Float.MIN_VALUE;
    if (table.method() == PgOptions.Method.EXACT
        && found.ids.size() == limit
        && !(found.best.worst() > found.least + error)) {
      found = within(c, queries, q, k, filter, vector, found.best.worst() - 2 * error);
    }
    return found.best.hits();
  }

  private Found within(
      Connection c, Queries queries, int q, int k, PgFilter filter, String vector, double least)
      throws SQLException {
    String all =
        "SELECT id, embedding::text FROM %s WHERE %s AND (embedding <#> ?::vector) <= ?"
            .formatted(table.quoted(), filter.sql());
    Found found = new Found(queries, q, k);
    try (PreparedStatement statement = c.prepareStatement(all)) {
      int next = parameters(statement, filter);
      statement.setString(next, vector);
      statement.setDouble(next + 1, -least);
      found.addAll(statement);
    }
    return found;
  }

  /** What came of a query, scored in double precision. */
  private final class Found {
    private final List<String> ids = new ArrayList<>();
    private final Queries queries;
    private final int q;
    private final Best best;
    private double least = Double.POSITIVE_INFINITY;

    Found(Queries queries, int q, int k) {
      this.queries = queries;
      this.q = q;
      this.best = new Best(k, ids::get);
    }

    void addAll(PreparedStatement statement) throws SQLException {
      float[] row = new float[table.width()];
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
          PgVectors.parse(rows.getString(2), row);
          double score = queries.score(q, row);
          least = Math.min(least, score);
          best.add(ids.size() - 1, score);
        }
      }
    }
  }

  /** Sets what the server's index looks at, for this transaction. */
  private void tune(Connection c, int k) throws SQLException {
    if (table.method() == PgOptions.Method.EXACT) {
      return;
    }
    boolean hnsw = table.method() == PgOptions.Method.HNSW;
    try (PreparedStatement statement =
        c.prepareStatement("SELECT set_config(?, ?, true), set_config(?, ?, true)")) {
      int breadth = Math.min(1000, Math.max(options.searchBreadth(), k + MORE));
      statement.setString(1, hnsw ? "hnsw.ef_search" : "ivfflat.probes");
      statement.setString(2, Integer.toString(hnsw ? breadth : Math.max(1, breadth / 10)));
      // With filters the server goes on until enough pass.
      statement.setString(3, hnsw ? "hnsw.iterative_scan" : "ivfflat.iterative_scan");
      statement.setString(4, "relaxed_order");
      statement.execute();
    }
  }

  private static int parameters(PreparedStatement statement, PgFilter filter) throws SQLException {
    int next = 1;
    for (Object parameter : filter.parameters()) {
      if (parameter instanceof Double number) {
        statement.setDouble(next++, number);
      } else {
        statement.setString(next++, (String) parameter);
      }
    }
    return next;
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException(options.place() + ": the index is closed");
    }
  }

  @Override
  public void close() {
    open = false;
    session.close();
  }
}
