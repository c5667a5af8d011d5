package org.efferent.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efferent.retrieval.index.ApproximateIndex;
import org.efferent.retrieval.index.ApproximateOptions;
import org.efferent.retrieval.index.EmbeddingIndex;
import org.efferent.retrieval.index.EmbeddingSource;
import org.efferent.retrieval.index.Entries;
import org.efferent.retrieval.index.ExactIndex;
import org.efferent.retrieval.index.Filter;
import org.efferent.retrieval.index.Hits;
import org.efferent.retrieval.index.Metric;

/**
 * The ten nearest of clustered vectors for a batch of 256 queries, by the cosine: exact, and by a
 * graph with its recall. Beside FAISS on the same vectors, and a product of numpy.
 */
final class RetrievalArea implements BenchArea {
  private static final int QUERIES = 256;
  private static final int K = 10;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    int rows = settings.size(5_000, 50_000);
    int width = settings.size(128, 256);
    ClusteredVectors made = new ClusteredVectors(rows, width, 200, 0);
    float[] vectors = new float[rows * width];
    float[] queries = new float[QUERIES * width];
    for (int i = 0; i < rows; i++) {
      made.read(i, vectors, i * width);
    }
    for (int i = 0; i < QUERIES; i++) {
      made.read(rows + i, queries, i * width);
    }
    Path folder = settings.folder();
    floats(folder.resolve("vectors.bin"), vectors);
    floats(folder.resolve("queries.bin"), queries);
    Entries entries = new Entries(EmbeddingSource.of(vectors, width));
    Path exact = folder.resolve("exact.index");
    Path graph = folder.resolve("graph.index");
    ExactIndex.write(exact, entries, Metric.COSINE, true);
    ApproximateIndex.write(
        graph,
        entries,
        Metric.COSINE,
        ApproximateOptions.DEFAULTS,
        settings.threads(),
        n -> {},
        true);
    String of = "%,d × %d, ".formatted(rows, width);
    List<Measured> all = new ArrayList<>();
    try (EmbeddingIndex flat = ExactIndex.open(exact, settings.threads());
        EmbeddingIndex near =
            ApproximateIndex.open(
                graph, settings.threads(), ApproximateOptions.DEFAULTS.searchBreadth())) {
      all.add(
          turns(settings, of + "exact, batches of 256", "FAISS IndexFlatIP", "flat", width)
              .python(
                  settings.python(),
                  "numpy product",
                  "numpy",
                  "index",
                  "product",
                  folder,
                  width,
                  settings.threads())
              .run(() -> rate(flat, queries)));
      all.add(
          turns(settings, of + "HNSW, batches of 256", "FAISS IndexHNSWFlat", "hnsw", width)
              .run(() -> rate(near, queries)));
      all.add(recall(settings, of, near, flat, queries, width));
    }
    return all;
  }

  private static Turns turns(
      BenchSettings settings, String what, String peer, String kind, int width) {
    return new Turns("retrieval", what, "queries/s", true, settings.rounds())
        .python(
            settings.python(),
            peer,
            "faiss",
            "index",
            kind,
            settings.folder(),
            width,
            settings.threads());
  }

  private static double rate(EmbeddingIndex index, float[] queries) {
    long begin = System.nanoTime();
    index.search(queries, QUERIES, K, Filter.ALL);
    return QUERIES * 1e9 / (System.nanoTime() - begin);
  }

  /** Not a speed: one round, and what it must be read with. */
  private static Measured recall(
      BenchSettings settings,
      String of,
      EmbeddingIndex near,
      EmbeddingIndex flat,
      float[] queries,
      int width) {
    Hits found = near.search(queries, QUERIES, K, Filter.ALL);
    Hits truth = flat.search(queries, QUERIES, K, Filter.ALL);
    int common = 0;
    for (int q = 0; q < QUERIES; q++) {
      Set<String> ids = new HashSet<>(found.ids(q));
      ids.retainAll(truth.ids(q));
      common += ids.size();
    }
    Measured.Peer peer;
    PythonPeer python = settings.python();
    String why = python == null ? "no --python was named" : python.lacks("faiss");
    if (why.isEmpty()) {
      double theirs =
          python.ask("index", "recall", settings.folder(), width, settings.threads())[0];
      peer = new Measured.Peer("FAISS IndexHNSWFlat", Spread.of(theirs), "");
    } else {
      peer = Measured.Peer.absent("FAISS IndexHNSWFlat", why);
    }
    return new Measured(
        "retrieval",
        of + "HNSW, recall of the ten",
        "share",
        true,
        Spread.of(common / (double) (QUERIES * K)),
        1,
        List.of(peer));
  }

  private static void floats(Path file, float[] values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    try {
      Files.write(file, b.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
