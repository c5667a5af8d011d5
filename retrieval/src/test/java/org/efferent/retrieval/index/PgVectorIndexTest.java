package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.retrieval.index.PgOptions.Method;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real server. */
class PgVectorIndexTest extends EmbeddingIndexContract {
  private static PgServer server;

  @BeforeAll
  static void start() {
    server = PgServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void clean() {
    server.sql("DROP TABLE IF EXISTS pictures");
  }

  private static PgOptions options(Method method) {
    return new PgOptions(server.url(), "pictures", method);
  }

  @Override
  EmbeddingIndex make(Entries entries, Metric metric) {
    return PgVectorIndex.create(options(Method.EXACT), entries, metric, true);
  }

  @Override
  void nothingIsLeft() {
    assertThat(server.sql("SELECT to_regclass('pictures')")).isNull();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aTableIsFoundAgainAndItsIndexFindsMost(Method method) {
    Material m = new Material(1500, 12, 21);
    float[] queries = m.queries(10, 22);
    PgVectorIndex.create(options(method), m.entries(), Metric.COSINE, false).close();
    try (PgVectorIndex index = PgVectorIndex.open(options(Method.EXACT))) {
      assertThat(index.columns()).containsExactly("subject", "kind");
      Filter filter = Filter.parse("subject>1");
      Hits hits = index.search(queries, 10, 10, filter);
      int common = 0;
      for (int q = 0; q < 10; q++) {
        List<String> truth = m.nearest(queries, q, 10, Metric.COSINE, r -> m.subject[r] > 1);
        common += (int) hits.ids(q).stream().filter(truth::contains).count();
      }
      assertThat(common).isGreaterThanOrEqualTo(method == Method.EXACT ? 100 : 90);
      assertThat(index.retries()).isZero();
    }
  }

  @Test
  void embeddingsAreReplacedByIdAndAddedInOneTransaction() {
    Material m = new Material(700, 3, 23);
    try (PgVectorIndex index =
        PgVectorIndex.create(options(Method.HNSW), m.entries(), Metric.INNER_PRODUCT, false)) {
      Metadata two =
          Metadata.of(
              List.of(
                  new Metadata.Numbers("subject", new double[] {7, 8}),
                  Metadata.Texts.of("kind", List.of("new", "new"))));
      index.upsert(
          new Entries(
              EmbeddingSource.of(new float[] {90, 0, 0, 0, 90, 0}, 3), List.of("p5", "q"), two));
      assertThat(index.size()).isEqualTo(701);
      assertThat(index.search(new float[] {1, 0, 0}, 1, 2, Filter.parse("kind=new")).of(0))
          .containsExactly(new Hits.Hit("p5", 90), new Hits.Hit("q", 0));
      float[] bad = new float[650 * 3];
      java.util.Arrays.fill(bad, 1);
      bad[640 * 3] = Float.POSITIVE_INFINITY;
      List<String> ids = Ids.ofRows(650);
      Metadata many =
          Metadata.of(
              List.of(
                  new Metadata.Numbers("subject", new double[650]),
                  Metadata.Texts.of("kind", java.util.Collections.nCopies(650, "bad"))));
      assertThatThrownBy(() -> index.upsert(new Entries(EmbeddingSource.of(bad, 3), ids, many)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("row 640 (id '640'): an embedding must be finite");
      assertThat(index.size()).isEqualTo(701);
      assertThatThrownBy(() -> index.upsert(new Entries(EmbeddingSource.of(new float[] {1, 2}, 2))))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "embeddings must be as wide as those of the index; width=3, given=2; encode them alike");
      assertThatThrownBy(
              () -> index.upsert(new Entries(EmbeddingSource.of(new float[] {1, 2, 3}, 3))))
          .hasMessage(
              "metadata must have the columns of the index (true: numbers); columns={subject=true,"
                  + " kind=false}, given={}");
    }
  }

  @Test
  void aSearchWhoseConnectionBreaksIsAskedAgainAndCounted() throws IOException {
    Material m = new Material(40, 4, 24);
    make(m.entries(), Metric.COSINE).close();
    float[] query = m.queries(1, 25);
    try (FaultProxy proxy = new FaultProxy(server.port(), "<#>", 2, false);
        PgVectorIndex index = PgVectorIndex.open(through(proxy, Duration.ofSeconds(20), 2))) {
      assertThat(index.search(query, 1, 5, Filter.ALL).ids(0))
          .isEqualTo(m.nearest(query, 0, 5, Metric.COSINE, r -> true));
      assertThat(index.retries()).isEqualTo(2);
    }
    try (FaultProxy proxy = new FaultProxy(server.port(), "<#>", 9, false);
        PgVectorIndex index = PgVectorIndex.open(through(proxy, Duration.ofSeconds(20), 1))) {
      assertThatThrownBy(() -> index.search(query, 1, 5, Filter.ALL))
          .isInstanceOf(StreamException.class)
          .hasMessageStartingWith(
              "jdbc:postgresql://127.0.0.1:%d/postgres table pictures: searching: the connection was lost (1 retries): "
                  .formatted(proxy.port()))
          .hasMessageEndingWith("; see whether the server runs")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("password"));
      assertThat(index.retries()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatStallsMeetsTheDeadline() throws IOException {
    Material m = new Material(40, 4, 26);
    make(m.entries(), Metric.COSINE).close();
    try (FaultProxy proxy = new FaultProxy(server.port(), "<#>", 1, true);
        PgVectorIndex index = PgVectorIndex.open(through(proxy, Duration.ofMillis(1500), 5))) {
      assertThatThrownBy(() -> index.search(m.queries(1, 27), 1, 5, Filter.ALL))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "jdbc:postgresql://127.0.0.1:%d/postgres table pictures: searching: there was no answer within 1500 ms; the server is stuck or busy: try later or allow more time"
                  .formatted(proxy.port()));
      assertThat(index.retries()).isZero();
      // The next search takes a new connection.
      assertThat(index.search(m.queries(1, 27), 1, 5, Filter.ALL).of(0)).hasSize(5);
    }
  }

  @Test
  void aConnectionLostWhileWritingLeavesNothing() throws IOException {
    Material m = new Material(1200, 4, 28);
    try (FaultProxy proxy = new FaultProxy(server.port(), "p900", 1, false)) {
      assertThatThrownBy(
              () ->
                  PgVectorIndex.create(
                      through(proxy, Duration.ofSeconds(20), 3), m.entries(), Metric.COSINE, false))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("making the index (nothing was written): the connection was lost");
      nothingIsLeft();
    }
  }

  @Test
  void aServerThatDiedIsSaid() {
    try (PgServer dying = PgServer.start()) {
      PgOptions options = new PgOptions(dying.url(), "pictures", Method.EXACT);
      Material m = new Material(30, 4, 29);
      try (PgVectorIndex index = PgVectorIndex.create(options, m.entries(), Metric.COSINE, false)) {
        dying.kill();
        assertThatThrownBy(() -> index.search(m.queries(1, 1), 1, 3, Filter.ALL))
            .isInstanceOf(StreamException.class)
            .hasMessageContaining("cannot be reached: ")
            .hasMessageEndingWith("; check the address, the server and who may use it");
      }
    }
  }

  private static PgOptions through(FaultProxy proxy, Duration deadline, int retries) {
    return new PgOptions(
        PgServer.url(proxy.port()), "pictures", Method.EXACT, deadline, retries, 100);
  }

  @Test
  void otherTablesAreNeitherReadNorReplaced() {
    String place = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres table pictures";
    assertThatThrownBy(() -> PgVectorIndex.open(options(Method.EXACT)))
        .isInstanceOf(InputException.class)
        .hasMessage(place + ": there is no such table; make it with efferent retrieve index");
    server.sql("CREATE TABLE pictures (precious int)");
    Entries entries = new Material(30, 4, 30).entries();
    assertThatThrownBy(() -> make(entries, Metric.COSINE))
        .isInstanceOf(InputException.class)
        .hasMessage(place + ": is a table that is no index; choose another name");
    assertThatThrownBy(
            () -> PgVectorIndex.create(options(Method.EXACT), entries, Metric.COSINE, false))
        .isInstanceOf(UsageException.class)
        .hasMessage(place + ": exists already; choose another name, or allow it to be overwritten");
    server.sql("COMMENT ON TABLE pictures IS '{\"format\":\"efferent index\",\"version\":2}'");
    assertThatThrownBy(() -> PgVectorIndex.open(options(Method.EXACT)))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            place
                + ": is an index of version 2, this program reads version 1; make the index anew with"
                + " efferent retrieve index");
    assertThat(server.sql("SELECT count(*) FROM pictures")).isEqualTo("0");
  }

  @Test
  void namesThatAreNoNamesAndWidthsBeyondTheServersAreRefused() {
    assertThatThrownBy(() -> new PgOptions(server.url(), "x; DROP TABLE y", Method.EXACT))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "table must be a letter or underscore, then up to 47 letters, digits or underscores;"
                + " table='x; DROP TABLE y'");
    assertThatThrownBy(
            () -> new PgOptions("jdbc:other://u:secret@h/x?password=y", "t", Method.EXACT))
        .hasMessage("url must begin with jdbc:postgresql:; url=jdbc:other://h/x");
    float[] wide = new float[2001];
    java.util.Arrays.fill(wide, 1);
    assertThatThrownBy(
            () ->
                PgVectorIndex.create(
                    options(Method.HNSW),
                    new Entries(EmbeddingSource.of(wide, 2001)),
                    Metric.COSINE,
                    false))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "pgvector takes embeddings of up to 2000 numbers for method HNSW; numbers=2001; use method"
                + " EXACT");
  }
}
