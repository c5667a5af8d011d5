package org.efferent.cohort.recordings;

import java.util.List;
import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.SelectedChannels;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.decoders.preprocess.BrainChannels;
import org.efferent.decoders.preprocess.SincResampler;
import org.efferent.filters.features.SecondOrderSections;
import org.efferent.filters.features.SectionFilter;

/** A recording with the channels, the units and the rate that an encoder was trained with. */
final class Prepared {
  private static final int ORDER = 4;

  private Prepared() {}

  /**
   * What is wanted.
   *
   * @param labels channels in order
   * @param rateHz samples a second
   * @param corners of a causal Butterworth band pass of 4th order; null for none
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by Prepared alone
  record Plan(List<String> labels, double rateHz, double[] corners) {}

  /**
   * Reads and prepares a recording: picks channels, EEG in microvolt and all else in the file's
   * unit, filters, resamples.
   *
   * @param file open
   * @param plan what is wanted
   * @return the recording, in memory, its clock as in the file
   * @throws InputException if a channel is missing, the rate is irregular or a value not finite
   */
  static MemoryRecording of(RecordingFile file, Plan plan) {
    Recording all = file.main();
    StreamInfo info = all.info();
    String name = InputFiles.name(file.path());
    if (!(info.sampleRateHz() > 0)) {
      throw new InputException(name + ": has no regular rate, which windows need");
    }
    List<Integer> picks;
    try {
      picks = BrainChannels.find(info, plan.labels());
    } catch (InputException e) {
      throw new InputException(name + ": " + e.getMessage(), e);
    }
    double[] values = picked(all, picks, name);
    if (plan.corners() != null) {
      SectionFilter filter =
          new SectionFilter(
              SecondOrderSections.bandPass(
                  ORDER, plan.corners()[0], plan.corners()[1], info.sampleRateHz()),
              picks.size());
      for (int at = 0; at < values.length; at += picks.size()) {
        filter.apply(values, at);
      }
    }
    double[] stamps = new double[Math.toIntExact(all.rows())];
    all.readStamps(0, stamps.length, stamps, 0);
    if (info.sampleRateHz() != plan.rateHz()) {
      if (plan.rateHz() != Math.rint(plan.rateHz())) {
        throw new InputException(
            name + ": the encoder's rate must be a whole number; rateHz=" + plan.rateHz());
      }
      values =
          SincResampler.of(info.sampleRateHz(), (int) plan.rateHz()).apply(values, picks.size());
      double start = stamps.length == 0 ? 0 : stamps[0];
      stamps = new double[values.length / picks.size()];
      for (int r = 0; r < stamps.length; r++) {
        stamps[r] = start + r / plan.rateHz();
      }
    }
    List<ChannelInfo> infos = picks.stream().map(info.channels()::get).toList();
    return new MemoryRecording(
        new StreamInfo(info.name(), info.type(), plan.rateHz(), info.sourceId(), infos),
        stamps,
        values,
        List.of());
  }

  private static double[] picked(Recording all, List<Integer> picks, String name) {
    double[] factors = new double[picks.size()];
    for (int c = 0; c < factors.length; c++) {
      ChannelInfo channel = all.info().channels().get(picks.get(c));
      boolean eeg = !channel.kind().toUpperCase(Locale.ROOT).startsWith("MEG");
      factors[c] = eeg ? EvokedRecordings.microvolts(channel) : 1;
    }
    int rows = Math.toIntExact(all.rows());
    double[] values = new double[Math.multiplyExact(rows, picks.size())];
    new SelectedChannels(all, picks, factors, List.of()).read(0, rows, values, 0);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        int channel = picks.get(i % factors.length);
        throw new InputException(
            "%s: channel '%s' has a value that is not finite in row %d; an encoder needs numbers"
                .formatted(name, all.info().channels().get(channel).label(), i / factors.length));
      }
    }
    return values;
  }
}
