package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.health.ArrivalHealth;
import org.efferent.core.health.ChannelHealth;
import org.efferent.core.health.HealthCondition;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StampHealth;

/** How the health of a stream is said: as JSON, as a row of a table. */
final class HealthReport {
  private static final int SHOWN = 8;

  private HealthReport() {}

  /** All figures; of the channels those that were not sound. */
  static Map<String, Object> json(HealthSnapshot health) {
    StampHealth stamps = health.stamps();
    ArrivalHealth arrivals = health.arrivals();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sound", health.isSound());
    map.put("conditions", counts(health.begun()));
    map.put("active", counts(health.active()));
    map.put("rows", health.rows());
    map.put("nominalRate", health.nominalRateHz());
    map.put("effectiveRate", stamps.effectiveRateHz());
    map.put("windowRate", stamps.windowRateHz());
    map.put("gaps", stamps.gaps());
    map.put("missing", stamps.missing());
    map.put("longestGap", stamps.longestGapSeconds());
    map.put("lateSteps", stamps.lateSteps());
    map.put("duplicates", stamps.duplicates());
    map.put("repeatedStamps", stamps.repeated());
    map.put("backwardStamps", stamps.backward());
    map.put("impossibleStamps", stamps.impossible());
    map.put("clockResets", stamps.clockResets());
    map.put("stampJitter", stamps.jitterSeconds());
    map.put("arrivalJitter", arrivals.jitterSeconds());
    map.put("driftPpm", arrivals.driftPpm());
    map.put("driftUncertaintyPpm", arrivals.driftUncertaintyPpm());
    map.put("stale", arrivals.stale());
    map.put("silences", arrivals.silences());
    map.put("longestSilence", arrivals.longestSilenceSeconds());
    map.put("dropped", arrivals.dropped());
    List<Map<String, Object>> channels = new ArrayList<>();
    for (ChannelHealth channel : health.channels()) {
      if (!channel.isSound()) {
        channels.add(channel(channel));
      }
    }
    map.put("channels", channels);
    return map;
  }

  /** What {@link #json} says, in a few words. */
  static String text(Object json) {
    return json instanceof Map<?, ?> map
            && map.get("conditions") instanceof Map<?, ?> begun
            && !begun.isEmpty()
        ? CursorScore.say(begun)
        : "sound";
  }

  private static Map<String, Object> channel(ChannelHealth channel) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", channel.label());
    map.put("nan", channel.nan());
    map.put("infinite", channel.infinite());
    map.put("flatRuns", channel.flatRuns());
    map.put("flatSeconds", channel.flatSeconds());
    map.put("longestFlat", channel.longestFlatSeconds());
    map.put("saturated", channel.saturated());
    map.put("min", channel.min());
    map.put("max", channel.max());
    return map;
  }

  private static Map<String, Object> counts(Map<HealthCondition, Integer> counts) {
    Map<String, Object> map = new LinkedHashMap<>();
    counts.forEach((condition, count) -> map.put(condition.id(), count));
    return map;
  }

  /** The head of a table. */
  static String head() {
    return String.format(
        Locale.ROOT,
        "%-24s %9s %10s %10s %6s %7s %6s %6s %10s %9s %8s",
        "NAME",
        "ROWS",
        "RATE HZ",
        "NOMINAL",
        "GAPS",
        "MISSING",
        "TWICE",
        "BACK",
        "JITTER MS",
        "DRIFT PPM",
        "SILENCES");
  }

  /** The row of a stream, and below it a line for each kind of channel that is not sound. */
  static List<String> lines(HealthSnapshot health) {
    StampHealth stamps = health.stamps();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-24s %9d %10s %10s %6d %7d %6d %6d %10s %9s %8d",
            health.stream(),
            health.rows(),
            number(stamps.effectiveRateHz(), "%.6g"),
            health.nominalRateHz() > 0 ? number(health.nominalRateHz(), "%.6g") : "irregular",
            stamps.gaps(),
            stamps.missing(),
            stamps.duplicates(),
            stamps.backward(),
            number(1e3 * stamps.jitterSeconds(), "%.3f"),
            number(health.arrivals().driftPpm(), "%.1f"),
            health.arrivals().silences()));
    channels(lines, "flat", health, c -> c.flatRuns() > 0);
    channels(lines, "saturated", health, c -> c.saturated() > 0);
    channels(lines, "NaN or infinite", health, c -> c.nan() + c.infinite() > 0);
    if (!health.active().isEmpty()) {
      lines.add("  now: " + String.join(", ", counts(health.active()).keySet()));
    }
    return lines;
  }

  private static void channels(
      List<String> lines,
      String what,
      HealthSnapshot health,
      java.util.function.Predicate<ChannelHealth> wrong) {
    List<String> labels =
        health.channels().stream().filter(wrong).map(ChannelHealth::label).toList();
    if (!labels.isEmpty()) {
      String some = String.join(", ", labels.subList(0, Math.min(SHOWN, labels.size())));
      lines.add(
          "  %s: %d of %d channels: %s%s"
              .formatted(
                  what,
                  labels.size(),
                  health.channels().size(),
                  some,
                  labels.size() > SHOWN ? ", …" : ""));
    }
  }

  private static String number(double value, String format) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
