package org.efferent.decoders.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.WindowDataset;

/** What a prior learns from or is judged by: conditions, each with the embedding that belongs. */
public final class PriorRows {
  private final float[] conditions;
  private final float[] targets;
  private final int conditionWidth;
  private final int targetWidth;

  /**
   * Rows.
   *
   * @param conditions {@code [rows × conditionWidth]}, row-major; not copied
   * @param conditionWidth numbers of a condition
   * @param targets {@code [rows × targetWidth]}, row-major; not copied
   * @param targetWidth numbers of an embedding
   * @param source where they come from, for messages
   * @throws InputException if there are not as many of both, or a number is not finite
   */
  public PriorRows(
      float[] conditions, int conditionWidth, float[] targets, int targetWidth, String source) {
    this.conditions = conditions;
    this.targets = targets;
    this.conditionWidth = conditionWidth;
    this.targetWidth = targetWidth;
    if (conditions.length / conditionWidth != targets.length / targetWidth
        || conditions.length % conditionWidth != 0
        || targets.length % targetWidth != 0) {
      throw new InputException(
          "%s: there must be as many conditions as targets; conditions=%d, targets=%d"
              .formatted(source, conditions.length / conditionWidth, targets.length / targetWidth));
    }
    finite(conditions, conditionWidth, source + ": condition");
    finite(targets, targetWidth, source + ": target");
  }

  private static void finite(float[] rows, int width, String what) {
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new InputException(
            "%s %d holds %s at %d; every number must be finite"
                .formatted(what, i / width, rows[i], i % width));
      }
    }
  }

  /**
   * The examples of a data set, with what an encoder says about them.
   *
   * @param data where the targets are
   * @param target name of the target
   * @param examples which
   * @param said by the encoder, {@code [examples × width]}, row-major
   * @param averaged whether the examples of a target row become one condition, their mean
   * @return a row an example, or a row a target in the order of the first examples
   */
  public static PriorRows of(
      WindowDataset data, String target, int[] examples, float[] said, boolean averaged) {
    int width = said.length / Math.max(1, examples.length);
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < examples.length; i++) {
      int row = data.example(examples[i]).target();
      groups.computeIfAbsent(averaged ? row : i, key -> new ArrayList<>()).add(i);
    }
    float[] conditions = new float[groups.size() * width];
    int[] rows = new int[groups.size()];
    int at = 0;
    for (List<Integer> group : groups.values()) {
      for (int i : group) {
        for (int d = 0; d < width; d++) {
          conditions[at * width + d] += said[i * width + d] / group.size();
        }
      }
      rows[at++] = data.example(examples[group.get(0)]).target();
    }
    int targetWidth =
        Math.toIntExact(Arrays.stream(data.targets().get(target)).reduce(1, Math::multiplyExact));
    float[] targets = new float[Math.multiplyExact(rows.length, targetWidth)];
    data.readTarget(target, rows, rows.length, targets);
    return new PriorRows(conditions, width, targets, targetWidth, data.folder().toString());
  }

  /** How many. */
  public int size() {
    return conditions.length / conditionWidth;
  }

  /** Numbers of a condition. */
  public int conditionWidth() {
    return conditionWidth;
  }

  /** Numbers of an embedding. */
  public int targetWidth() {
    return targetWidth;
  }

  /** The conditions, {@code [rows × conditionWidth]}; not a copy. */
  public float[] conditions() {
    return conditions;
  }

  /** The embeddings, {@code [rows × targetWidth]}; not a copy. */
  public float[] targets() {
    return targets;
  }

  /**
   * These and others.
   *
   * @param others of the same widths
   * @return all of them, these first
   */
  public PriorRows and(PriorRows others) {
    float[] c = Arrays.copyOf(conditions, conditions.length + others.conditions.length);
    System.arraycopy(others.conditions, 0, c, conditions.length, others.conditions.length);
    float[] t = Arrays.copyOf(targets, targets.length + others.targets.length);
    System.arraycopy(others.targets, 0, t, targets.length, others.targets.length);
    return new PriorRows(c, conditionWidth, t, targetWidth, "rows");
  }
}
