package org.efferent.data.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.data.files.FileFormat;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfHeader;
import org.efferent.data.xdf.XdfStream;

/** Sums up an LSL recording. */
final class XdfInspector {
  private XdfInspector() {}

  static Inspection inspect(Path path) {
    XdfFile file = XdfFile.read(path);
    List<XdfStream> order = new ArrayList<>(file.streams());
    file.main()
        .ifPresent(
            main -> {
              order.remove(main);
              order.add(0, main);
            });
    List<String> warnings = new ArrayList<>(file.warnings());
    List<StreamSummary> streams = new ArrayList<>();
    for (XdfStream stream : order) {
      XdfHeader header = stream.header();
      streams.add(summary(stream));
      String prefix = "stream " + header.id() + " (" + header.name() + "): ";
      if (!stream.isText() && !header.channels().isEmpty()) {
        HealthFindings findings = new HealthFindings(header.channels(), header.nominalRateHz());
        findings.feed(stream.values(), header.channelCount(), stream.stamps());
        warnings.addAll(findings.ofValues(prefix));
      }
      if (stream.samples() == 0) {
        warnings.add(prefix + "has no samples");
      }
    }
    return new Inspection(
        path.toString(), FileFormat.XDF.title(), streams, file.markers(), List.of(), warnings);
  }

  private static StreamSummary summary(XdfStream stream) {
    XdfHeader header = stream.header();
    int samples = stream.samples();
    return new StreamSummary(
        header.name(),
        header.type(),
        header.nominalRateHz(),
        stream.effectiveRateHz(),
        samples,
        header.channels(),
        samples == 0 ? Double.NaN : stream.stamps()[0],
        samples == 0 ? Double.NaN : stream.stamps()[samples - 1],
        stream.gaps(),
        stream.clockResets());
  }
}
