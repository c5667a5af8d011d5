package org.efferent.retrieval.index;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * A finished graph as JVector's searcher walks it, over the numbers of its section of the file, so
 * that it takes none of the heap. As int32: levels, entry node, width of an embedding; for each
 * level from 0 the most neighbours of a node and the nodes; then for each level from 1 its nodes,
 * ascending; then for each level and node the number of its neighbours and they, filled up.
 */
final class HnswGraph implements ImmutableGraphIndex, ImmutableGraphIndex.View {
  private static final int HEAD = 3;

  private final IntBuffer numbers;
  private final int levels;
  private final int[] degrees;
  private final int[] sizes;
  private final int[] nodesAt;
  private final int[] neighboursAt;

  /** Takes bytes as a writer gives them. */
  interface Out {
    void put(ByteBuffer bytes) throws IOException;
  }

  /**
   * A graph over numbers, which are not copied.
   *
   * @param bytes little-endian
   * @throws IllegalArgumentException if they are no graph of so many nodes
   */
  HnswGraph(ByteBuffer bytes, int nodes) {
    this.numbers = bytes.asIntBuffer();
    if (numbers.limit() < HEAD || numbers.get(0) < 1 || numbers.get(0) > 64) {
      throw new IllegalArgumentException("a graph must have 1 to 64 levels");
    }
    levels = numbers.get(0);
    degrees = new int[levels];
    sizes = new int[levels];
    nodesAt = new int[levels];
    neighboursAt = new int[levels];
    long at = HEAD + 2L * levels;
    for (int level = 0; level < levels && at <= numbers.limit(); level++) {
      degrees[level] = numbers.get(HEAD + 2 * level);
      sizes[level] = numbers.get(HEAD + 2 * level + 1);
    }
    for (int level = 1; level < levels; level++) {
      nodesAt[level] = (int) at;
      at += sizes[level];
    }
    for (int level = 0; level < levels; level++) {
      neighboursAt[level] = (int) at;
      at += (1L + degrees[level]) * sizes[level];
    }
    if (at != numbers.limit() || sizes[0] != nodes || entry() < 0 || entry() >= nodes) {
      throw new IllegalArgumentException(
          "a graph must be as long as its sizes say; numbers=%d, sizes=%s, nodes=%d"
              .formatted(numbers.limit(), Arrays.toString(sizes), nodes));
    }
  }

  /** Copies a graph that was built; its nodes are 0 to n-1. */
  static HnswGraph copy(ImmutableGraphIndex built, int nodes, int width) throws IOException {
    int levels = built.getMaxLevel() + 1;
    List<int[]> members = new ArrayList<>();
    long size = HEAD + 2L * levels;
    for (int level = 0; level < levels; level++) {
      int[] some = members(built.getNodes(level));
      members.add(some);
      size += (level > 0 ? some.length : 0) + (1L + built.getDegree(level)) * some.length;
    }
    ByteBuffer bytes = IndexWriter.little(Math.toIntExact(4 * size));
    try (View view = built.getView()) {
      bytes.putInt(levels).putInt(view.entryNode().node).putInt(width);
      for (int level = 0; level < levels; level++) {
        bytes.putInt(built.getDegree(level)).putInt(members.get(level).length);
      }
      for (int level = 1; level < levels; level++) {
        Arrays.stream(members.get(level)).forEach(bytes::putInt);
      }
      for (int level = 0; level < levels; level++) {
        for (int node : members.get(level)) {
          int[] near = members(view.getNeighborsIterator(level, node));
          bytes.putInt(near.length);
          for (int i = 0; i < built.getDegree(level); i++) {
            bytes.putInt(i < near.length ? near[i] : -1);
          }
        }
      }
    }
    return new HnswGraph(bytes.flip(), nodes);
  }

  private static int[] members(PrimitiveIterator.OfInt nodes) {
    IntStream.Builder all = IntStream.builder();
    while (nodes.hasNext()) {
      all.add(nodes.nextInt());
    }
    return all.build().sorted().toArray();
  }

  long bytes() {
    return 4L * numbers.limit();
  }

  /** Writes the section. */
  void write(Out out) throws IOException {
    ByteBuffer some = IndexWriter.little(1 << 16);
    for (int at = 0; at < numbers.limit(); ) {
      some.clear();
      for (; at < numbers.limit() && some.hasRemaining(); at++) {
        some.putInt(numbers.get(at));
      }
      out.put(some.flip());
    }
  }

  private int entry() {
    return numbers.get(1);
  }

  /** Where the neighbours of a node begin, with their number; -1 if it is not on the level. */
  private int place(int level, int node) {
    int index = node;
    if (level > 0) {
      int low = 0;
      int high = sizes[level] - 1;
      index = -1;
      while (low <= high && index < 0) {
        int middle = (low + high) >>> 1;
        int found = numbers.get(nodesAt[level] + middle);
        if (found == node) {
          index = middle;
        } else if (found < node) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
    }
    return index < 0 ? -1 : neighboursAt[level] + index * (1 + degrees[level]);
  }

  @Override
  public void processNeighbors(
      int level,
      int node,
      ScoreFunction scores,
      ImmutableGraphIndex.IntMarker visited,
      ImmutableGraphIndex.NeighborProcessor processor) {
    int at = place(level, node);
    if (at < 0) {
      return;
    }
    int count = Math.min(numbers.get(at), degrees[level]);
    for (int i = 1; i <= count; i++) {
      int neighbour = numbers.get(at + i);
      if (neighbour >= 0 && neighbour < sizes[0] && visited.mark(neighbour)) {
        processor.process(neighbour, scores.similarityTo(neighbour));
      }
    }
  }

  @Override
  public NodesIterator getNeighborsIterator(int level, int node) {
    int at = place(level, node);
    int count = at < 0 ? 0 : numbers.get(at);
    return NodesIterator.fromPrimitiveIterator(
        IntStream.range(0, count).map(i -> numbers.get(at + 1 + i)).iterator(), count);
  }

  @Override
  public NodesIterator getNodes(int level) {
    IntStream nodes = IntStream.range(0, sizes[level]);
    return NodesIterator.fromPrimitiveIterator(
        (level == 0 ? nodes : nodes.map(i -> numbers.get(nodesAt[level] + i))).iterator(),
        sizes[level]);
  }

  @Override
  public View getView() {
    return this;
  }

  @Override
  public NodeAtLevel entryNode() {
    return new NodeAtLevel(levels - 1, entry());
  }

  @Override
  public Bits liveNodes() {
    return Bits.ALL;
  }

  @Override
  public boolean contains(int level, int node) {
    return level < levels && place(level, node) >= 0;
  }

  @Override
  @SuppressWarnings("deprecation") // two interfaces have it, so it must be said which
  public int size() {
    return sizes[0];
  }

  @Override
  public int size(int level) {
    return sizes[level];
  }

  @Override
  public int getIdUpperBound() {
    return sizes[0];
  }

  @Override
  public int maxDegree() {
    return Arrays.stream(degrees).max().orElse(0);
  }

  @Override
  public List<Integer> maxDegrees() {
    return Arrays.stream(degrees).boxed().toList();
  }

  @Override
  public int getDegree(int level) {
    return degrees[level];
  }

  @Override
  public double getAverageDegree(int level) {
    return IntStream.range(0, sizes[level])
        .map(i -> numbers.get(neighboursAt[level] + i * (1 + degrees[level])))
        .average()
        .orElse(0);
  }

  @Override
  public int getDimension() {
    return numbers.get(2);
  }

  @Override
  public boolean isHierarchical() {
    return true;
  }

  @Override
  public int getMaxLevel() {
    return levels - 1;
  }

  @Override
  public long ramBytesUsed() {
    return 0;
  }

  @Override
  public void close() {
    // The file's pages belong to the index.
  }
}
