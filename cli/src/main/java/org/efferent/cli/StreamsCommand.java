package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.efferent.acquisition.health.StreamMonitor;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code streams}: what LSL has in sight. */
@Command(
    name = "streams",
    description = "Lists the LSL streams in sight, and watches their health.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent streams --timeout 2",
      "  efferent streams --full --json",
      "  efferent streams --health --stream EEG --seconds 30"
    })
final class StreamsCommand implements Callable<Integer> {
  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How long to look, in seconds (default: ${DEFAULT-VALUE}).")
  private double timeout = 1.5;

  @Option(
      names = "--full",
      description = "Ask each stream for its whole description: channels, units, all else in XML.")
  private boolean full;

  @Option(
      names = "--stream",
      paramLabel = "NAME|TYPE|PREDICATE",
      description = "Only streams that match (default: all).")
  private String stream;

  @Option(
      names = "--health",
      description =
          "Listen to the streams for a while, and tell gaps, duplicates, backward stamps, rates,"
              + " drift, silences, and flat, saturated and NaN channels.")
  private boolean health;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to listen with --health (default: ${DEFAULT-VALUE}).")
  private double seconds = 5;

  @Mixin private HealthSettings settings;

  @Override
  public Integer call() throws InterruptedException {
    if (!(timeout > 0 && timeout <= 3600)) {
      throw new UsageException("--timeout must lie in 0 to 3600 seconds; timeout=" + timeout);
    }
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new UsageException("--seconds must lie in 0 to 86400; seconds=" + seconds);
    }
    HealthOptions options = settings.options();
    Lsl way = lsl.lsl();
    List<LslStreamInfo> found =
        way.resolve(
            stream == null ? "" : CursorStream.predicate(stream),
            Integer.MAX_VALUE,
            Duration.ofNanos((long) (timeout * 1e9)));
    List<Map<String, Object>> streams = new ArrayList<>();
    for (LslStreamInfo stream : found) {
      Map<String, Object> row = describe(stream, way);
      if (full) {
        describeFully(stream, way, row);
      }
      streams.add(row);
    }
    print(streams);
    if (health && !found.isEmpty()) {
      listen(way, found, streams, options);
    }
    output.result(Map.of("streams", streams));
    return 0;
  }

  /** Listens to all of them at once, and adds what was heard. */
  private void listen(
      Lsl way, List<LslStreamInfo> found, List<Map<String, Object>> streams, HealthOptions options)
      throws InterruptedException {
    List<StreamMonitor> monitors = new ArrayList<>();
    HealthNotes notes = new HealthNotes(output);
    try (Interruption interruption = new Interruption()) {
      for (int i = 0; i < found.size(); i++) {
        monitors.add(monitor(way, found.get(i), options, notes, streams.get(i)));
      }
      long end = System.nanoTime() + (long) (seconds * 1e9);
      for (StreamMonitor monitor : monitors) {
        boolean ended = monitor == null;
        while (!ended && !interruption.wanted() && System.nanoTime() - end < 0) {
          long left = Math.min(end - System.nanoTime(), 100_000_000);
          ended = monitor.awaitEnd(Duration.ofNanos(Math.max(0, left)));
        }
      }
      output.text("");
      output.text("%s", HealthReport.head());
      for (int i = 0; i < found.size(); i++) {
        report(monitors.get(i), streams.get(i));
      }
    } finally {
      monitors.stream().filter(Objects::nonNull).forEach(StreamMonitor::close);
    }
  }

  /** A monitor; null, and said so, if the stream cannot be reached. */
  private StreamMonitor monitor(
      Lsl way,
      LslStreamInfo stream,
      HealthOptions options,
      HealthNotes notes,
      Map<String, Object> entry) {
    try {
      return new StreamMonitor(way, stream, options, notes);
    } catch (StreamException e) {
      output.note("%s", e.getMessage());
      entry.put("failure", e.getMessage());
      return null;
    }
  }

  private void report(StreamMonitor monitor, Map<String, Object> entry) {
    if (monitor == null) {
      return;
    }
    monitor.close();
    HealthSnapshot snapshot = monitor.snapshot();
    entry.put("health", HealthReport.json(snapshot));
    HealthReport.lines(snapshot).forEach(line -> output.text("%s", line));
    monitor
        .failure()
        .ifPresent(
            failure -> {
              output.note("%s", failure);
              entry.put("failure", failure);
            });
  }

  private static Map<String, Object> describe(LslStreamInfo stream, Lsl way) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", stream.name());
    map.put("type", stream.type());
    map.put("channels", stream.channelCount());
    map.put("rate", stream.nominalRateHz());
    map.put("format", stream.format().token());
    map.put("sourceId", stream.sourceId());
    map.put("uid", stream.origin().uid());
    map.put("host", stream.origin().hostname());
    map.put("backend", way.name());
    return map;
  }

  /** Adds what a stream says of itself; one that says nothing does not hide the others. */
  private void describeFully(LslStreamInfo stream, Lsl way, Map<String, Object> row) {
    try {
      LslStreamInfo told = way.fullInfo(stream);
      List<Map<String, Object>> channels = new ArrayList<>();
      for (XmlElement channel :
          told.desc().child("channels").map(c -> c.all("channel")).orElse(List.of())) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("label", channel.textOf("label"));
        one.put("kind", channel.textOf("type"));
        one.put("unit", channel.textOf("unit"));
        channels.add(one);
      }
      row.put("channelList", channels);
      row.put("xml", told.fullXml());
    } catch (StreamException e) {
      row.put("failure", e.getMessage());
      output.note("%s", e.getMessage());
    }
  }

  private void printFully(Map<String, Object> s) {
    if (s.get("channelList") instanceof List<?> channels) {
      int number = 1;
      for (Object channel : channels) {
        Map<?, ?> one = (Map<?, ?>) channel;
        output.text(
            "  %4d  %-16s %-8s %s", number++, one.get("label"), one.get("kind"), one.get("unit"));
      }
    }
    if (s.get("xml") instanceof String xml) {
      output.text("%s", xml.stripTrailing().indent(2).stripTrailing());
    }
  }

  private void print(List<Map<String, Object>> streams) {
    if (streams.isEmpty()) {
      output.text(
          "No stream%s in sight within %s s. Is its program running, and may UDP port 16571 pass the"
              + " firewall?",
          stream == null ? "" : " that matches \"" + stream + "\"", timeout);
      return;
    }
    output.text(
        "%-24s %-12s %8s %10s %-9s %-20s %s",
        "NAME", "TYPE", "CHANNELS", "RATE HZ", "FORMAT", "HOST", "SOURCE ID");
    for (Map<String, Object> s : streams) {
      output.text(
          "%-24s %-12s %8d %10s %-9s %-20s %s",
          s.get("name"),
          s.get("type"),
          s.get("channels"),
          rate((double) s.get("rate")),
          s.get("format"),
          s.get("host"),
          s.get("sourceId"));
      printFully(s);
    }
  }

  private static String rate(double hz) {
    return hz == 0 ? "irregular" : String.format(Locale.ROOT, "%.6g", hz);
  }
}
