package org.efferent.data.mat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a value is when a number, a text or a list of texts is wanted. */
public final class MatValues {
  private MatValues() {}

  /**
   * A number.
   *
   * @param value any
   * @return its first element; empty if it has none or is not numeric
   */
  public static OptionalDouble number(MatValue value) {
    if (value instanceof MatArray array && array.elements() > 0) {
      double[] one = new double[1];
      array.read(0, 1, one, 0);
      return OptionalDouble.of(one[0]);
    }
    return OptionalDouble.empty();
  }

  /**
   * A text.
   *
   * @param value any
   * @return the characters; a number without needless decimals; the first cell of a cell array;
   *     empty if it is nothing of that
   */
  public static String text(MatValue value) {
    if (value instanceof MatText text) {
      return text.text();
    }
    if (value instanceof MatCell cell && cell.size() == 1 && !(cell.get(0) instanceof MatCell)) {
      return text(cell.get(0));
    }
    OptionalDouble number = number(value);
    return number.isPresent() ? plain(number.getAsDouble()) : "";
  }

  /**
   * Texts.
   *
   * @param value a cell array of texts, or a matrix of characters
   * @return one a cell or row; empty if it is neither
   */
  public static List<String> texts(MatValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof MatCell cell) {
      for (int i = 0; i < cell.size(); i++) {
        texts.add(text(cell.get(i)));
      }
    } else if (value instanceof MatText text) {
      for (int i = 0; i < text.rows(); i++) {
        texts.add(text.row(i));
      }
    }
    return texts;
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
