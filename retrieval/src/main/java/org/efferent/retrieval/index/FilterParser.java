package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.UsageException;

/** The text of a filter. */
final class FilterParser {
  private static final Pattern CONDITION =
      Pattern.compile("\\s*([^=!<>]+?)\\s*(!=|<=|>=|[=<>])(.*)");

  private FilterParser() {}

  static Filter parse(String text) {
    List<Filter> conditions = new ArrayList<>();
    if (!text.isBlank()) {
      for (String condition : text.split(",", -1)) {
        conditions.add(condition(condition));
      }
    }
    return conditions.size() == 1 ? conditions.get(0) : new Filter.And(conditions);
  }

  private static Filter condition(String text) {
    Matcher m = CONDITION.matcher(text);
    if (!m.matches()) {
      throw new UsageException(
          "a filter is made of conditions such as subject=1|2, kind!=test or session>2; condition='%s'"
              .formatted(text.strip()));
    }
    String column = m.group(1);
    String value = m.group(3).strip();
    return switch (m.group(2)) {
      case "=" -> equal(column, value);
      case "!=" -> new Filter.Not(equal(column, value));
      case "<" -> range(column, null, value, false);
      case "<=" -> range(column, null, value, true);
      case ">" -> range(column, value, null, false);
      default -> range(column, value, null, true);
    };
  }

  private static Filter equal(String column, String value) {
    String[] values = value.split("\\|", -1);
    return values.length == 1
        ? new Filter.Equal(column, value)
        : new Filter.In(column, List.of(values).stream().map(String::strip).toList());
  }

  private static Filter range(String column, String from, String to, boolean included) {
    return new Filter.Range(
        column,
        from == null ? Double.NEGATIVE_INFINITY : number(column, from),
        from == null || included,
        to == null ? Double.POSITIVE_INFINITY : number(column, to),
        to == null || included);
  }

  /** A number that a column of numbers is compared with. */
  static double number(String column, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "column '%s' must be compared with a number; value='%s'".formatted(column, text));
  }
}
