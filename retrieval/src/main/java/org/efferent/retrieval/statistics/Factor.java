package org.efferent.retrieval.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What observations were sampled by: subjects, stimuli, seeds. */
public final class Factor {
  private final String name;
  private final int[] level;
  private final int levels;

  /**
   * A factor.
   *
   * @param name its plural, for texts: {@code subjects}
   * @param level level of each observation, from 0
   */
  public Factor(String name, int[] level) {
    this.name = name;
    this.level = level.clone();
    this.levels = Arrays.stream(level).max().orElse(-1) + 1;
    if (Arrays.stream(level).anyMatch(l -> l < 0)) {
      throw new IllegalArgumentException("levels must not be negative; factor=" + name);
    }
  }

  /**
   * A factor of names.
   *
   * @param name its plural
   * @param levels name of the level of each observation
   * @return the factor
   */
  public static Factor of(String name, List<String> levels) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] level = new int[levels.size()];
    for (int i = 0; i < level.length; i++) {
      numbers.putIfAbsent(levels.get(i), numbers.size());
      level[i] = numbers.get(levels.get(i));
    }
    return new Factor(name, level);
  }

  /** Its plural. */
  public String name() {
    return name;
  }

  /** Different levels. */
  public int levels() {
    return levels;
  }

  /** Observations. */
  public int observations() {
    return level.length;
  }

  int level(int observation) {
    return level[observation];
  }
}
