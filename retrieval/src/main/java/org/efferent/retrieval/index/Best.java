package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/** The k best of rows by their final scores, equal scores by id. */
final class Best {
  private final int k;
  private final IntFunction<String> ids;
  private final PriorityQueue<Scored> heap;

  private record Scored(int row, double score) {}

  Best(int k, IntFunction<String> ids) {
    this.k = k;
    this.ids = ids;
    this.heap = new PriorityQueue<>(worstFirst());
  }

  private Comparator<Scored> worstFirst() {
    return (a, b) -> {
      int byScore = Double.compare(a.score(), b.score());
      return byScore != 0 || a.row() == b.row()
          ? byScore
          : Ids.compare(ids.apply(b.row()), ids.apply(a.row()));
    };
  }

  void add(int row, double score) {
    // Minus zero is zero.
    Scored scored = new Scored(row, score + 0.0);
    if (heap.size() < k) {
      heap.add(scored);
    } else if (worstFirst().compare(scored, heap.peek()) > 0) {
      heap.poll();
      heap.add(scored);
    }
  }

  boolean isFull() {
    return heap.size() == k;
  }

  /** The smallest score that is kept, if {@link #isFull}. */
  double worst() {
    return heap.peek().score();
  }

  List<Hits.Hit> hits() {
    List<Scored> sorted = new ArrayList<>(heap);
    sorted.sort(worstFirst().reversed());
    return sorted.stream().map(s -> new Hits.Hit(ids.apply(s.row()), s.score())).toList();
  }
}
