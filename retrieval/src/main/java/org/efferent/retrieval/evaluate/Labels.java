package org.efferent.retrieval.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.efferent.core.InputException;

/** Identities of rows: of each row its stimulus, subject and so on, as far as they are known. */
public final class Labels {
  private final int rows;
  private final Map<Identity, List<String>> columns;

  private Labels(int rows, Map<Identity, List<String>> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Rows of which nothing is known yet.
   *
   * @param rows how many
   * @return labels
   */
  public static Labels of(int rows) {
    return new Labels(rows, new EnumMap<>(Identity.class));
  }

  /**
   * Rows of which one identity is known.
   *
   * @param identity which
   * @param values of each row
   * @return labels
   */
  public static Labels of(Identity identity, List<String> values) {
    return of(values.size()).with(identity, values);
  }

  /**
   * The same with one identity more.
   *
   * @param identity which
   * @param values of each row
   * @return labels
   * @throws InputException if there are not as many as rows
   */
  public Labels with(Identity identity, List<String> values) {
    if (values.size() != rows) {
      throw new InputException(
          "there must be a %s a row; rows=%d, given=%d"
              .formatted(identity.word(), rows, values.size()));
    }
    Map<Identity, List<String>> more = new EnumMap<>(Identity.class);
    more.putAll(columns);
    more.put(identity, List.copyOf(values));
    return new Labels(rows, more);
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /**
   * Whether an identity is known.
   *
   * @param identity which
   * @return whether it is
   */
  public boolean has(Identity identity) {
    return columns.containsKey(identity);
  }

  /**
   * An identity of every row.
   *
   * @param identity which
   * @return {@code [rows]}
   * @throws InputException if it is not known
   */
  public List<String> get(Identity identity) {
    List<String> values = columns.get(identity);
    if (values == null) {
      throw new InputException(
          "this needs the %s of every row, which is not known; give it".formatted(identity.word()));
    }
    return values;
  }

  /**
   * Some rows, in the order named.
   *
   * @param which rows, from 0
   * @return their labels
   */
  public Labels select(int[] which) {
    for (int row : which) {
      Objects.checkIndex(row, rows);
    }
    Map<Identity, List<String>> less = new EnumMap<>(Identity.class);
    columns.forEach(
        (identity, values) ->
            less.put(identity, IntStream.of(which).mapToObj(values::get).toList()));
    return new Labels(which.length, less);
  }
}
