package org.efferent.data.mat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/**
 * Variables of a MAT-file of level 7.3: data sets of HDF5 whose sizes are those of MATLAB in
 * reverse, so that their row-major elements are MATLAB's column-major ones. Cells, and fields of
 * arrays of structs, are references into the group {@code #refs#}; the class is the attribute
 * {@code MATLAB_class}.
 */
final class Mat73 implements MatFile.Variables {
  private final Hdf5File file;
  private final Map<String, Hdf5Node> nodes = new LinkedHashMap<>();

  private Mat73(Hdf5File file) {
    this.file = file;
    for (Hdf5Node node : file.root().children()) {
      if (!node.name().startsWith("#")) {
        nodes.put(node.name(), node);
      }
    }
  }

  static Mat73 open(Path path) {
    Hdf5File file = Hdf5File.open(path);
    try {
      return new Mat73(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  @Override
  public MatValue get(String name) {
    return value(nodes.get(name));
  }

  @Override
  public String describe(String name) {
    return get(name).describe();
  }

  private MatValue value(Hdf5Node node) {
    String type = node.text("MATLAB_class").orElse("");
    if (node.isGroup()) {
      return type.isEmpty() || type.equals("struct") ? group(node) : new MatOther(type);
    }
    Hdf5Dataset data = node.dataset();
    if (first(node, "MATLAB_object_decode") != 0 && !type.equals("char")) {
      return new MatOther(type);
    }
    long[] shape = shape(node, data);
    boolean empty = java.util.Arrays.stream(shape).anyMatch(s -> s == 0);
    return switch (type) {
      case "cell" -> cell(shape, empty, data);
      case "char" -> new MatText(shape, empty ? "" : characters(data));
      case "struct" -> new MatStruct(shape, List.of(), (e, f) -> none());
      default -> {
        if (data.isReference()) {
          yield cell(shape, empty, data);
        }
        if (data.isNumeric()) {
          String name = type.isEmpty() ? data.describe().replaceAll(" .*", "") : type;
          yield new MatArray(name, shape, false, data::readFlat, where(data));
        }
        yield data.isCompound()
            ? new MatArray(type, shape, true, (f, c, i, o) -> {}, where(data))
            : new MatOther(type.isEmpty() ? data.describe() : type);
      }
    };
  }

  private static MatValue none() {
    return new MatArray("double", new long[] {0, 0}, false, (f, c, i, o) -> {}, "");
  }

  private String where(Hdf5Dataset data) {
    return file.name() + ": " + data.path();
  }

  private static double first(Hdf5Node node, String attribute) {
    double[] numbers = node.numbers(attribute);
    return numbers.length == 0 ? 0 : numbers[0];
  }

  /** An empty array is stored as its sizes, with a mark. */
  private long[] shape(Hdf5Node node, Hdf5Dataset data) {
    if (first(node, "MATLAB_empty") != 0 && data.isNumeric() && data.elements() <= 32) {
      double[] sizes = data.doubles();
      long[] shape = new long[Math.max(2, sizes.length)];
      boolean empty = sizes.length < 2;
      for (int i = 0; i < sizes.length; i++) {
        // A size that is none cannot be that of an empty array either.
        shape[i] = sizes[i] >= 0 && sizes[i] < 1 << 30 ? (long) sizes[i] : 0;
        empty |= shape[i] == 0;
      }
      return empty ? shape : new long[] {0, 0};
    }
    long[] stored = data.shape();
    long[] shape = new long[Math.max(2, stored.length)];
    java.util.Arrays.fill(shape, 1);
    for (int i = 0; i < stored.length; i++) {
      shape[i] = stored[stored.length - 1 - i];
    }
    return shape;
  }

  private MatCell cell(long[] shape, boolean empty, Hdf5Dataset data) {
    if (empty) {
      return new MatCell(shape, i -> none());
    }
    long[] references = data.references();
    return new MatCell(shape, i -> value(file.at(references[i])));
  }

  private static String characters(Hdf5Dataset data) {
    double[] codes = data.doubles();
    StringBuilder text = new StringBuilder(codes.length);
    for (double code : codes) {
      text.append((char) code);
    }
    return text.toString();
  }

  /** A struct, or an array of them: then each field is a data set of references. */
  private MatValue group(Hdf5Node node) {
    if (node.numbers("MATLAB_sparse").length > 0) {
      return new MatOther("sparse");
    }
    List<String> names = new ArrayList<>();
    List<Hdf5Node> fields = new ArrayList<>();
    long[] shape = {1, 1};
    boolean array = false;
    for (Hdf5Node child : node.children()) {
      names.add(child.name());
      fields.add(child);
      // References that are a cell array say so; those of an array of structs say nothing.
      if (!child.isGroup() && child.text("MATLAB_class").isEmpty()) {
        Hdf5Dataset data = child.dataset();
        if (data.isReference()) {
          array = true;
          shape = shape(child, data);
        }
      }
    }
    if (!array) {
      return new MatStruct(shape, names, (e, f) -> value(fields.get(f)));
    }
    // Read once a field: there is one a struct, and arrays of events are long.
    long[][] references = new long[names.size()][];
    return new MatStruct(
        shape,
        names,
        (e, f) -> {
          if (references[f] == null) {
            references[f] = fields.get(f).dataset().references();
          }
          return element(fields.get(f), references[f], e);
        });
  }

  private MatValue element(Hdf5Node field, long[] references, int index) {
    if (index >= references.length) {
      throw new InputException(
          "%s: %s: has %d elements, fewer than the other fields; it is damaged"
              .formatted(file.name(), field.path(), references.length));
    }
    return value(file.at(references[index]));
  }

  @Override
  public void close() {
    file.close();
  }
}
