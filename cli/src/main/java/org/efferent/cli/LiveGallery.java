package org.efferent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;

/** The candidates of a live session: embeddings of length one, and what they are called. */
final class LiveGallery {
  private final String file;
  private final int width;
  private final float[] rows;
  private final List<String> ids;
  private final Map<String, Integer> places = new HashMap<>();

  private LiveGallery(String file, int width, float[] rows, List<String> ids) {
    this.file = file;
    this.width = width;
    this.rows = rows;
    this.ids = ids;
    for (int i = 0; i < ids.size(); i++) {
      if (places.put(ids.get(i), i) != null) {
        throw new InputException(
            "names of candidates must differ; '%s' is there twice".formatted(ids.get(i)));
      }
    }
  }

  /**
   * Reads a gallery.
   *
   * @param embeddings {@code .npy [candidates × …]}, flattened row by row; or the folder of a data
   *     set, whose test stimuli are candidates
   * @param names a name a line, as many as candidates; null for their numbers
   */
  static LiveGallery read(Path embeddings, Path names) {
    if (Files.isDirectory(embeddings)) {
      if (names != null) {
        throw new UsageException("--ids goes with a file of embeddings; a data set has names");
      }
      return ofTest(embeddings);
    }
    Tensor tensor = Npy.read(embeddings);
    long[] shape = tensor.shape();
    String file = InputFiles.name(embeddings);
    if (shape.length < 2 || shape[0] < 1) {
      throw new InputException(
          "%s must be [candidates × …] with one candidate at least; its shape is %s"
              .formatted(file, Arrays.toString(shape)));
    }
    float[] values = tensor.floats();
    return of(file, values, (int) shape[0], names == null ? List.of() : lines(names));
  }

  private static LiveGallery ofTest(Path folder) {
    try (WindowDataset data = WindowDataset.open(folder)) {
      String target = data.targets().keySet().iterator().next();
      Map<String, Integer> rows = new LinkedHashMap<>();
      for (int example : data.indices(Split.TEST)) {
        rows.putIfAbsent(data.example(example).stimulus(), data.example(example).target());
      }
      if (rows.isEmpty()) {
        throw new InputException(folder + ": has no test examples whose stimuli were candidates");
      }
      int[] of = rows.values().stream().mapToInt(Integer::intValue).toArray();
      int width =
          Math.toIntExact(Arrays.stream(data.targets().get(target)).reduce(1, Math::multiplyExact));
      float[] values = new float[Math.multiplyExact(of.length, width)];
      data.readTarget(target, of, of.length, values);
      return of(folder.toString(), values, of.length, List.copyOf(rows.keySet()));
    }
  }

  /** A gallery from memory; no names: their numbers. */
  static LiveGallery of(String file, float[] values, int candidates, List<String> names) {
    int width = values.length / candidates;
    float[] rows = values.clone();
    for (int i = 0; i < candidates; i++) {
      double squares = 0;
      for (int d = 0; d < width; d++) {
        squares += (double) rows[i * width + d] * rows[i * width + d];
      }
      if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "%s: row %d %s; take the candidate out or embed it anew"
                .formatted(file, i, squares == 0 ? "is zero" : "holds values that are no numbers"));
      }
      float factor = (float) (1 / Math.sqrt(squares));
      for (int d = 0; d < width; d++) {
        rows[i * width + d] *= factor;
      }
    }
    List<String> ids = new ArrayList<>(names);
    for (int i = 0; names.isEmpty() && i < candidates; i++) {
      ids.add(Integer.toString(i));
    }
    if (ids.size() != candidates) {
      throw new InputException(
          "%s has %d candidates; the file of names has %d lines"
              .formatted(file, candidates, ids.size()));
    }
    return new LiveGallery(file, width, rows, ids);
  }

  private static List<String> lines(Path file) {
    InputFiles.check(file);
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new InputException(InputFiles.name(file) + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Refuses an encoder whose embeddings have another width. */
  void check(int embedding) {
    if (embedding != width) {
      throw new InputException(
          "%s: its candidates have %d numbers, the encoder's embeddings %d; take the gallery of the encoder's target"
              .formatted(file, width, embedding));
    }
  }

  int size() {
    return ids.size();
  }

  int width() {
    return width;
  }

  String id(int candidate) {
    return ids.get(candidate);
  }

  /** The candidate of a name; −1 where there is none. */
  int place(String id) {
    return places.getOrDefault(id, -1);
  }

  /** Cosine of an embedding and every candidate; zeros where the embedding is zero. */
  double[] scores(float[] embedding) {
    double squares = 0;
    for (float v : embedding) {
      squares += (double) v * v;
    }
    double factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    double[] scores = new double[ids.size()];
    for (int i = 0; i < scores.length; i++) {
      double product = 0;
      int at = i * width;
      for (int d = 0; d < width; d++) {
        product += embedding[d] * rows[at + d];
      }
      scores[i] = product * factor;
    }
    return scores;
  }
}
