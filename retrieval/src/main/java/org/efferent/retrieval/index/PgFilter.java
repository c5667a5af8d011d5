package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.core.UsageException;

/**
 * A filter as a condition in SQL: names of columns are those that the table has, values are
 * parameters. Comparisons with what is missing are false, not unknown.
 */
final class PgFilter {
  private final Map<String, Boolean> columns;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  /** Names of columns, and whether they hold numbers. */
  PgFilter(Map<String, Boolean> columns, Filter filter) {
    this.columns = columns;
    add(filter);
  }

  String sql() {
    return sql.toString();
  }

  /** A {@link Double} or {@link String} for each question mark. */
  List<Object> parameters() {
    return parameters;
  }

  /** The column of metadata in the table. */
  static String column(String name) {
    return "\"m_" + name + "\"";
  }

  private void add(Filter filter) {
    if (filter instanceof Filter.Equal equal) {
      in(equal.column(), List.of(equal.value()));
    } else if (filter instanceof Filter.In in) {
      in(in.column(), in.values());
    } else if (filter instanceof Filter.Range range) {
      range(range);
    } else if (filter instanceof Filter.Not not) {
      sql.append("NOT ");
      add(not.filter());
    } else if (filter instanceof Filter.And and) {
      join(and.filters(), "TRUE", " AND ");
    } else if (filter instanceof Filter.Or or) {
      join(or.filters(), "FALSE", " OR ");
    }
  }

  private void join(List<Filter> filters, String none, String word) {
    sql.append('(').append(filters.isEmpty() ? none : "");
    for (int i = 0; i < filters.size(); i++) {
      sql.append(i > 0 ? word : "");
      add(filters.get(i));
    }
    sql.append(')');
  }

  private boolean numbers(String name) {
    Boolean numbers = columns.get(name);
    if (numbers == null) {
      throw new UsageException(
          "a filter must name a column of the index; column='%s', there are %s"
              .formatted(name, columns.keySet()));
    }
    return numbers;
  }

  private void in(String name, List<String> values) {
    boolean numbers = numbers(name);
    // PostgreSQL has no texts with zeros, so that none equals such a value.
    List<String> possible = values.stream().filter(v -> v.indexOf('\0') < 0).toList();
    if (possible.isEmpty()) {
      sql.append("FALSE");
      return;
    }
    sql.append("COALESCE(").append(column(name)).append(" IN (");
    for (int i = 0; i < possible.size(); i++) {
      String value = possible.get(i);
      sql.append(i > 0 ? ", ?" : "?");
      parameters.add(numbers ? (Object) FilterParser.number(name, value) : value);
    }
    sql.append("), FALSE)");
  }

  private void range(Filter.Range range) {
    if (!numbers(range.column())) {
      throw new UsageException(
          "a range must be over a column of numbers; column '%s' holds texts"
              .formatted(range.column()));
    }
    String column = column(range.column());
    sql.append("COALESCE(").append(column).append(range.fromIncluded() ? " >= ?" : " > ?");
    sql.append(" AND ").append(column).append(range.toIncluded() ? " <= ?" : " < ?");
    sql.append(", FALSE)");
    parameters.add(range.from());
    parameters.add(range.to());
  }
}
