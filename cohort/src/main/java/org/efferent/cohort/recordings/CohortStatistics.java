package org.efferent.cohort.recordings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.efferent.data.Safetensors;
import org.efferent.retrieval.statistics.Aggregate;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Factor;
import org.efferent.retrieval.statistics.Interval;
import org.efferent.retrieval.statistics.PairedTests;

/** A figure of each participant as a figure of all: the mean, its interval, and a test. */
final class CohortStatistics {
  private CohortStatistics() {}

  /** The value of a fact of each participant that has it. */
  static double[] values(Map<String, Safetensors> participants, String fact) {
    return participants.values().stream()
        .map(stored -> Facts.read(stored).get(fact))
        .filter(value -> value != null && !value.isNaN())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * The mean over participants with its 95 % interval (participants drawn with replacement, seed
   * 0), least and largest, and against chance Wilcoxon's signed-rank test.
   *
   * @param values one a participant
   * @param chance of each participant; none for no test
   * @return for JSON; where nobody has the figure only {@code participants}
   */
  static Map<String, Object> of(double[] values, OptionalDouble chance) {
    double[] chances = new double[values.length];
    Arrays.fill(chances, chance.orElse(0));
    return chance.isPresent() ? against(values, chances) : alone(values);
  }

  /** The same, where chance differs between participants. */
  static Map<String, Object> against(double[] values, double[] chances) {
    Map<String, Object> said = alone(values);
    if (values.length > 0) {
      said.put("chance", Aggregate.MEAN.of(chances));
      said.put("p", PairedTests.wilcoxon(values, chances));
      said.put("test", PairedTests.says(values.length, 0.05));
    }
    return said;
  }

  private static Map<String, Object> alone(double[] values) {
    Map<String, Object> said = new LinkedHashMap<>();
    if (values.length > 0) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        names.add(Integer.toString(i));
      }
      Interval interval =
          Bootstrap.DEFAULTS.interval(
              values, Aggregate.MEAN, List.of(Factor.of("participants", names)));
      said.put("mean", interval.value());
      said.put("low", interval.low());
      said.put("high", interval.high());
      said.put("least", Arrays.stream(values).min().orElseThrow());
      said.put("largest", Arrays.stream(values).max().orElseThrow());
    }
    said.put("participants", values.length);
    return said;
  }
}
