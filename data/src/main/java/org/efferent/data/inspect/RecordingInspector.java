package org.efferent.data.inspect;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;

/** Sums up the recordings of a file, reading all of them a block at a time. */
final class RecordingInspector {
  /** A step longer than this many periods is a gap. */
  private static final double GAP_PERIODS = 1.5;

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
    ValueCheck check = new ValueCheck(info.channels().stream().map(ChannelInfo::label).toList());
    Clock clock = new Clock(info.sampleRateHz());
    for (long from = 0; from < recording.rows(); from += block) {
      int rows = (int) Math.min(block, recording.rows() - from);
      recording.read(from, rows, values, 0);
      recording.readStamps(from, rows, stamps, 0);
      check.feed(values, rows, channels);
      clock.feed(stamps, rows);
    }
    String prefix = several ? "stream " + info.name() + ": " : "";
    if (recording.rows() == 0) {
      warnings.add(prefix + "has no samples");
    }
    warnings.addAll(check.findings(prefix));
    if (clock.backward > 0) {
      warnings.add(prefix + "its stamps go backwards " + clock.backward + " times");
    }
    return new StreamSummary(
        info.name(),
        info.type(),
        info.sampleRateHz(),
        clock.effectiveRateHz(),
        recording.rows(),
        info.channels(),
        clock.start,
        clock.last,
        clock.gaps,
        0);
  }

  /** What stamps say, block after block. */
  private static final class Clock {
    private final double period;
    private double start = Double.NaN;
    private double last = Double.NaN;
    private double gapSeconds;
    private long steps;
    private int gaps;
    private int backward;

    private Clock(double rateHz) {
      period = rateHz > 0 ? 1 / rateHz : Double.POSITIVE_INFINITY;
    }

    private void feed(double[] stamps, int rows) {
      for (int i = 0; i < rows; i++) {
        if (Double.isNaN(start)) {
          start = stamps[i];
        } else {
          double step = stamps[i] - last;
          backward += step < 0 ? 1 : 0;
          if (step > GAP_PERIODS * period) {
            gaps++;
            gapSeconds += step;
          } else {
            steps++;
          }
        }
        last = stamps[i];
      }
    }

    private double effectiveRateHz() {
      double seconds = last - start - gapSeconds;
      return Double.isFinite(period) && steps > 0 && seconds > 0 ? steps / seconds : 0;
    }
  }
}
