package org.efferent.cli;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;
import org.efferent.core.UsageException;
import org.efferent.filters.features.SecondOrderSections;
import org.efferent.filters.features.SectionFilter;
import org.efferent.viz.dashboard.SignalMontage;

/** What {@code --filter} and {@code --montage} of {@code dashboard} say. */
final class DashboardFilters {
  private static final int ORDER = 2;
  private static final double QUALITY = 30;

  private DashboardFilters() {}

  /**
   * Filters in order.
   *
   * @param list "bandpass:1:40,notch:50", "highpass:1", "lowpass:30"; empty for none
   * @param info the stream
   * @throws UsageException if it says something else, or the stream has no rate
   */
  static List<Transform> parse(String list, StreamInfo info) {
    List<Transform> filters = new ArrayList<>();
    for (String one : list.isBlank() ? List.<String>of() : List.of(list.split(",", -1))) {
      if (!(info.sampleRateHz() > 0)) {
        throw new UsageException(
            "--filter wants a stream with a nominal rate; stream=" + info.name());
      }
      filters.add(
          new SectionFilter(sections(one.strip(), info.sampleRateHz()), info.channelCount()));
    }
    return filters;
  }

  private static SecondOrderSections sections(String one, double rateHz) {
    String[] words = one.split(":", -1);
    return switch (words[0] + "/" + (words.length - 1)) {
      case "bandpass/2" ->
          SecondOrderSections.bandPass(ORDER, hertz(one, words[1]), hertz(one, words[2]), rateHz);
      case "highpass/1" -> SecondOrderSections.highPass(ORDER, hertz(one, words[1]), rateHz);
      case "lowpass/1" -> SecondOrderSections.lowPass(ORDER, hertz(one, words[1]), rateHz);
      case "notch/1" -> SecondOrderSections.notch(hertz(one, words[1]), QUALITY, rateHz);
      default -> throw wrong(one);
    };
  }

  private static double hertz(String one, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw wrong(one);
    }
  }

  private static UsageException wrong(String one) {
    return new UsageException(
        "--filter is a list of bandpass:LOW:HIGH, highpass:HZ, lowpass:HZ, notch:HZ; filter="
            + one);
  }

  /**
   * A montage.
   *
   * @param text "recorded", "average", or "bipolar:F3-C3,C3-P3"
   * @param info the stream
   * @throws UsageException if it says something else
   */
  static SignalMontage montage(String text, StreamInfo info) {
    if (text.equals("recorded")) {
      return SignalMontage.asRecorded(info);
    }
    if (text.equals("average")) {
      return SignalMontage.commonAverage(info);
    }
    if (text.startsWith("bipolar:")) {
      return SignalMontage.bipolar(info, List.of(text.substring(8).split(",", -1)));
    }
    throw new UsageException(
        "--montage is recorded, average, or bipolar:A-B,C-D,…; montage=" + text);
  }
}
