package org.efferent.filters;

/** The k smallest of a run of distances, the largest of them on top: a bounded binary heap. */
final class NearestHeap {
  private final double[] keys;
  private final int[] indices;
  private int size;

  NearestHeap(int capacity) {
    keys = new double[capacity];
    indices = new int[capacity];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** In the heap's order, which is no order. */
  int index(int position) {
    return indices[position];
  }

  /** Keeps a row if it is nearer than the farthest kept; indices must be offered ascending. */
  void offer(double key, int index) {
    if (size < keys.length) {
      int hole = size++;
      while (hole > 0 && keys[(hole - 1) / 2] < key) {
        move((hole - 1) / 2, hole);
        hole = (hole - 1) / 2;
      }
      put(hole, key, index);
    } else if (key < keys[0]) {
      sift(size, key, index);
    }
  }

  /** Removes the farthest; of equal ones either. */
  int poll() {
    int top = indices[0];
    size--;
    if (size > 0) {
      sift(size, keys[size], indices[size]);
    }
    return top;
  }

  private void sift(int bound, double key, int index) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= bound) {
        break;
      }
      if (child + 1 < bound && keys[child + 1] > keys[child]) {
        child++;
      }
      if (keys[child] <= key) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, key, index);
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    indices[to] = indices[from];
  }

  private void put(int at, double key, int index) {
    keys[at] = key;
    indices[at] = index;
  }
}
