package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.record.RecordedStream;
import org.efferent.acquisition.record.Recorder;
import org.efferent.acquisition.record.RecorderOptions;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import org.efferent.core.health.HealthOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code record}: LSL streams to an XDF file. */
@Command(
    name = "record",
    description = "Records LSL streams to XDF; readable up to the last second even after a kill.",
    footerHeading = "%nExample:%n",
    footer = "  efferent record --out session.xdf --stream EEG --stream Markers --seconds 600")
final class RecordCommand implements Callable<Integer> {
  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;
  @Mixin private HealthSettings health;

  @Option(names = "--out", required = true, paramLabel = "F.xdf", description = "The new file.")
  private Path out;

  @Option(
      names = "--stream",
      paramLabel = "NAME|TYPE|PREDICATE",
      description =
          "A stream to record; may be given several times (default: all that are in sight).")
  private List<String> streams = List.of();

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to look for the streams, in seconds (default: ${DEFAULT-VALUE}).")
  private double wait = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to record (default: until Ctrl-C, or the streams have ended).")
  private double seconds = Double.POSITIVE_INFINITY;

  @Option(
      names = "--until-end",
      description =
          "Take an outlet that closes for the end of its stream, instead of waiting for it to come"
              + " back.")
  private boolean untilEnd;

  @Option(names = "--force", description = "Replace a file that is there already.")
  private boolean force;

  @Override
  public Integer call() throws InterruptedException {
    if (!(wait > 0 && wait <= 86_400) || !(seconds > 0)) {
      throw new UsageException(
          "--wait and --seconds must be positive seconds; wait=" + wait + ", seconds=" + seconds);
    }
    RunRecord.refuseExisting(out, force); // before the search, which may take long
    HealthOptions settings = health.options();
    Lsl backend = lsl.lsl();
    List<LslStreamInfo> found = find(backend);
    RecorderOptions options =
        RecorderOptions.DEFAULTS
            .withOverwrite(force)
            .withInlet(InletOptions.DEFAULTS.withEndOnDisconnect(untilEnd))
            .withHealth(settings, new HealthNotes(output));
    long start = System.nanoTime();
    Recorder recorder = new Recorder(out, backend, found, options);
    try (Interruption interruption = new Interruption();
        recorder) {
      for (LslStreamInfo stream : found) {
        output.note(
            "recording '%s' (%s), %s",
            stream.name(), stream.type(), Channels.words(stream.channelCount()));
      }
      boolean ended = false;
      while (!ended && !interruption.wanted() && (System.nanoTime() - start) / 1e9 < seconds) {
        ended = recorder.awaitEnd(Duration.ofMillis(100));
      }
      recorder.close();
      return report(recorder, (System.nanoTime() - start) / 1e9);
    }
  }

  private List<LslStreamInfo> find(Lsl backend) throws InterruptedException {
    Duration patience = Duration.ofNanos((long) (wait * 1e9));
    List<LslStreamInfo> found = new ArrayList<>();
    if (streams.isEmpty()) {
      found.addAll(backend.resolve("", Integer.MAX_VALUE, patience));
      if (found.isEmpty()) {
        throw new StreamException(
            "no stream is in sight within %s s; is its program running?".formatted(wait));
      }
    }
    for (String stream : streams) {
      List<LslStreamInfo> matching = backend.resolve(CursorStream.predicate(stream), 1, patience);
      if (matching.isEmpty()) {
        throw new StreamException(
            "no stream matched \"%s\" within %s s; is it running?".formatted(stream, wait));
      }
      matching.stream()
          .filter(m -> found.stream().noneMatch(f -> f.origin().uid().equals(m.origin().uid())))
          .forEach(found::add);
    }
    return found;
  }

  private int report(Recorder recorder, double took) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (RecordedStream stream : recorder.streams()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", stream.name());
      row.put("type", stream.type());
      row.put("samples", stream.samples());
      row.put("dropped", stream.dropped());
      row.put("clockOffsets", stream.clockOffsets());
      row.put("clockResets", stream.clockResets());
      stream.failure().ifPresent(failure -> row.put("failure", failure));
      row.put("health", HealthReport.json(stream.health()));
      rows.add(row);
      output.text(
          "%-24s %10d samples, %d dropped", stream.name(), stream.samples(), stream.dropped());
      stream.failure().ifPresent(failure -> output.note("%s", failure));
    }
    output.text("");
    output.text("%s", HealthReport.head());
    for (RecordedStream stream : recorder.streams()) {
      HealthReport.lines(stream.health()).forEach(line -> output.text("%s", line));
    }
    output.text("");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    result.put("seconds", took);
    result.put("bytes", recorder.bytes());
    result.put("streams", rows);
    output.text("%s written", out);
    output.result(result);
    if (recorder.failure().isPresent()) {
      throw recorder.failure().get();
    }
    return recorder.streams().stream().anyMatch(s -> s.failure().isPresent()) ? 4 : 0;
  }
}
