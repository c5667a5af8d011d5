package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.efferent.core.health.ChannelHealth;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;

/**
 * What is wrong with recordings: gaps, missing rows, backward stamps, effective rate, and channels
 * that are flat, saturated or not finite, as live streams are watched ({@link StreamHealth}).
 */
record HealthTask() implements CohortTask {
  static final String NAME = "health";
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public Safetensors recording(RecordingFile file, Function<String, Path> files) {
    HealthSnapshot health = StreamHealth.of(file.main(), HealthOptions.DEFAULTS, event -> {});
    Map<String, Double> facts = Facts.of(file);
    facts.put("gaps", (double) health.stamps().gaps());
    facts.put("missingRows", (double) health.stamps().missing());
    facts.put("backwardStamps", (double) health.stamps().backward());
    facts.put("effectiveRateHz", health.stamps().effectiveRateHz());
    facts.put("flatChannels", count(health, c -> c.flatRuns() > 0));
    facts.put("saturatedChannels", count(health, c -> c.saturated() > 0));
    facts.put("notFiniteChannels", count(health, c -> c.nan() + c.infinite() > 0));
    facts.put("unsoundChannels", count(health, c -> !c.isSound()));
    facts.put("warnings", (double) file.warnings().size());
    return Facts.with(facts, Map.of(), Map.of());
  }

  private static double count(
      HealthSnapshot health, java.util.function.Predicate<ChannelHealth> which) {
    return health.channels().stream().filter(which).count();
  }

  @Override
  public Safetensors participant(
      String participant, List<Safetensors> recordings, Function<String, Path> files) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (String name :
        List.of("lengthSeconds", "gaps", "missingRows", "unsoundChannels", "markers")) {
      double sum = 0;
      for (Safetensors recording : recordings) {
        sum += Facts.read(recording).get(name);
      }
      sums.put(name, sum);
    }
    return Facts.with(sums, Map.of(), Map.of());
  }

  @Override
  public Map<String, Object> cohort(Map<String, Safetensors> participants) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (String name : List.of("lengthSeconds", "gaps", "missingRows", "unsoundChannels")) {
      figures.put(
          name,
          CohortStatistics.of(CohortStatistics.values(participants, name), OptionalDouble.empty()));
    }
    return figures;
  }
}
