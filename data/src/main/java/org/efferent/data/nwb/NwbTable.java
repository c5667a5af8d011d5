package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.data.Shown;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5Node;

/** A table of NWB ({@code DynamicTable}): a data set a column, read when it is asked for. */
final class NwbTable {
  private final String file;
  private final Hdf5Node group;
  private final Map<String, Hdf5Dataset> columns = new LinkedHashMap<>();

  NwbTable(String file, Hdf5Node group) {
    this.file = file;
    this.group = group;
    for (Hdf5Node child : group.children()) {
      if (!child.isGroup()) {
        columns.put(child.name(), child.dataset());
      }
    }
  }

  Optional<Hdf5Dataset> column(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /** Columns in the order of the table, without those that are not one value a row. */
  List<String> plain(long rows) {
    List<String> names = group.texts("colnames");
    return (names.isEmpty() ? List.copyOf(columns.keySet()) : names)
        .stream()
            .filter(n -> columns.containsKey(n) && !columns.containsKey(n + "_index"))
            .filter(
                n -> {
                  Hdf5Dataset data = columns.get(n);
                  return data.shape().length == 1
                      && data.elements() == rows
                      && (data.isNumeric() || data.isText());
                })
            .toList();
  }

  /** The numbers of a column of one value a row; NaN where there is no such column. */
  double[] numbers(String name) {
    Hdf5Dataset data = columns.get(name);
    if (data == null || !data.isNumeric()) {
      return new double[0];
    }
    return data.doubles();
  }

  /** The cells of a column as texts; numbers without needless zeros. */
  List<String> texts(String name) {
    Hdf5Dataset data = columns.get(name);
    if (data == null) {
      return List.of();
    }
    if (data.isText()) {
      return data.texts();
    }
    List<String> texts = new ArrayList<>();
    if (data.isNumeric()) {
      for (double number : data.doubles()) {
        texts.add(Shown.number(number));
      }
    }
    return texts;
  }

  /**
   * Where the rows of a ragged column end.
   *
   * @param name of the column
   * @return {@code [rows]}, ascending, none beyond the column
   * @throws InputException if it is not so
   */
  long[] ends(String name) {
    double[] numbers = numbers(name + "_index");
    long elements = column(name).map(Hdf5Dataset::elements).orElse(0L);
    long[] ends = new long[numbers.length];
    long before = 0;
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (long) numbers[i];
      if (ends[i] < before || ends[i] > elements) {
        throw new InputException(
            "%s: %s/%s_index: must ascend from 0 to %d; row %d has %d after %d; it is damaged"
                .formatted(file, group.path(), name, elements, i, ends[i], before));
      }
      before = ends[i];
    }
    return ends;
  }
}
