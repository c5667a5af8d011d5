package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.data.files.FileFormat;
import org.efferent.data.inspect.BidsListing;
import org.efferent.data.inspect.Inspection;
import org.efferent.data.inspect.StreamSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what is in a file. */
@Command(
    name = "inspect",
    description =
        "Tells what is in a recording of any format: streams, rates, gaps, markers, oddities; of a BIDS"
            + " folder: subjects, sessions and recordings.",
    footerHeading = "%nExample:%n",
    footer = "  efferent inspect session.xdf --json")
final class InspectCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "FILE", description = "The file or folder.")
  private Path file;

  @Override
  public Integer call() {
    if (FileFormat.of(file) == FileFormat.BIDS) {
      BidsListing listing = BidsListing.of(file);
      BidsOutput.print(output, listing);
      output.result(BidsOutput.json(listing));
      return 0;
    }
    Inspection inspection = Inspection.of(file);
    print(inspection);
    output.result(json(inspection));
    return 0;
  }

  private static Map<String, Object> json(Inspection inspection) {
    List<Map<String, Object>> streams = new ArrayList<>();
    for (StreamSummary stream : inspection.streams()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", stream.name());
      map.put("type", stream.type());
      map.put("rate", stream.rateHz());
      map.put("effectiveRate", stream.effectiveRateHz());
      map.put("samples", stream.samples());
      List<Map<String, Object>> channels = new ArrayList<>();
      for (ChannelInfo channel : stream.channels()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("label", channel.label());
        one.put("kind", channel.kind());
        one.put("unit", channel.unit());
        channel.position().ifPresent(p -> one.put("position", List.of(p.x(), p.y(), p.z())));
        channels.add(one);
      }
      map.put("channels", channels);
      map.put("start", stream.start());
      map.put("end", stream.end());
      map.put("gaps", stream.gaps());
      map.put("clockResets", stream.clockResets());
      streams.add(map);
    }
    List<Object> markers = new ArrayList<>();
    for (Marker marker : inspection.markers()) {
      markers.add(List.of(marker.time(), marker.label()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", inspection.file());
    result.put("format", inspection.format());
    result.put("streams", streams);
    result.put("markers", markers);
    if (!inspection.contents().isEmpty()) {
      result.put("contents", inspection.contents());
    }
    result.put("warnings", inspection.warnings());
    return result;
  }

  private void print(Inspection inspection) {
    output.text("%s: %s", inspection.file(), inspection.format());
    for (StreamSummary s : inspection.streams()) {
      output.text("");
      output.text("%s (%s)", s.name(), s.type().isEmpty() ? "no type" : s.type());
      output.text("  channels        %d: %s", s.channels().size(), labels(s.channels()));
      output.text("  samples         %d", s.samples());
      output.text("  nominal rate    %s", rate(s.rateHz()));
      output.text("  measured rate   %s", rate(s.effectiveRateHz()));
      if (Double.isFinite(s.start())) {
        output.text("  time            %.3f s to %.3f s", s.start(), s.end());
      }
      output.text("  gaps            %d", s.gaps());
      output.text("  clock resets    %d", s.clockResets());
    }
    if (!inspection.markers().isEmpty()) {
      output.text("");
      output.text("%d markers", inspection.markers().size());
      for (Marker marker : inspection.markers().stream().limit(SHOWN).toList()) {
        output.text("  %14.3f s  %s", marker.time(), marker.label());
      }
      if (inspection.markers().size() > SHOWN) {
        output.text("  …");
      }
    }
    if (!inspection.contents().isEmpty()) {
      output.text("");
      inspection.contents().forEach(line -> output.text("%s", line));
    }
    for (String warning : inspection.warnings()) {
      output.text("warning: %s", warning);
    }
  }

  private static String labels(List<ChannelInfo> channels) {
    String some =
        String.join(", ", channels.stream().limit(SHOWN).map(ChannelInfo::label).toList());
    return channels.size() > SHOWN ? some + ", …" : some;
  }

  private static String rate(double hz) {
    return hz > 0 ? String.format(Locale.ROOT, "%.6g Hz", hz) : "irregular or unknown";
  }
}
