package org.efferent.retrieval.index;

import java.util.List;
import org.efferent.core.UsageException;

/**
 * Which embeddings may be found, by their metadata. A value that is missing equals nothing and lies
 * in no range; {@link Not} is true wherever what it turns is not, so also there.
 */
public sealed interface Filter {
  /** Passes everything. */
  Filter ALL = new And(List.of());

  /**
   * A column equals a value; in a column of numbers as a number.
   *
   * @param column its name
   * @param value text, or a decimal number
   */
  record Equal(String column, String value) implements Filter {}

  /**
   * A column equals one of several values.
   *
   * @param column its name
   * @param values as of {@link Equal}
   */
  record In(String column, List<String> values) implements Filter {
    /** Copies the values. */
    public In {
      values = List.copyOf(values);
    }
  }

  /**
   * A column of numbers lies between two.
   *
   * @param column its name
   * @param from lower bound, may be -∞
   * @param fromIncluded whether the bound itself passes
   * @param to upper bound, may be ∞
   * @param toIncluded whether the bound itself passes
   */
  record Range(String column, double from, boolean fromIncluded, double to, boolean toIncluded)
      implements Filter {
    /** Checks that the bounds are numbers. */
    public Range {
      if (Double.isNaN(from) || Double.isNaN(to)) {
        throw new UsageException(
            "a range must have numbers as bounds; from=%s, to=%s".formatted(from, to));
      }
    }

    boolean contains(double value) {
      return (fromIncluded ? value >= from : value > from)
          && (toIncluded ? value <= to : value < to);
    }
  }

  /**
   * All of several; true if there are none.
   *
   * @param filters what must hold
   */
  record And(List<Filter> filters) implements Filter {
    /** Copies the list. */
    public And {
      filters = List.copyOf(filters);
    }
  }

  /**
   * At least one of several; false if there are none.
   *
   * @param filters of which one must hold
   */
  record Or(List<Filter> filters) implements Filter {
    /** Copies the list. */
    public Or {
      filters = List.copyOf(filters);
    }
  }

  /**
   * The opposite.
   *
   * @param filter what must not hold
   */
  record Not(Filter filter) implements Filter {}

  /**
   * Reads a filter: conditions that must all hold, with commas between them, such as {@code
   * subject=1|2,session>2,kind!=test}. The signs are {@code =} and {@code !=}, with {@code |}
   * between values of which one must be equal, and {@code <}, {@code <=}, {@code >}, {@code >=} for
   * numbers.
   *
   * @param text the conditions; blank for none
   * @return the filter
   * @throws UsageException if it is not such a text
   */
  static Filter parse(String text) {
    return FilterParser.parse(text);
  }
}
