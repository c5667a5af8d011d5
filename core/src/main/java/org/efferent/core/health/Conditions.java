package org.efferent.core.health;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong now, a slot for each condition of the stream and of each channel. A condition that
 * shows begins once, and is over when it has not shown for the recovery time, counted in ticks.
 */
final class Conditions {
  private static final int LOOKS_A_RECOVERY = 8;
  private static final List<HealthCondition> CONDITIONS = List.of(HealthCondition.values());

  /** A condition: slot 0 is the stream's, slot 1 + c that of channel c. */
  private static final class Slots {
    private final long[] seen;
    private final boolean[] active;
    private int begun;
    private int activeCount;

    private Slots(int count) {
      seen = new long[count];
      active = new boolean[count];
    }
  }

  private final String stream;
  private final List<String> labels;
  private final long recovery;
  private final String recoveryText;
  private final Map<HealthCondition, Slots> all = new EnumMap<>(HealthCondition.class);
  private final List<HealthEvent> events = new ArrayList<>();
  private int activeCount;
  private long nextLook;
  private long row;
  private double stamp = Double.NaN;

  Conditions(String stream, List<String> labels, long recoveryTicks, double recoverySeconds) {
    this.stream = stream;
    this.labels = labels;
    recovery = recoveryTicks;
    recoveryText = seconds(recoverySeconds);
    for (HealthCondition condition : CONDITIONS) {
      all.put(condition, new Slots(condition.isOfChannels() ? 1 + labels.size() : 1));
    }
  }

  /** A time for messages. */
  static String seconds(double seconds) {
    return number(seconds, 4) + " s";
  }

  /** A number for messages, without zeros at its end. */
  static String number(double number, int digits) {
    return Double.isFinite(number)
        ? new BigDecimal(number, new MathContext(digits)).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  /** The row that is looked at. */
  void at(long index, double seconds) {
    row = index;
    stamp = seconds;
  }

  /**
   * A condition shows.
   *
   * @param channel −1 for the stream
   * @param tick when; {@link Long#MAX_VALUE} until {@link #release}
   * @return whether it begins with this, so that the caller says so by {@link #tell}
   */
  boolean see(HealthCondition condition, int channel, long tick) {
    Slots slots = all.get(condition);
    slots.seen[1 + channel] = tick;
    if (slots.active[1 + channel]) {
      return false;
    }
    slots.active[1 + channel] = true;
    slots.begun++;
    slots.activeCount++;
    activeCount++;
    return true;
  }

  /** A condition that was held does not show any more, from this tick on. */
  void release(HealthCondition condition, int channel, long tick) {
    all.get(condition).seen[1 + channel] = tick;
  }

  void tell(HealthCondition condition, int channel, String message) {
    events.add(new HealthEvent(stream, condition, true, row, stamp, channel, message));
  }

  /** A condition is over now, if it holds. */
  void end(HealthCondition condition, int channel, String message) {
    Slots slots = all.get(condition);
    if (slots.active[1 + channel]) {
      slots.active[1 + channel] = false;
      slots.activeCount--;
      activeCount--;
      events.add(new HealthEvent(stream, condition, false, row, stamp, channel, message));
    }
  }

  /** Ends what has not shown for long enough. */
  void expire(long tick) {
    if (activeCount == 0 || tick < nextLook) {
      return;
    }
    nextLook = tick + Math.max(1, recovery / LOOKS_A_RECOVERY);
    for (int i = 0; i < CONDITIONS.size(); i++) {
      HealthCondition condition = CONDITIONS.get(i);
      Slots slots = all.get(condition);
      for (int slot = 0; slots.activeCount > 0 && slot < slots.active.length; slot++) {
        long seen = slots.seen[slot];
        if (slots.active[slot] && seen != Long.MAX_VALUE && tick - seen >= recovery) {
          end(condition, slot - 1, over(condition, slot - 1));
        }
      }
    }
  }

  private String over(HealthCondition condition, int channel) {
    String of = channel < 0 ? "" : "channel " + labels.get(channel) + " ";
    return switch (condition) {
      case GAP -> "no row has been missing for " + recoveryText;
      case DUPLICATE -> "no row has come twice for " + recoveryText;
      case BACKWARD -> "stamps have not gone back for " + recoveryText;
      case FLAT -> of + "changes again";
      case SATURATED -> of + "has been off its rails for " + recoveryText;
      case IMPOSSIBLE ->
          channel < 0
              ? "stamps have been finite for " + recoveryText
              : of + "has been finite for " + recoveryText;
      case DROPPED -> "nothing has been dropped for " + recoveryText;
      case RATE, DRIFT, STALE -> condition.id() + " is right again";
    };
  }

  /** The events since the last call; empty most of the time. */
  List<HealthEvent> drain() {
    if (events.isEmpty()) {
      return List.of();
    }
    List<HealthEvent> told = List.copyOf(events);
    events.clear();
    return told;
  }

  /** How often each began; what never did is not there. */
  Map<HealthCondition, Integer> begun() {
    Map<HealthCondition, Integer> counts = new EnumMap<>(HealthCondition.class);
    all.forEach((condition, slots) -> counts.put(condition, slots.begun));
    counts.values().removeIf(n -> n == 0);
    return counts;
  }

  /** What holds now, on how many channels. */
  Map<HealthCondition, Integer> active() {
    Map<HealthCondition, Integer> counts = new EnumMap<>(HealthCondition.class);
    all.forEach((condition, slots) -> counts.put(condition, slots.activeCount));
    counts.values().removeIf(n -> n == 0);
    return counts;
  }
}
