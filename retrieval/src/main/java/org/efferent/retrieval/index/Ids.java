package org.efferent.retrieval.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;

/** The names of embeddings: texts that are not empty, none twice. */
public final class Ids {
  /** Longest id in bytes of UTF-8. */
  static final int LONGEST = 1024;

  private Ids() {}

  /**
   * Numbers of rows as ids, for embeddings without names.
   *
   * @param rows how many
   * @return {@code 0}, {@code 1}, …
   */
  public static List<String> ofRows(int rows) {
    List<String> ids = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      ids.add(Integer.toString(i));
    }
    return ids;
  }

  /**
   * The order of ids: shorter ones first, equally long ones by their bytes in UTF-8, so that plain
   * numbers stand in their order.
   *
   * @param a one id
   * @param b another
   * @return negative, 0 or positive
   */
  public static int compare(String a, String b) {
    byte[] left = a.getBytes(StandardCharsets.UTF_8);
    byte[] right = b.getBytes(StandardCharsets.UTF_8);
    return left.length != right.length
        ? Integer.compare(left.length, right.length)
        : Arrays.compareUnsigned(left, right);
  }

  /** Refuses ids that are empty, too long or there twice. */
  static void check(List<String> ids) {
    Map<String, Integer> seen = new HashMap<>(ids.size() * 2);
    for (int row = 0; row < ids.size(); row++) {
      String id = ids.get(row);
      int bytes = id.length() > LONGEST ? id.length() : id.getBytes(StandardCharsets.UTF_8).length;
      if (id.isEmpty() || bytes > LONGEST || id.indexOf('\0') >= 0) {
        throw new InputException(
            "row %d: an id must have 1 to %d bytes and no zeros; bytes=%d"
                .formatted(row, LONGEST, bytes));
      }
      Integer before = seen.put(id, row);
      if (before != null) {
        throw new InputException(
            "ids must be unique; rows %d and %d are both '%s'; name each embedding once"
                .formatted(before, row, id));
      }
    }
  }
}
