package org.efferent.retrieval.split;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.data.split.SentenceSplit.Part;

/** Which part of the data each row belongs to. */
public final class Assignment {
  private final List<Part> parts;

  /**
   * An assignment.
   *
   * @param parts of each row
   */
  public Assignment(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Rows. */
  public int size() {
    return parts.size();
  }

  /**
   * The part of a row.
   *
   * @param row from 0
   * @return its part
   */
  public Part part(int row) {
    return parts.get(row);
  }

  /**
   * The rows of a part, rising.
   *
   * @param part which
   * @return rows, from 0
   */
  public int[] rows(Part part) {
    return IntStream.range(0, parts.size()).filter(r -> parts.get(r) == part).toArray();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Arrays.stream(Part.values())
        .forEach(p -> text.append(p).append(' ').append(rows(p).length).append(' '));
    return text.toString().strip();
  }
}
