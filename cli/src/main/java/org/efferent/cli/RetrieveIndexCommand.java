package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.data.Sha256;
import org.efferent.retrieval.index.ApproximateIndex;
import org.efferent.retrieval.index.ApproximateOptions;
import org.efferent.retrieval.index.EmbeddingFile;
import org.efferent.retrieval.index.Entries;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Ids;
import org.efferent.retrieval.index.IndexTables;
import org.efferent.retrieval.index.Metadata;
import org.efferent.retrieval.index.Metric;
import org.efferent.retrieval.index.PgOptions;
import org.efferent.retrieval.index.PgVectorIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retrieve index}: embeddings to an index. */
@Command(
    name = "index",
    description = "Makes an index of embeddings: exact, approximate, or on a PostgreSQL server.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent retrieve index --embeddings clip.npy --kind exact --out clip.index",
      "  efferent retrieve index --embeddings clip.npy --ids names.csv --metadata about.csv \\",
      "    --kind hnsw --out clip.index",
      "  efferent retrieve index --embeddings clip.npy --kind pgvector --table clip \\",
      "    --out jdbc:postgresql://127.0.0.1/lab?user=me",
      "",
      "Ids: the first cell of each line, or row numbers. Metadata: a header of names, then a line a row;",
      "columns of numbers or texts, by which a search may filter."
    })
final class RetrieveIndexCommand implements Callable<Integer> {
  private static final String SERVER = "jdbc:";

  /** What an index is. */
  enum Kind {
    EXACT,
    HNSW,
    PGVECTOR
  }

  @Mixin private OutputOptions output;

  @Option(
      names = "--embeddings",
      paramLabel = "FILE.npy",
      required = true,
      description = "Embeddings, a row each; [n,1,d] is read as [n,d].")
  private Path embeddings;

  @Option(names = "--ids", paramLabel = "FILE.csv", description = "An id a row, each once.")
  private Path ids;

  @Option(names = "--metadata", paramLabel = "FILE.csv", description = "What is known of each row.")
  private Path metadata;

  @Option(
      names = "--metric",
      paramLabel = "cosine|inner-product",
      description = "How embeddings are compared (default: ${DEFAULT-VALUE}).")
  private String metric = "cosine";

  @Option(
      names = "--kind",
      paramLabel = "exact|hnsw|pgvector",
      required = true,
      description = "Compares all; a graph of neighbours; PostgreSQL with pgvector.")
  private Kind kind;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table on the server (default: ${DEFAULT-VALUE}).")
  private String table = "embeddings";

  @Option(
      names = "--method",
      paramLabel = "exact|hnsw|ivfflat",
      description = "How the server looks (default: hnsw, or exact above 2000 numbers).")
  private PgOptions.Method method;

  @Option(
      names = "--degree",
      paramLabel = "N",
      description = "Most neighbours in the graph (default: ${DEFAULT-VALUE}).")
  private int degree = ApproximateOptions.DEFAULTS.degree();

  @Option(
      names = "--breadth",
      paramLabel = "N",
      description = "Candidates while the graph is built (default: ${DEFAULT-VALUE}).")
  private int breadth = ApproximateOptions.DEFAULTS.buildBreadth();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that build; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--out",
      paramLabel = "FILE|URL",
      required = true,
      description = "The index's file, or jdbc:postgresql://host/database of the server.")
  private String out;

  @Option(names = "--force", description = "Replace an index that exists.")
  private boolean force;

  @Override
  public Integer call() {
    boolean server = out.startsWith(SERVER);
    if (server != (kind == Kind.PGVECTOR)) {
      throw new UsageException(
          "--kind pgvector goes with --out jdbc:postgresql://…, the other kinds with a file");
    }
    Metric how = metric(metric);
    if (!server) {
      RunRecord.refuseExisting(Path.of(out), force);
    }
    long begin = System.nanoTime();
    Map<String, Object> result = new LinkedHashMap<>();
    try (EmbeddingFile file = EmbeddingFile.open(embeddings)) {
      Entries entries = entries(file);
      make(entries, how);
      result.put("out", server ? table : out);
      result.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
      result.put("metric", how.word());
      result.put("embeddings", entries.ids().size());
      result.put("width", file.rows().width());
      result.put("columns", columns(entries.metadata()));
      result.put("sha256", Sha256.of(embeddings));
      result.put("seconds", (System.nanoTime() - begin) / 1e9);
      output.text(
          "wrote %s: %d embeddings of %d numbers, %s, %s, in %.1f s",
          result.get("out"),
          entries.ids().size(),
          file.rows().width(),
          result.get("kind"),
          how.word(),
          result.get("seconds"));
    }
    output.result(result);
    return 0;
  }

  private Entries entries(EmbeddingFile file) {
    List<String> names =
        ids == null ? Ids.ofRows(Math.toIntExact(file.rows().rows())) : IndexTables.ids(ids);
    Metadata about = metadata == null ? Metadata.NONE : IndexTables.metadata(metadata);
    return new Entries(file.rows(), names, about);
  }

  private void make(Entries entries, Metric how) {
    int cores = cores(threads);
    switch (kind) {
      case EXACT -> ExactIndex.write(Path.of(out), entries, how, force);
      case HNSW ->
          ApproximateIndex.write(
              Path.of(out),
              entries,
              how,
              new ApproximateOptions(
                  degree,
                  breadth,
                  ApproximateOptions.DEFAULTS.searchBreadth(),
                  ApproximateOptions.DEFAULTS.alpha()),
              cores,
              n -> output.note("%d of %d embeddings are in the graph", n, entries.ids().size()),
              force);
      case PGVECTOR -> {
        boolean wide = entries.vectors().width() > 2000;
        PgOptions.Method chosen = wide ? PgOptions.Method.EXACT : PgOptions.Method.HNSW;
        PgOptions options = new PgOptions(out, table, method == null ? chosen : method);
        PgVectorIndex.create(options, entries, how, force).close();
      }
    }
  }

  private static List<String> columns(Metadata metadata) {
    return metadata.columns().stream().map(Metadata.Column::name).toList();
  }

  /** Threads that are meant: 0 is all cores. */
  static int cores(int threads) {
    if (threads < 0 || threads > 1024) {
      throw new UsageException("--threads must be from 0 to 1024; threads=" + threads);
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private static Metric metric(String word) {
    for (Metric known : Metric.values()) {
      if (known.word().equals(word)) {
        return known;
      }
    }
    throw new UsageException("--metric must be cosine or inner-product; metric=" + word);
  }
}
