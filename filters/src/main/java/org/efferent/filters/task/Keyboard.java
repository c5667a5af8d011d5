package org.efferent.filters.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.UsageException;

/**
 * Keys on a square screen of six by six cells: the letters a to z, space, comma, full stop,
 * apostrophe, question mark and a key that deletes. Both layouts type the same 32 symbols. There
 * are no word suggestions.
 */
public final class Keyboard {
  /** The symbol of the key that deletes the last character. */
  public static final char DELETE = '\b';

  private static final int CELLS = 6;
  private static final int SYMBOLS = 32;

  /** Where the keys lie. */
  public enum Layout {
    /**
     * Letters in rows of six in the order of the alphabet; space takes four cells, delete two: easy
     * to find.
     */
    ALPHABETIC("abcdef/ghijkl/mnopqr/stuvwx/yz    /,.'?\b\b"),
    /**
     * In the manner of OPTI (MacKenzie and Zhang, CHI 1999, doi:10.1145/302979.302983): the ten
     * most frequent letters of English in the middle, so that frequent pairs are neighbours, rare
     * ones on the rim, and four keys for space, one beside every place where words end. The rows
     * are OPTI II's five; the sixth, which OPTI does not have, holds marks and delete.
     */
    OPTI("qkcgvj/ sind /wtheam/ uorl /zbfypx/,.'?\b\b");

    /** Rows from the top, between slashes; a symbol that is repeated is one wide key. */
    private final String rows;

    Layout(String rows) {
      this.rows = rows;
    }

    /** Its name on a command line. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A key.
   *
   * @param symbol what it types; {@link #DELETE} deletes
   * @param place where it lies
   */
  public record Key(char symbol, Target place) {
    /** What stands on it: the symbol, or "space", or "delete". */
    public String label() {
      return switch (symbol) {
        case ' ' -> "space";
        case DELETE -> "delete";
        default -> String.valueOf(symbol);
      };
    }
  }

  private final List<Key> keys;
  private final List<Target> places;

  /**
   * A keyboard in the middle of the screen.
   *
   * @param layout where the keys lie
   * @param side of the square that they fill, in the task's unit
   */
  public Keyboard(Layout layout, double side) {
    if (!(side > 0 && side < 1e6)) {
      throw new UsageException("a keyboard has a positive side; side=" + side);
    }
    double cell = side / CELLS;
    List<Key> made = new ArrayList<>();
    for (int row = 0; row < CELLS; row++) {
      String symbols = layout.rows.substring(row * (CELLS + 1), row * (CELLS + 1) + CELLS);
      double y = side / 2 - (row + 0.5) * cell;
      int from = 0;
      for (int column = 1; column <= CELLS; column++) {
        if (column == CELLS || symbols.charAt(column) != symbols.charAt(from)) {
          double width = (column - from) * cell;
          made.add(
              new Key(
                  symbols.charAt(from),
                  Target.rectangle(from * cell - side / 2 + width / 2, y, width, cell)));
          from = column;
        }
      }
    }
    keys = List.copyOf(made);
    places = keys.stream().map(Key::place).toList();
  }

  /** All keys, row by row from the upper left. */
  public List<Key> keys() {
    return keys;
  }

  /** Where they lie, in the same order. */
  public List<Target> places() {
    return places;
  }

  /** Different symbols, delete among them: the N of the achieved bit rate. */
  public int symbols() {
    return SYMBOLS;
  }

  /** The key at a place, if it is the place of one. */
  public Optional<Key> key(Target place) {
    return keys.stream().filter(key -> key.place().equals(place)).findFirst();
  }

  /**
   * The key of a symbol; of several the one that is nearest to a point.
   *
   * @param symbol one of this keyboard's
   * @param x of the point
   * @param y of the point
   */
  public Key nearest(char symbol, double x, double y) {
    return keys.stream()
        .filter(key -> key.symbol() == symbol)
        .min(Comparator.comparingDouble(key -> key.place().distance(x, y)))
        .orElseThrow(() -> new UsageException("no key types '" + symbol + "'"));
  }

  /**
   * A text in this keyboard's symbols: small letters, single spaces.
   *
   * @param text any
   * @return the text as it can be typed
   * @throws UsageException if it is empty or has characters that no key types
   */
  public String typeable(String text) {
    String plain = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) {
      throw new UsageException("a text to type has at least one character; text is blank");
    }
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (keys.stream().noneMatch(key -> key.symbol() == c)) {
        throw new UsageException(
            "a text to type has letters a to z, spaces and , . ' ? only; character "
                + (i + 1)
                + " is '"
                + c
                + "'");
      }
    }
    return plain;
  }
}
