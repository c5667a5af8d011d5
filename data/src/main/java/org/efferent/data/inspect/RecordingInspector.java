package org.efferent.data.inspect;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.StampHealth;
import org.efferent.data.RecordingFile;

/** Sums up the recordings of a file, reading all of them a block at a time. */
final class RecordingInspector {
  private static final int BLOCK_VALUES = 1 << 18;

  private RecordingInspector() {}

  static Inspection inspect(RecordingFile file) {
    List<String> warnings = new ArrayList<>(file.warnings());
    List<StreamSummary> streams = new ArrayList<>();
    for (Recording recording : file.recordings()) {
      streams.add(summary(recording, file.recordings().size() > 1, warnings));
    }
    return new Inspection(
        file.path().toString(), file.format(), streams, file.markers(), file.contents(), warnings);
  }

  private static StreamSummary summary(
      Recording recording, boolean several, List<String> warnings) {
    StreamInfo info = recording.info();
    int channels = recording.channels();
    int block = Math.max(1, BLOCK_VALUES / channels);
    double[] values = new double[(int) Math.min(block, recording.rows()) * channels];
    double[] stamps = new double[values.length / channels];
    HealthFindings findings = new HealthFindings(info.channels(), info.sampleRateHz());
    for (long from = 0; from < recording.rows(); from += block) {
      int rows = (int) Math.min(block, recording.rows() - from);
      recording.read(from, rows, values, 0);
      recording.readStamps(from, rows, stamps, 0);
      findings.feed(values, stamps, rows);
    }
    String prefix = several ? "stream " + info.name() + ": " : "";
    if (recording.rows() == 0) {
      warnings.add(prefix + "has no samples");
    }
    warnings.addAll(findings.ofValues(prefix));
    StampHealth clock = findings.end().stamps();
    if (clock.backward() > 0) {
      warnings.add(prefix + "its stamps go backwards " + clock.backward() + " times");
    }
    return new StreamSummary(
        info.name(),
        info.type(),
        info.sampleRateHz(),
        Double.isNaN(clock.effectiveRateHz()) ? 0 : clock.effectiveRateHz(),
        recording.rows(),
        info.channels(),
        clock.start(),
        clock.end(),
        (int) Math.min(Integer.MAX_VALUE, clock.gaps()),
        0);
  }
}
