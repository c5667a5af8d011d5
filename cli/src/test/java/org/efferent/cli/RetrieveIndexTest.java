package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieveIndexTest {
  private static final int ROWS = 1500;
  private static final int WIDTH = 8;

  @TempDir private Path folder;
  private Path embeddings;
  private Path queries;
  private Path ids;
  private Path metadata;

  @BeforeEach
  void material() throws IOException {
    Random random = new Random(3);
    float[] values = new float[ROWS * WIDTH];
    StringBuilder names = new StringBuilder("id\n");
    StringBuilder about = new StringBuilder("subject,session\n");
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < WIDTH; i++) {
        values[r * WIDTH + i] = (float) random.nextGaussian();
      }
      names.append("picture ").append(r).append('\n');
      about.append(r % 4).append(',').append(r % 3).append('\n');
    }
    embeddings = folder.resolve("e.npy");
    Npy.write(embeddings, Tensor.of(values, ROWS, 1, WIDTH), false);
    queries = folder.resolve("q.npy");
    Npy.write(queries, Tensor.of(Arrays.copyOf(values, 2 * WIDTH), 2, WIDTH), false);
    ids = Files.writeString(folder.resolve("ids.csv"), names);
    metadata = Files.writeString(folder.resolve("m.csv"), about);
  }

  @Test
  void anIndexIsMadeAndSearched() {
    for (String kind : new String[] {"exact", "hnsw"}) {
      Path out = folder.resolve(kind + ".index");
      Object[] words = {
        "retrieve",
        "index",
        "--embeddings",
        embeddings,
        "--ids",
        ids,
        "--metadata",
        metadata,
        "--kind",
        kind,
        "--out",
        out
      };
      JsonNode made = Cli.run(Cli.words(words, "--json")).json();
      assertThat(made.path("embeddings").intValue()).isEqualTo(ROWS);
      assertThat(made.path("width").intValue()).isEqualTo(WIDTH);
      assertThat(made.path("kind").textValue()).isEqualTo(kind);
      assertThat(made.path("columns").get(1).textValue()).isEqualTo("session");
      Cli.run(words)
          .failed(2, out + " exists already; choose another name or give --force to replace it");
      Object[] search = {"retrieve", "search", "--index", out, "--queries", queries, "--k", 3};
      JsonNode found = Cli.run(Cli.words(search, "--json")).json();
      assertThat(found.path("hits")).hasSize(2);
      assertThat(found.path("hits").get(1)).hasSize(3);
      assertThat(found.path("hits").get(1).get(0).path("id").textValue()).isEqualTo("picture 1");
      assertThat(found.path("hits").get(1).get(0).path("score").doubleValue()).isGreaterThan(0.999);
      assertThat(found.path("hits").get(1).get(1).path("score").doubleValue()).isLessThan(0.999);
      JsonNode filtered =
          Cli.run(Cli.words(search, "--filter", "subject=3,session>=1", "--json")).json();
      for (JsonNode hit : filtered.path("hits").get(0)) {
        int row = Integer.parseInt(hit.path("id").textValue().substring(8));
        assertThat(row % 4).isEqualTo(3);
        assertThat(row % 3).isPositive();
      }
      Cli.Result text = Cli.run(Cli.words(search, "--exact"));
      assertThat(text.out()).startsWith("query 0    0   1.00000  picture 0");
      assertThat(text.err()).isEmpty();
    }
  }

  @Test
  void whatIsWronglyAskedIsSaid() throws IOException {
    Path out = folder.resolve("x.index");
    Object[] words = {"retrieve", "index", "--embeddings", embeddings, "--out", out};
    Cli.run(Cli.words(words, "--kind", "pgvector"))
        .failed(
            2, "--kind pgvector goes with --out jdbc:postgresql://…, the other kinds with a file");
    Cli.run(Cli.words(words, "--kind", "exact", "--metric", "l2"))
        .failed(2, "--metric must be cosine or inner-product; metric=l2");
    Cli.run(Cli.words(words, "--kind", "exact", "--ids", metadata))
        .failed(3, "every embedding must have an id; embeddings=1500, ids=1501");
    Files.writeString(out, "no index at all");
    Cli.run("retrieve", "search", "--index", out, "--queries", queries)
        .failed(3, "x.index: is not an index; make one with efferent retrieve index");
    Cli.Result nobody =
        Cli.run(
            "retrieve",
            "search",
            "--index",
            "jdbc:postgresql://127.0.0.1:1/x?user=u&password=secret",
            "--queries",
            queries);
    assertThat(nobody.status()).isEqualTo(4);
    assertThat(nobody.err())
        .startsWith(
            "efferent: jdbc:postgresql://127.0.0.1:1/x table embeddings: cannot be reached: ")
        .doesNotContain("secret");
  }
}
