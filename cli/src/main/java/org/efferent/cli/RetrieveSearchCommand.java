package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.retrieval.index.ApproximateOptions;
import org.efferent.retrieval.index.EmbeddingFile;
import org.efferent.retrieval.index.EmbeddingIndex;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Filter;
import org.efferent.retrieval.index.Hits;
import org.efferent.retrieval.index.IndexFiles;
import org.efferent.retrieval.index.PgOptions;
import org.efferent.retrieval.index.PgVectorIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retrieve search}: the nearest of an index. */
@Command(
    name = "search",
    description = "Finds the k embeddings of an index that are nearest to each query.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent retrieve search --index clip.index --queries decoded.npy --k 10 --json",
      "  efferent retrieve search --index clip.index --queries q.npy --filter \"subject=1|2,session>2\"",
      "",
      "A filter is conditions that must all hold: =, != (with | between values), <, <=, >, >=. Best first,",
      "equal scores by id. An index on a server is named by its URL and --table."
    })
final class RetrieveSearchCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 86_400;

  @Mixin private OutputOptions output;

  @Option(
      names = "--index",
      paramLabel = "FILE|URL",
      required = true,
      description = "An index's file, or jdbc:postgresql://host/database of a server.")
  private String index;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table on the server (default: ${DEFAULT-VALUE}).")
  private String table = "embeddings";

  @Option(
      names = "--queries",
      paramLabel = "FILE.npy",
      required = true,
      description = "Embeddings, a row each.")
  private Path queries;

  @Option(names = "--k", paramLabel = "N", description = "Neighbours (default: ${DEFAULT-VALUE}).")
  private int k = 10;

  @Option(
      names = "--filter",
      paramLabel = "CONDITIONS",
      description = "Which embeddings may be found, by their metadata.")
  private String filter = "";

  @Option(names = "--exact", description = "Compare all, also where the file has a graph.")
  private boolean exact;

  @Option(
      names = "--breadth",
      paramLabel = "N",
      description = "Candidates of an approximate search (default: ${DEFAULT-VALUE}).")
  private int breadth = ApproximateOptions.DEFAULTS.searchBreadth();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "How long a server may take for an answer (default: ${DEFAULT-VALUE}).")
  private double deadline = 30;

  @Override
  public Integer call() {
    if (!(deadline >= 0.001 && deadline <= MOST_SECONDS)) {
      throw new UsageException("--deadline must be from 0.001 to 86400 s; deadline=" + deadline);
    }
    Filter conditions = Filter.parse(filter);
    try (EmbeddingFile file = EmbeddingFile.open(queries);
        EmbeddingIndex opened = open()) {
      int n = Math.toIntExact(file.rows().rows());
      float[] all = file.all();
      long begin = System.nanoTime();
      Hits hits = opened.search(all, n, k, conditions);
      double millis = (System.nanoTime() - begin) / 1e6;
      print(hits);
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("index", index.startsWith("jdbc:") ? table : index);
      result.put("metric", opened.metric().word());
      result.put("embeddings", opened.size());
      result.put("queries", n);
      result.put("k", k);
      result.put("filter", filter);
      result.put("millis", millis);
      if (opened instanceof PgVectorIndex server) {
        result.put("retries", server.retries());
      }
      result.put("hits", hits(hits));
      output.result(result);
    }
    return 0;
  }

  private EmbeddingIndex open() {
    if (index.startsWith("jdbc:")) {
      Duration answer = Duration.ofMillis(Math.round(deadline * 1000));
      return PgVectorIndex.open(
          new PgOptions(index, table, PgOptions.Method.EXACT, answer, 2, Math.min(1000, breadth)));
    }
    int cores = RetrieveIndexCommand.cores(threads);
    return exact
        ? ExactIndex.open(Path.of(index), cores)
        : IndexFiles.open(Path.of(index), cores, breadth);
  }

  private void print(Hits hits) {
    for (int q = 0; q < hits.queries(); q++) {
      int rank = 0;
      for (Hits.Hit hit : hits.of(q)) {
        output.text("query %d  %3d  %8.5f  %s", q, rank++, hit.score(), hit.id());
      }
    }
  }

  private static List<List<Map<String, Object>>> hits(Hits hits) {
    List<List<Map<String, Object>>> all = new ArrayList<>();
    for (int q = 0; q < hits.queries(); q++) {
      List<Map<String, Object>> some = new ArrayList<>();
      for (Hits.Hit hit : hits.of(q)) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", hit.id());
        one.put("score", hit.score());
        some.add(one);
      }
      all.add(some);
    }
    return all;
  }
}
