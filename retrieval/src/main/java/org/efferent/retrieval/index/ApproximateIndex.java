package org.efferent.retrieval.index;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.data.AtomicFile;
import org.efferent.data.InputFiles;

/**
 * The approximate index: a hierarchical graph of near neighbours that JVector builds and walks
 * (hierarchical navigable small world). It may miss neighbours; those that it finds are scored and
 * ordered as by the exact index. Where few embeddings pass a filter, these are compared one by one.
 */
public final class ApproximateIndex extends FileIndex {
  /** Of so many embeddings one must pass, or the graph is not walked. */
  private static final int RARE = 100;

  /**
   * JVector's loggers, which warn of a slower path that is not taken here; set before any of its
   * classes loads, and kept, as a logger that nobody keeps forgets it.
   */
  @SuppressWarnings("UnusedVariable") // keeps the logger
  private static final Logger LIBRARY = quiet();

  private final HnswGraph graph;
  private final int searchBreadth;

  private ApproximateIndex(IndexFile file, HnswGraph graph, int threads, int searchBreadth) {
    super(file, threads);
    this.graph = graph;
    this.searchBreadth = searchBreadth;
  }

  /**
   * Builds and writes an index; a copy of the vectors lies beside the file meanwhile.
   *
   * @param file where it goes; nobody sees half of it
   * @param entries what it holds
   * @param metric how they will be compared
   * @param options of the graph
   * @param threads that build; with more than one the graph differs from run to run
   * @param progress hears how many embeddings are in the graph, now and then
   * @param overwrite whether a file that is there may be replaced
   * @throws InputException if an embedding is not finite, or zero where the cosine is asked
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced
   */
  public static void write(
      Path file,
      Entries entries,
      Metric metric,
      ApproximateOptions options,
      int threads,
      IntConsumer progress,
      boolean overwrite) {
    Blas.require();
    if (!overwrite && Files.exists(file)) {
      AtomicFile.write(file, false, out -> {}); // refuses
    }
    Path vectors =
        file.resolveSibling("." + InputFiles.name(file) + "." + UUID.randomUUID() + ".vectors");
    try {
      IndexWriter.write(vectors, entries, metric, null, false);
      HnswGraph graph = GraphBuilding.build(IndexFile.open(vectors), options, threads, progress);
      IndexWriter.write(file, entries, metric, graph, overwrite);
    } finally {
      deleteQuietly(vectors);
    }
  }

  private static Logger quiet() {
    Logger logger = Logger.getLogger("io.github.jbellis.jvector");
    logger.setLevel(Level.SEVERE);
    return logger;
  }

  private static void deleteQuietly(Path vectors) {
    try {
      Files.deleteIfExists(vectors);
    } catch (IOException e) {
      // Some platforms keep a file that is mapped; the error that brought us here matters more.
      vectors.toFile().deleteOnExit();
    }
  }

  /**
   * Opens an index.
   *
   * @param path its file
   * @param threads that search several queries
   * @param searchBreadth candidates that a search keeps, at least; see {@link ApproximateOptions}
   * @return the index
   * @throws InputException if the file is missing, no such index, damaged or cut short
   * @throws org.efferent.core.UnsupportedInputException if it is of another version
   * @throws UnavailableException if the native library does not load
   */
  public static ApproximateIndex open(Path path, int threads, int searchBreadth) {
    IndexFile file = IndexFile.open(path);
    if (file.graph() == null) {
      throw new InputException(
          InputFiles.name(path)
              + ": is an exact index, without a graph; make it anew with --kind hnsw, or search it exactly");
    }
    ApproximateOptions checked =
        new ApproximateOptions(
            ApproximateOptions.DEFAULTS.degree(),
            ApproximateOptions.DEFAULTS.buildBreadth(),
            searchBreadth,
            1);
    try {
      HnswGraph graph = new HnswGraph(file.graph(), file.header().count());
      return new ApproximateIndex(file, graph, threads, checked.searchBreadth());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          InputFiles.name(path) + ": is damaged: " + e.getMessage() + "; make the index anew", e);
    }
  }

  @Override
  Hits many(Queries queries, BitSet passing, int candidates, int k) {
    if (candidates < size() / RARE || k > candidates / 2) {
      return exactly(queries, passing, k);
    }
    Bits accepted = passing == null ? Bits.ALL : passing::get;
    int breadth = Math.max(searchBreadth, k);
    List<Hits.Hit>[] found = lists(queries.count());
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        Math.min(threads(), queries.count()),
        () -> {
          try (GraphSearcher searcher = new GraphSearcher(graph)) {
            for (int q = next.getAndIncrement(); q < found.length; q = next.getAndIncrement()) {
              found[q] = one(searcher, queries, q, k, breadth, accepted);
            }
          } catch (IOException e) {
            throw new UncheckedIOException("a graph in memory was not closed", e);
          }
        });
    return new Hits(Arrays.asList(found));
  }

  // An array of lists, each filled by one thread.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<Hits.Hit>[] lists(int count) {
    return new List[count];
  }

  private List<Hits.Hit> one(
      GraphSearcher searcher, Queries queries, int q, int k, int breadth, Bits accepted) {
    Best best = new Best(k, file().ids()::get);
    float[] row = new float[width()];
    double radius = file().largestNorm();
    try (NativeFloats query = new NativeFloats(queries.prepared(q, q + 1))) {
      SearchResult result =
          searcher.search(
              GraphBuilding.query(query.first(), queries.scale(q), file().vectors(), radius),
              breadth,
              accepted);
      for (SearchResult.NodeScore node : result.getNodes()) {
        file().vectors().read(node.node, row);
        best.add(node.node, queries.score(q, row));
      }
    }
    return best.hits();
  }
}
