package org.efferent.data.edf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;

/** The bytes of the annotation signal of each data record. */
final class EdfAnnotations {
  private static final int LEAST = 120;
  private static final int MOST = 1 << 20;

  /** Bytes a data record: a multiple of 2 and 3. */
  final int bytes;

  private final double[] onsets;
  private final List<byte[]> lists = new ArrayList<>();
  private final int[] until;

  /**
   * Distributes the annotations.
   *
   * @param out name of the file to be, for errors
   * @param markers in order of time, seconds after the first sample
   * @param onsets start of each data record
   */
  EdfAnnotations(String out, List<Marker> markers, double[] onsets) {
    this.onsets = onsets;
    for (Marker m : markers) {
      lists.add(EdfText.annotation(m.time(), m.durationSeconds(), clean(m.label())));
    }
    int capacity = LEAST;
    int[] ends = distribute(markers, capacity);
    while (ends == null) {
      capacity *= 2;
      if (capacity > MOST || onsets.length == 0) {
        throw new UnsupportedInputException(
            "%s: %d annotations do not fit into %d data records; write fewer"
                .formatted(out, markers.size(), onsets.length));
      }
      ends = distribute(markers, capacity);
    }
    bytes = capacity;
    until = ends;
  }

  /** Writes those of one data record into an array of {@link #bytes}. */
  void fill(int record, byte[] into) {
    Arrays.fill(into, (byte) 0);
    byte[] start = start(record);
    System.arraycopy(start, 0, into, 0, start.length);
    int at = start.length;
    for (int i = record == 0 ? 0 : until[record - 1]; i < until[record]; i++) {
      byte[] list = lists.get(i);
      System.arraycopy(list, 0, into, at, list.length);
      at += list.length;
    }
  }

  /**
   * Each goes to the data record of its time or, where that is full, to a later one. The result is
   * where the lists of each record end, or null if they do not fit.
   */
  private int[] distribute(List<Marker> markers, int capacity) {
    int[] ends = new int[onsets.length];
    int next = 0;
    for (int r = 0; r < onsets.length; r++) {
      int left = capacity - start(r).length;
      boolean last = r == onsets.length - 1;
      while (next < lists.size()
          && lists.get(next).length <= left
          && (last || markers.get(next).time() < onsets[r + 1])) {
        left -= lists.get(next++).length;
      }
      ends[r] = next;
    }
    return next == lists.size() ? ends : null;
  }

  private byte[] start(int record) {
    return EdfText.annotation(onsets[record], 0, "");
  }

  /** The separators of the lists cannot be text. */
  private static String clean(String label) {
    return label.replace('\u0014', ' ').replace('\u0015', ' ').replace('\0', ' ');
  }
}
