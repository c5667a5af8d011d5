package org.efferent.core.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;

/** Feeds health with rows that a test makes, and keeps the events. */
final class Feeding {
  final List<HealthEvent> events = new ArrayList<>();
  final StreamHealth health;
  private final Random noise = new Random(7);

  Feeding(double rateHz, int channels, HealthOptions options) {
    this(StreamInfo.of("Amp", "EEG", rateHz, channels), options);
  }

  Feeding(StreamInfo info, HealthOptions options) {
    health = new StreamHealth(info, options, events::add);
  }

  static StreamInfo kinds(double rateHz, String... kinds) {
    List<ChannelInfo> channels =
        Arrays.stream(kinds).map(kind -> new ChannelInfo("c" + kind, kind, "")).toList();
    return new StreamInfo("Amp", "EEG", rateHz, "", channels);
  }

  /** Stamps {@code first, first + 1/rate …} of so many rows. */
  static double[] regular(double first, double rateHz, int rows) {
    double[] stamps = new double[rows];
    Arrays.setAll(stamps, i -> first + i / rateHz);
    return stamps;
  }

  /** These stamps without those at some places. */
  static double[] without(double[] stamps, int from, int to) {
    double[] rest = new double[stamps.length - (to - from)];
    System.arraycopy(stamps, 0, rest, 0, from);
    System.arraycopy(stamps, to, rest, from, stamps.length - to);
    return rest;
  }

  /** Rows of noise with these stamps, one at a time. */
  Feeding stamps(double... stamps) {
    double[] row = new double[health.info().channelCount()];
    for (double stamp : stamps) {
      Arrays.setAll(row, c -> noise.nextGaussian());
      health.feed(row, new double[] {stamp}, 1);
    }
    return this;
  }

  /** Rows of one channel at the nominal rate, from 0 s on, one at a time. */
  Feeding values(double... values) {
    for (double value : values) {
      double stamp = health.snapshot().rows() / health.info().sampleRateHz();
      health.feed(new double[] {value}, new double[] {stamp}, 1);
    }
    return this;
  }

  /** A row of noise that arrived. */
  Feeding arrive(double stamp, long nanos) {
    Chunk chunk = new Chunk(1, health.info().channelCount());
    int at = chunk.append(stamp);
    for (int c = 0; c < chunk.channels(); c++) {
      chunk.values()[at + c] = noise.nextGaussian();
    }
    chunk.arrivedAt(nanos);
    health.feed(chunk);
    return this;
  }

  HealthSnapshot end() {
    health.end();
    return health.snapshot();
  }

  /** What the events say, in order. */
  List<String> told() {
    return events.stream()
        .map(e -> (e.begins() ? "+" : "-") + e.condition().id() + ": " + e.message())
        .toList();
  }
}
