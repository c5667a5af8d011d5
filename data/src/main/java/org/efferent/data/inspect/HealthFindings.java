package org.efferent.data.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.ChannelHealth;
import org.efferent.core.health.HealthCondition;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;

/**
 * What {@link StreamHealth}, which watches live streams, finds in a recording that is fed to it in
 * blocks, as warnings.
 */
final class HealthFindings {
  private static final int BLOCK_VALUES = 1 << 17;
  private static final int SHOWN = 8;

  private final List<ChannelInfo> channels;
  private final StreamHealth health;
  private final Set<Integer> flat = new TreeSet<>();
  private final Set<Integer> saturated = new TreeSet<>();

  /**
   * Findings of a stream.
   *
   * @param channels its channels
   * @param rateHz its rate, 0 if irregular or unknown
   */
  HealthFindings(List<ChannelInfo> channels, double rateHz) {
    this.channels = channels;
    StreamInfo info = new StreamInfo("", "", rateHz, "", channels);
    health = new StreamHealth(info, HealthOptions.DEFAULTS, this::hear);
  }

  private void hear(HealthEvent event) {
    if (event.condition() == HealthCondition.FLAT) {
      flat.add(event.channel());
    } else if (event.condition() == HealthCondition.SATURATED) {
      saturated.add(event.channel());
    }
  }

  /**
   * Looks at some rows.
   *
   * @param values {@code [rows × channels]}, row-major
   * @param stamps {@code [rows]}, seconds
   * @param rows how many
   */
  void feed(double[] values, double[] stamps, int rows) {
    health.feed(values, stamps, rows);
  }

  /**
   * Looks at a whole table.
   *
   * @param values {@code [rows × columns]}, row-major, of which the last columns are the channels
   * @param columns values a row
   * @param stamps {@code [rows]}, seconds; empty if there are none
   */
  void feed(double[] values, int columns, double[] stamps) {
    int width = channels.size();
    int rows = columns == 0 ? 0 : values.length / columns;
    int block = Math.max(1, BLOCK_VALUES / width);
    double[] some = new double[Math.min(block, rows) * width];
    double[] times = new double[some.length / width];
    for (int from = 0; from < rows; from += block) {
      int count = Math.min(block, rows - from);
      for (int r = 0; r < count; r++) {
        int at = (from + r) * columns + columns - width;
        System.arraycopy(values, at, some, r * width, width);
        times[r] = stamps.length == 0 ? 0 : stamps[from + r];
      }
      health.feed(some, times, count);
    }
  }

  /** The figures; nothing is fed any more. */
  HealthSnapshot end() {
    health.end();
    return health.snapshot();
  }

  /**
   * A warning for each finding in the values.
   *
   * @param prefix how warnings begin
   */
  List<String> ofValues(String prefix) {
    HealthSnapshot snapshot = end();
    List<ChannelHealth> all = snapshot.channels();
    List<String> warnings = new ArrayList<>();
    long nan = all.stream().mapToLong(ChannelHealth::nan).sum();
    long infinite = all.stream().mapToLong(ChannelHealth::infinite).sum();
    if (nan + infinite > 0) {
      warnings.add(
          prefix
              + (nan + infinite)
              + " impossible values: "
              + nan
              + " NaN, "
              + infinite
              + " infinite");
    }
    List<ChannelHealth> constant =
        all.stream()
            .filter(c -> c.min() == c.max() && c.nan() + c.infinite() == 0 && snapshot.rows() > 1)
            .toList();
    warn(warnings, prefix, "never change: ", constant, ChannelHealth::label);
    List<ChannelHealth> still = flat.stream().map(all::get).toList();
    warn(
        warnings,
        prefix,
        "are flat for %s s at least: "
            .formatted(HealthOptions.DEFAULTS.flatAfter().toNanos() / 1_000_000_000),
        still.stream().filter(c -> !constant.contains(c)).toList(),
        c -> String.format(Locale.ROOT, "%s (%.1f s)", c.label(), c.flatSeconds()));
    warn(
        warnings,
        prefix,
        "are saturated: ",
        saturated.stream().map(all::get).filter(c -> c.saturated() > 0).toList(),
        c -> c.label() + " (" + c.saturated() + " values)");
    return warnings;
  }

  private static void warn(
      List<String> warnings,
      String prefix,
      String what,
      List<ChannelHealth> channels,
      Function<ChannelHealth, String> say) {
    if (!channels.isEmpty()) {
      List<String> some = channels.stream().limit(SHOWN).map(say).toList();
      String more = channels.size() > SHOWN ? ", …" : "";
      warnings.add(prefix + channels.size() + " channels " + what + String.join(", ", some) + more);
    }
  }
}
