package org.efferent.decoders.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.data.Sha256;
import org.efferent.data.npy.NpyFloats;
import org.efferent.decoders.encoder.SensorLayout;

/**
 * Windows with their targets, in a folder. Windows and targets stay in their files and are mapped,
 * so that they may be larger than memory; what is in the heap is the table of examples. Reading may
 * be done by several threads; who opened it closes it.
 */
public final class WindowDataset implements AutoCloseable {
  static final String WINDOWS = "windows.npy";

  private final Path folder;
  private final DatasetJson json;
  private final List<Example> examples;
  private final NpyFloats windows;
  private final Map<String, NpyFloats> targets;
  private final DataSelection selection;
  private final int[] rows;
  private final int subjects;
  private String hash;

  private WindowDataset(
      Path folder,
      DatasetJson json,
      List<Example> all,
      NpyFloats windows,
      Map<String, NpyFloats> targets,
      DataSelection selection) {
    this.folder = folder;
    this.json = json;
    this.windows = windows;
    this.targets = targets;
    this.selection = selection;
    this.rows = selection.rows(all, folder);
    this.examples = IntStream.of(rows).mapToObj(all::get).toList();
    this.subjects = 1 + examples.stream().mapToInt(Example::subject).max().orElse(-1);
  }

  /**
   * Opens a folder and checks its files against one another. Numbers of windows and targets are not
   * looked at: NaN is found by who computes with them.
   *
   * @param folder with {@code dataset.json}, {@code examples.csv}, {@code windows.npy} and the
   *     files of its targets
   * @return the data set
   * @throws InputException that names file, row and rule: a file is missing, damaged or of another
   *     size; a channel is there twice or measures no brain; a stimulus or a target row is in two
   *     splits
   */
  public static WindowDataset open(Path folder) {
    return open(folder, DataSelection.ALL);
  }

  /**
   * Opens a part of a folder, whose files are checked as a whole.
   *
   * @param folder as above
   * @param selection what examples there are
   * @return the data set
   * @throws InputException as above, or if a subject that was selected is not there
   */
  public static WindowDataset open(Path folder, DataSelection selection) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + ": must be a folder with " + DatasetJson.NAME + "; check the path");
    }
    DatasetJson json = DatasetJson.read(folder.resolve(DatasetJson.NAME));
    WindowDatasetOptions options = json.options();
    List<Example> examples =
        ExampleTable.read(
            folder.resolve(ExampleTable.NAME),
            options.layouts().size(),
            options.allowSharedStimuli());
    if (examples.isEmpty()) {
      throw new InputException(ExampleTable.NAME + ": has no rows below its header");
    }
    NpyFloats windows = NpyFloats.open(folder.resolve(WINDOWS));
    long[] shape = {examples.size(), options.channels().size(), options.time()};
    if (!Arrays.equals(windows.shape(), shape)) {
      throw new InputException(
          "%s must be [examples × channels × time] = %s by %s and %s; its shape is %s"
              .formatted(
                  WINDOWS,
                  Arrays.toString(shape),
                  ExampleTable.NAME,
                  DatasetJson.NAME,
                  Arrays.toString(windows.shape())));
    }
    Map<String, NpyFloats> targets = new LinkedHashMap<>();
    json.targets().forEach((name, file) -> targets.put(name, target(folder, file)));
    checkRows(json, examples, targets);
    return new WindowDataset(folder, json, examples, windows, targets, selection);
  }

  private static NpyFloats target(Path folder, String file) {
    NpyFloats target = NpyFloats.open(folder.resolve(file));
    if (target.shape().length < 2) {
      throw new InputException(
          "%s must be [rows × …] with at least two axes; its shape is %s"
              .formatted(file, Arrays.toString(target.shape())));
    }
    return target;
  }

  private static void checkRows(
      DatasetJson json, List<Example> examples, Map<String, NpyFloats> targets) {
    String first = targets.keySet().iterator().next();
    long rows = targets.get(first).rows();
    targets.forEach(
        (name, target) -> {
          if (target.rows() != rows || rows > Integer.MAX_VALUE) {
            throw new InputException(
                "%s must have as many rows as %s; rows=%d and %d"
                    .formatted(
                        json.targets().get(name), json.targets().get(first), target.rows(), rows));
          }
        });
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).target() >= rows) {
        throw new InputException(
            "%s: row %d: target must be a row of %s, which has %d; target=%d"
                .formatted(
                    ExampleTable.NAME,
                    i + 1,
                    json.targets().get(first),
                    rows,
                    examples.get(i).target()));
      }
    }
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** Examples. */
  public int size() {
    return examples.size();
  }

  /** Channels of a window. */
  public int channels() {
    return json.options().channels().size();
  }

  /** Samples of a window. */
  public int time() {
    return json.options().time();
  }

  /** Samples a second. */
  public double rateHz() {
    return json.options().rateHz();
  }

  /** Labels of the channels. */
  public List<String> labels() {
    return json.options().channels();
  }

  /** What the channels measure, one a channel. */
  public List<String> kinds() {
    return json.options().kinds();
  }

  /** What {@code dataset.json} says about it. */
  public Map<String, Object> about() {
    return json.options().about();
  }

  /** One more than the largest number of a subject. */
  public int subjects() {
    return subjects;
  }

  /** Where the sensors are, by recording; empty where nothing says so. */
  public List<SensorLayout> layouts() {
    return json.options().layouts();
  }

  /**
   * An example.
   *
   * @param i from 0
   */
  public Example example(int i) {
    return examples.get(i);
  }

  /**
   * The examples of a split.
   *
   * @param split which
   * @return their numbers, rising
   */
  public int[] indices(Split split) {
    return IntStream.range(0, size()).filter(i -> examples.get(i).split() == split).toArray();
  }

  /** The shape of one row of every target, by name: {@code {"image": [128]}}. */
  public Map<String, long[]> targets() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    targets.forEach(
        (name, target) ->
            shapes.put(name, Arrays.copyOfRange(target.shape(), 1, target.shape().length)));
    return Collections.unmodifiableMap(shapes);
  }

  /** Rows of every target. */
  public int targetRows() {
    return (int) targets.values().iterator().next().rows();
  }

  /**
   * Reads windows.
   *
   * @param of which examples
   * @param count how many of them, from the first
   * @param into {@code [count × channels × time]}, row-major
   * @throws IndexOutOfBoundsException if there is no such example or they do not fit
   */
  public void read(int[] of, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      windows.read(rows[of[i]], into, Math.multiplyExact(i, windows.rowLength()));
    }
  }

  /**
   * Reads targets.
   *
   * @param name of the target
   * @param targetRows rows of the target, not examples
   * @param count how many of them, from the first
   * @param into {@code [count × …]}, row-major
   * @throws IllegalArgumentException if there is no such target
   * @throws IndexOutOfBoundsException if there is no such row or they do not fit
   */
  public void readTarget(String name, int[] targetRows, int count, float[] into) {
    NpyFloats target = targets.get(name);
    if (target == null) {
      throw new IllegalArgumentException(
          "the targets are %s; target='%s'".formatted(targets.keySet(), name));
    }
    for (int i = 0; i < count; i++) {
      target.read(targetRows[i], into, Math.multiplyExact(i, target.rowLength()));
    }
  }

  /**
   * The hash of all of it, computed when it is first asked for: SHA-256 of the lines {@code hash +
   * two spaces + name} of {@code dataset.json}, {@code examples.csv}, {@code windows.npy} and the
   * files of the targets in the order of {@code dataset.json}, each with the SHA-256 of that file;
   * of a part, one line more that says which.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public synchronized String hash() {
    if (hash == null) {
      StringBuilder lines = new StringBuilder();
      for (String file : List.of(DatasetJson.NAME, ExampleTable.NAME, WINDOWS)) {
        lines.append(Sha256.of(folder.resolve(file))).append("  ").append(file).append('\n');
      }
      for (String file : json.targets().values()) {
        lines.append(Sha256.of(folder.resolve(file))).append("  ").append(file).append('\n');
      }
      if (!selection.equals(DataSelection.ALL)) {
        lines.append(selection).append('\n');
      }
      hash = Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    return hash;
  }

  /** Lets the files go; nothing can be read afterwards. */
  @Override
  public void close() {
    windows.close();
    targets.values().forEach(NpyFloats::close);
  }
}
