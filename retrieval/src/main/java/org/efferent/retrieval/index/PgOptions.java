package org.efferent.retrieval.index;

import java.time.Duration;
import java.util.regex.Pattern;
import org.efferent.core.UsageException;

/**
 * An index on a PostgreSQL server with pgvector.
 *
 * @param url {@code jdbc:postgresql://host/database?user=…}
 * @param table name of the table: a letter or underscore, then letters, digits, underscores
 * @param method how the server looks
 * @param deadline for an answer, 1 ms to 1 day; building an index on the server has none
 * @param mostRetries how often a search is asked again on a new connection after one broke
 * @param searchBreadth candidates of an approximate search: hnsw.ef_search, up to 1000
 */
public record PgOptions(
    String url,
    String table,
    Method method,
    Duration deadline,
    int mostRetries,
    int searchBreadth) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,47}");
  private static final int MOST_RETRIES = 100;
  private static final int MOST_BREADTH = 1000;

  /** How the server looks for neighbours. */
  public enum Method {
    /** Compares all. */
    EXACT,
    /** A hierarchical graph; up to 2,000 numbers. */
    HNSW,
    /** Clusters, of which a few are looked at; up to 2,000 numbers. */
    IVFFLAT
  }

  /** Checks the ranges. */
  public PgOptions {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new UsageException("url must begin with jdbc:postgresql:; url=" + withoutSecrets(url));
    }
    if (!NAME.matcher(table).matches()) {
      throw new UsageException(
          "table must be a letter or underscore, then up to 47 letters, digits or underscores; table='%s'"
              .formatted(table));
    }
    if (deadline.compareTo(Duration.ofMillis(1)) < 0
        || deadline.compareTo(Duration.ofDays(1)) > 0) {
      throw new UsageException("deadline must be from 1 ms to 1 day; deadline=" + deadline);
    }
    if (mostRetries < 0 || mostRetries > MOST_RETRIES) {
      throw new UsageException("mostRetries must be from 0 to 100; mostRetries=" + mostRetries);
    }
    if (searchBreadth < 1 || searchBreadth > MOST_BREADTH) {
      throw new UsageException(
          "searchBreadth must be from 1 to 1000; searchBreadth=" + searchBreadth);
    }
  }

  /**
   * Options with 30 s to answer, two retries and breadth 100.
   *
   * @param url of the database
   * @param table of the index
   * @param method how the server looks
   */
  public PgOptions(String url, String table, Method method) {
    this(url, table, method, Duration.ofSeconds(30), 2, 100);
  }

  /** The server and table, for people: without user or password. */
  String place() {
    return withoutSecrets(url) + " table " + table;
  }

  private static String withoutSecrets(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
  }
}
