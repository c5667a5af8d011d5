package org.efferent.data.mat;

import java.util.Objects;

/** An array of characters; usually one row. */
public final class MatText implements MatValue {
  private final long[] shape;
  private final String characters;

  /**
   * Characters.
   *
   * @param shape sizes
   * @param characters column-major, as many as the sizes say
   */
  MatText(long[] shape, String characters) {
    this.shape = shape.clone();
    this.characters = Objects.requireNonNull(characters, "characters");
  }

  @Override
  public String className() {
    return "char";
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of rows; 0 if there is no character. */
  public int rows() {
    return characters.isEmpty() ? 0 : (int) shape[0];
  }

  /**
   * A row of a matrix of characters, without the blanks that pad it.
   *
   * @param row from 0
   * @return the text
   */
  public String row(int row) {
    Objects.checkIndex(row, rows());
    StringBuilder text = new StringBuilder();
    for (int i = row; i < characters.length(); i += rows()) {
      text.append(characters.charAt(i));
    }
    return text.toString().stripTrailing();
  }

  /** The text: the row if there is one, all rows with line feeds between them otherwise. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows(); r++) {
      text.append(r == 0 ? "" : "\n").append(row(r));
    }
    return text.toString();
  }
}
