package org.efferent.retrieval.index;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A connection to a server, and a new one where it broke: reads are asked again on it, which is
 * counted, writes are not.
 */
final class PgSession implements AutoCloseable {
  private final PgOptions options;
  private Connection connection;
  private long retries;

  /**
   * Connects.
   *
   * @throws StreamException if the server cannot be reached
   */
  PgSession(PgOptions options) {
    this.options = options;
    this.connection = connect(options);
  }

  /** What is done on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** How often a read was asked again. */
  long retries() {
    return retries;
  }

  /** Reads, again on a new connection if one breaks. */
  <T> T read(String what, Work<T> work) {
    for (int attempt = 0; ; attempt++) {
      try {
        if (connection == null) {
          connection = connect(options);
        }
        connection.setAutoCommit(false);
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException e) {
        boolean broken = isBroken(e);
        drop(broken);
        if (!broken || isLate(e) || attempt == options.mostRetries()) {
          throw failed(what, attempt, e);
        }
        retries++;
      }
    }
  }

  /** Writes in one transaction, never twice. */
  <T> T write(String what, Work<T> work) {
    try {
      if (connection == null) {
        connection = connect(options);
      }
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      drop(isBroken(e));
      throw failed(what + " (nothing was written)", 0, e);
    } catch (RuntimeException e) {
      drop(false);
      throw e;
    }
  }

  /** Rolls back, or lets a connection go that is of no more use. */
  private void drop(boolean broken) {
    if (connection == null) {
      return;
    }
    try {
      if (broken || connection.isClosed()) {
        connection.close();
        connection = null;
      } else {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The server rolls back what no connection belongs to any more.
      connection = null;
    }
  }

  private static Connection connect(PgOptions options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(options.url());
    } catch (IllegalArgumentException e) {
      throw new UsageException(options.place() + ": is no JDBC URL of PostgreSQL", e);
    }
    int seconds = Math.toIntExact(Math.max(1, options.deadline().toSeconds()));
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    source.setSocketTimeout(seconds);
    source.setApplicationName("efferent");
    try {
      Connection connection = source.getConnection();
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(options.deadline().toMillis()));
      return connection;
    } catch (SQLException e) {
      throw new StreamException(
          "%s: cannot be reached: %s; check the address, the server and who may use it"
              .formatted(options.place(), oneLine(e)),
          e);
    }
  }

  /** Whether the connection is gone (class 08) or the server is going down (57P). */
  private static boolean isBroken(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static boolean isLate(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private StreamException failed(String what, int retried, SQLException e) {
    if (isLate(e)) {
      return new StreamException(
          "%s: %s: there was no answer within %d ms; the server is stuck or busy: try later or allow more time"
              .formatted(options.place(), what, options.deadline().toMillis()),
          e);
    }
    if (isBroken(e)) {
      return new StreamException(
          "%s: %s: the connection was lost (%d retries): %s; see whether the server runs"
              .formatted(options.place(), what, retried, oneLine(e)),
          e);
    }
    return new StreamException(
        "%s: %s: the server refuses: %s".formatted(options.place(), what, oneLine(e)), e);
  }

  private static String oneLine(SQLException e) {
    SQLException last = e.getNextException() == null ? e : e.getNextException();
    return String.valueOf(last.getMessage()).replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // The server ends what no connection belongs to any more.
    } finally {
      connection = null;
    }
  }
}
