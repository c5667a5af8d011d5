package org.efferent.retrieval.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.efferent.core.InputException;

/** Which candidates are right for each query: at least one, several where stimuli repeat. */
public final class Truth {
  private final int candidates;
  private final int[][] right;

  /** What to do where several candidates have one identity. */
  public enum Several {
    /** It is a mistake of the gallery: say so. */
    REFUSE,
    /** All of them are right. */
    ACCEPT
  }

  private Truth(int candidates, int[][] right) {
    this.candidates = candidates;
    this.right = right;
  }

  /**
   * Any truth.
   *
   * @param candidates size of the gallery
   * @param right the right candidates of each query, from 0; copied
   * @return the truth
   * @throws InputException if a query has none, one twice, or one outside the gallery
   */
  public static Truth of(int candidates, List<int[]> right) {
    int[][] copy = new int[right.size()][];
    for (int q = 0; q < copy.length; q++) {
      copy[q] = right.get(q).clone();
      Arrays.sort(copy[q]);
      boolean outside =
          copy[q].length == 0 || copy[q][0] < 0 || copy[q][copy[q].length - 1] >= candidates;
      if (outside || IntStream.of(copy[q]).distinct().count() != copy[q].length) {
        throw new InputException(
            "the truth of a query must be distinct rows of the gallery, 0 to %d; query %d (from 0) has %s"
                .formatted(candidates - 1, q, Arrays.toString(right.get(q))));
      }
    }
    return new Truth(candidates, copy);
  }

  /**
   * Row i answers row i.
   *
   * @param queries how many
   * @param candidates how many
   * @return the truth
   * @throws InputException if they are not as many
   */
  public static Truth sameRow(int queries, int candidates) {
    if (queries != candidates) {
      throw new InputException(
          "without a truth row i of the gallery answers row i of the queries, so there must be as many; queries=%d, gallery=%d; give the truth or the identities"
              .formatted(queries, candidates));
    }
    return new Truth(
        candidates, IntStream.range(0, queries).mapToObj(i -> new int[] {i}).toArray(int[][]::new));
  }

  /**
   * One row of the gallery a query.
   *
   * @param name where it comes from, for errors
   * @param rows the right row of each query, from 0
   * @param candidates size of the gallery
   * @return the truth
   * @throws InputException if a row lies outside the gallery
   */
  public static Truth ofRows(String name, long[] rows, int candidates) {
    int[][] right = new int[rows.length][];
    for (int q = 0; q < rows.length; q++) {
      if (rows[q] < 0 || rows[q] >= candidates) {
        throw new InputException(
            "%s: must name rows of the gallery, 0 to %d; entry %d (from 0) is %d; the gallery lacks that truth"
                .formatted(name, candidates - 1, q, rows[q]));
      }
      right[q] = new int[] {(int) rows[q]};
    }
    return new Truth(candidates, right);
  }

  /**
   * Right is what has the same identity.
   *
   * @param queries identity of each query
   * @param gallery identity of each candidate
   * @param several whether several candidates may have one
   * @return the truth
   * @throws InputException if a query's identity is not in the gallery, or is there twice and may
   *     not be
   */
  public static Truth ofIdentities(List<String> queries, List<String> gallery, Several several) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int c = 0; c < gallery.size(); c++) {
      List<Integer> same = places.computeIfAbsent(gallery.get(c), id -> new ArrayList<>());
      same.add(c);
      if (several == Several.REFUSE && same.size() > 1) {
        throw new InputException(
            "identities of the gallery must be distinct; '%s' is row %d and row %d (from 0); remove one, or say that several candidates may be right"
                .formatted(gallery.get(c), same.get(0), c));
      }
    }
    int[][] right = new int[queries.size()][];
    for (int q = 0; q < right.length; q++) {
      List<Integer> same = places.get(queries.get(q));
      if (same == null) {
        throw new InputException(
            "the gallery must hold the truth of every query; '%s' of query %d (from 0) is not in it; add it or leave the query out"
                .formatted(queries.get(q), q));
      }
      right[q] = same.stream().mapToInt(Integer::intValue).toArray();
    }
    return new Truth(gallery.size(), right);
  }

  /** Queries. */
  public int queries() {
    return right.length;
  }

  /** Candidates. */
  public int candidates() {
    return candidates;
  }

  /**
   * The right candidates of a query, rising; not to be modified.
   *
   * @param query from 0
   * @return at least one row of the gallery
   */
  int[] right(int query) {
    return right[query];
  }

  /**
   * A copy of the right candidates of a query, rising.
   *
   * @param query from 0
   * @return at least one row of the gallery
   */
  public int[] of(int query) {
    return right[query].clone();
  }

  /**
   * Which stimulus each query is of, from 0 in the order of first appearance: queries with the same
   * truth are of the same.
   *
   * @return {@code [queries]}
   */
  public int[] stimuli() {
    Map<String, Integer> numbers = new HashMap<>();
    int[] stimuli = new int[right.length];
    for (int q = 0; q < right.length; q++) {
      String key = Arrays.toString(right[q]);
      Integer number = numbers.get(key);
      if (number == null) {
        number = numbers.size();
        numbers.put(key, number);
      }
      stimuli[q] = number;
    }
    return stimuli;
  }

  /**
   * The truth of another query for each: for controls.
   *
   * @param from the query whose truth each gets
   * @return the truth, permuted
   */
  public Truth taken(int[] from) {
    return new Truth(candidates, IntStream.of(from).mapToObj(q -> right[q]).toArray(int[][]::new));
  }
}
