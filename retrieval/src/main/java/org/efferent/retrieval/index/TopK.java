package org.efferent.retrieval.index;

/** The rows of the largest of many scores: a heap whose root is the smallest that is kept. */
final class TopK {
  private final float[] scores;
  private final int[] rows;
  private int size;

  TopK(int capacity) {
    scores = new float[capacity];
    rows = new int[capacity];
  }

  int size() {
    return size;
  }

  int row(int index) {
    return rows[index];
  }

  /** What a score must exceed to be kept; all that was not kept is at most that. */
  float threshold() {
    return size < scores.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /** Takes a score above {@link #threshold}. */
  void add(float score, int row) {
    if (size < scores.length) {
      int i = size++;
      while (i > 0 && scores[(i - 1) / 2] > score) {
        move((i - 1) / 2, i);
        i = (i - 1) / 2;
      }
      set(i, score, row);
      return;
    }
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && scores[child + 1] < scores[child]) {
        child++;
      }
      if (scores[child] >= score) {
        break;
      }
      move(child, i);
      i = child;
    }
    set(i, score, row);
  }

  private void move(int from, int to) {
    scores[to] = scores[from];
    rows[to] = rows[from];
  }

  private void set(int at, float score, int row) {
    scores[at] = score;
    rows[at] = row;
  }
}
