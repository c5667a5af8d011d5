package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL with pgvector, PGlite of npm, in a process of its own. Its folder is named by
 * the system property {@code efferent.pglite}; tests are skipped where it is not, unless {@code
 * efferent.pglite.required}.
 */
final class PgServer implements AutoCloseable {
  private final Process process;
  private final Path script;
  private final int port;

  private PgServer(Process process, Path script, int port) {
    this.process = process;
    this.script = script;
    this.port = port;
  }

  static PgServer start() {
    String folder = System.getProperty("efferent.pglite", "");
    boolean there = Files.isDirectory(Path.of(folder, "node_modules", "@electric-sql", "pglite"));
    if (Boolean.getBoolean("efferent.pglite.required")) {
      assertThat(there).as("-Defferent.pglite must name a folder with PGlite: %s", folder).isTrue();
    }
    Assumptions.assumeTrue(
        there, "needs PGlite of npm: -Defferent.pglite=FOLDER, see .ci/run for the versions");
    try {
      Path script = Files.createTempFile("efferent-pglite", ".cjs");
      try (InputStream in = PgServer.class.getResourceAsStream("pglite.cjs")) {
        Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      }
      Process process =
          new ProcessBuilder("node", script.toString(), folder)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      assertThat(line).startsWith("port ");
      return new PgServer(process, script, Integer.parseInt(line.substring(5)));
    } catch (IOException e) {
      throw new AssertionError("PGlite does not start", e);
    }
  }

  int port() {
    return port;
  }

  String url() {
    return url(port);
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user=postgres&password=postgres&sslmode=disable&prepareThreshold=0&socketTimeout=15&connectTimeout=15";
  }

  /** Runs a statement on a connection of its own; the first column of its first row, if any. */
  String sql(String sql) {
    try (Connection c = DriverManager.getConnection(url());
        Statement statement = c.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      return statement.getResultSet().next() ? statement.getResultSet().getString(1) : null;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Ends as after a power failure. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
