package org.efferent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;
import org.efferent.filters.features.Band;
import org.efferent.filters.features.BandPower;
import org.efferent.filters.features.BinOptions;
import org.efferent.filters.features.Concatenation;
import org.efferent.filters.features.FeatureFile;
import org.efferent.filters.features.FeatureInput;
import org.efferent.filters.features.FeatureModel;
import org.efferent.filters.features.FeatureSource;
import org.efferent.filters.features.SpikeBand;
import org.efferent.filters.features.SpikeBandOptions;
import org.efferent.filters.features.SpikeBandPower;
import org.efferent.filters.features.SpikeCounts;
import org.efferent.filters.features.ThresholdCrossings;
import picocli.CommandLine.Option;

/** What is made of a stream's rows before a session decodes them. */
final class SessionFeatures {
  private static final int ORDER = 4;
  private static final double WINDOW_SECONDS = 0.5;

  /** What becomes of the rows. */
  enum Kind {
    /** A row is a bin. */
    ROWS,
    /** Rows are counts, summed to bins. */
    COUNTS,
    /** Threshold crossings of raw voltage. */
    CROSSINGS,
    /** Log power of the spike band of raw voltage. */
    POWER,
    /** Crossings and power. */
    SPIKES,
    /** Log power of the mu and beta bands. */
    EEG
  }

  @Option(
      names = "--features",
      paramLabel = "KIND",
      description =
          "rows: a row is a bin (the default); counts: rows are summed to bins; crossings, power or"
              + " spikes (both): of raw voltage, with --reference; eeg: log power of 8-12 and 13-30 Hz.")
  private Kind kind;

  @Option(
      names = "--reference",
      paramLabel = "RECORDING",
      description = "A minute at rest of the same channels, for the thresholds of raw voltage.")
  private Path reference;

  @Option(
      names = "--feature-model",
      paramLabel = "FILE",
      description = "Features that were saved, such as the patterns of cursor imagery.")
  private Path file;

  private FeatureModel model;

  /** Puts the features over a raw source, which is closed if that cannot be. */
  Source over(Source raw, double binSeconds) {
    try {
      if (model == null && !plain(raw.info(), binSeconds)) {
        model = model(raw.info());
      }
      return model == null ? raw : new FeatureSource(raw, model, BinOptions.ofSeconds(binSeconds));
    } catch (RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether rows are bins already. */
  private boolean plain(StreamInfo info, double binSeconds) {
    if (file != null || (kind != null && kind != Kind.ROWS)) {
      return false;
    }
    double rate = info.sampleRateHz();
    if (rate > 0 && Math.abs(rate * binSeconds - 1) > 0.01) {
      throw new UsageException(
          "stream '%s' has %s rows a second; --bin-seconds %s needs %s: give --bin-seconds %s, or say by --features what is made of the rows"
              .formatted(info.name(), rate, binSeconds, 1 / binSeconds, 1 / rate));
    }
    return true;
  }

  private FeatureModel model(StreamInfo info) {
    if (file != null) {
      if (kind != null) {
        throw new UsageException("give --features or --feature-model, not both");
      }
      return FeatureFile.load(file);
    }
    FeatureInput input = FeatureInput.of(info);
    return switch (kind) {
      case ROWS -> throw new IllegalStateException("rows need no model");
      case COUNTS -> new SpikeCounts(input);
      case CROSSINGS -> new ThresholdCrossings(band());
      case POWER -> new SpikeBandPower(band(), true);
      case SPIKES -> {
        SpikeBand band = band();
        yield new Concatenation(
            List.of(new ThresholdCrossings(band), new SpikeBandPower(band, true)));
      }
      case EEG ->
          new BandPower(input, List.of(new Band(8, 12), new Band(13, 30)), ORDER, WINDOW_SECONDS);
    };
  }

  private SpikeBand band() {
    if (reference == null) {
      throw new UsageException(
          "--features %s needs --reference: a minute at rest of the same channels"
              .formatted(kind.name().toLowerCase(Locale.ROOT)));
    }
    try (RecordingFile recording = RecordingFiles.open(reference)) {
      return SpikeBand.fit(recording.main(), SpikeBandOptions.DEFAULTS);
    }
  }
}
