package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/** What is known of each embedding besides its numbers: columns of numbers or texts. */
public final class Metadata {
  /** No columns. */
  public static final Metadata NONE = new Metadata(0, List.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,47}");
  private static final int MOST_COLUMNS = 256;

  private final int rows;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  /** Values of all rows. */
  public sealed interface Column permits Numbers, Texts {
    /** Its name: a letter, then letters, digits and underscores. */
    String name();

    /** How many values. */
    int rows();
  }

  /** A column of numbers; {@code NaN} where one is missing. */
  public static final class Numbers implements Column {
    private final String name;
    private final double[] values;

    /**
     * A column; the numbers are not copied.
     *
     * @param name its name
     * @param values one a row, finite or {@code NaN}
     */
    public Numbers(String name, double[] values) {
      this.name = checked(name);
      this.values = values;
      for (int row = 0; row < values.length; row++) {
        if (Double.isInfinite(values[row])) {
          throw new InputException(
              "row %d: column '%s' must hold finite numbers or none; value=%s"
                  .formatted(row, name, values[row]));
        }
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rows() {
      return values.length;
    }

    double value(int row) {
      return values[row];
    }
  }

  /** A column of texts; -1 as code where one is missing. */
  public static final class Texts implements Column {
    private final String name;
    private final int[] codes;
    private final List<String> dictionary;

    /**
     * A column.
     *
     * @param name its name
     * @param values one a row, {@code null} where it is missing
     * @return the column
     */
    public static Texts of(String name, List<String> values) {
      Map<String, Integer> known = new LinkedHashMap<>();
      int[] codes = new int[values.size()];
      for (int row = 0; row < codes.length; row++) {
        String value = values.get(row);
        if (value != null && value.indexOf('\0') >= 0) {
          throw new InputException(
              "row %d: column '%s' must hold texts without zeros".formatted(row, name));
        }
        codes[row] = value == null ? -1 : known.computeIfAbsent(value, v -> known.size());
      }
      return new Texts(name, codes, List.copyOf(known.keySet()));
    }

    Texts(String name, int[] codes, List<String> dictionary) {
      this.name = checked(name);
      this.codes = codes;
      this.dictionary = dictionary;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rows() {
      return codes.length;
    }

    int code(int row) {
      return codes[row];
    }

    List<String> dictionary() {
      return dictionary;
    }

    String value(int row) {
      return codes[row] < 0 ? null : dictionary.get(codes[row]);
    }
  }

  private Metadata(int rows, List<Column> columns) {
    this.rows = rows;
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new InputException(
            "columns of metadata must be equally long; '%s' has %d rows, '%s' has %d"
                .formatted(columns.get(0).name(), rows, column.name(), column.rows()));
      }
      if (this.columns.put(column.name(), column) != null) {
        throw new InputException("metadata has the column '%s' twice".formatted(column.name()));
      }
    }
    if (columns.size() > MOST_COLUMNS) {
      throw new InputException(
          "metadata may have %d columns; columns=%d".formatted(MOST_COLUMNS, columns.size()));
    }
  }

  /**
   * Metadata of columns.
   *
   * @param columns equally long, of different names
   * @return the metadata
   * @throws InputException if they are not
   */
  public static Metadata of(List<Column> columns) {
    return columns.isEmpty() ? NONE : new Metadata(columns.get(0).rows(), columns);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InputException(
          "a column's name must be a letter, then up to 47 letters, digits or underscores; name='%s'"
              .formatted(name));
    }
    return name;
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /** The columns in order. */
  public List<Column> columns() {
    return List.copyOf(columns.values());
  }

  /**
   * The column of a name.
   *
   * @throws UsageException if there is none
   */
  static Column column(Map<String, Column> columns, String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new UsageException(
          "a filter must name a column of the index; column='%s', there are %s"
              .formatted(name, columns.keySet()));
    }
    return column;
  }

  /**
   * The rows that pass.
   *
   * @param filter what must hold
   * @return a bit a row
   * @throws UsageException if it names a column that is not there, or compares texts with numbers
   */
  BitSet select(Filter filter, int size) {
    IntPredicate passes = compile(filter);
    BitSet rowsThatPass = new BitSet(size);
    for (int row = 0; row < size; row++) {
      if (passes.test(row)) {
        rowsThatPass.set(row);
      }
    }
    return rowsThatPass;
  }

  private IntPredicate compile(Filter filter) {
    if (filter instanceof Filter.Equal equal) {
      return in(equal.column(), List.of(equal.value()));
    }
    if (filter instanceof Filter.In in) {
      return in(in.column(), in.values());
    }
    if (filter instanceof Filter.Range range) {
      Numbers numbers = numbers(column(columns, range.column()));
      return row -> range.contains(numbers.value(row));
    }
    if (filter instanceof Filter.Not not) {
      return compile(not.filter()).negate();
    }
    if (filter instanceof Filter.And and) {
      List<IntPredicate> all = and.filters().stream().map(this::compile).toList();
      return row -> all.stream().allMatch(p -> p.test(row));
    }
    List<IntPredicate> any = ((Filter.Or) filter).filters().stream().map(this::compile).toList();
    return row -> any.stream().anyMatch(p -> p.test(row));
  }

  /** The column as numbers, or the error of a range over texts. */
  static Numbers numbers(Column column) {
    if (column instanceof Numbers numbers) {
      return numbers;
    }
    throw new UsageException(
        "a range must be over a column of numbers; column '%s' holds texts"
            .formatted(column.name()));
  }

  private IntPredicate in(String name, List<String> values) {
    Column column = column(columns, name);
    if (column instanceof Numbers numbers) {
      Set<Double> wanted = new HashSet<>();
      // 0.0 is added so that -0 is 0.
      values.forEach(v -> wanted.add(FilterParser.number(name, v) + 0.0));
      return row -> wanted.contains(numbers.value(row) + 0.0);
    }
    Texts texts = (Texts) column;
    BitSet wanted = new BitSet();
    List<String> dictionary = new ArrayList<>(texts.dictionary());
    for (String value : values) {
      int code = dictionary.indexOf(value);
      if (code >= 0) {
        wanted.set(code);
      }
    }
    return row -> texts.code(row) >= 0 && wanted.get(texts.code(row));
  }
}
