package org.efferent.data.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.data.InputFiles;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.files.FileFormat;

/**
 * Sums up a table of numbers: one stream, of type CSV. A first column called time or timestamp(s)
 * is its clock, not a channel, and its median step gives the rate; without one the table has no
 * time: rate 0, start and end NaN.
 */
final class CsvInspector {
  /** A step longer than this many periods is a gap. */
  private static final double GAP_PERIODS = 1.5;

  private static final int MIN_SPAN = 32;

  private CsvInspector() {}

  static Inspection inspect(Path path) {
    NumericTable table = NumericCsv.read(path, NumericCsv.NonFinite.KEEP);
    List<String> names = names(table);
    int first = table.hasClock() ? 1 : 0;
    List<ChannelInfo> channels = new ArrayList<>();
    for (String name : names.subList(first, names.size())) {
      channels.add(new ChannelInfo(name, "", ""));
    }
    List<String> warnings = new ArrayList<>();
    String name = InputFiles.name(path).replaceFirst("\\.[^.]*$", "");
    StreamSummary stream =
        table.hasClock()
            ? timed(name, table, channels, warnings)
            : new StreamSummary(
                name, "CSV", 0, 0, table.rows(), channels, Double.NaN, Double.NaN, 0, 0);
    if (!channels.isEmpty()) {
      HealthFindings findings = new HealthFindings(channels, stream.rateHz());
      findings.feed(
          table.values(), table.columns(), table.hasClock() ? table.column(0) : new double[0]);
      warnings.addAll(0, findings.ofValues(""));
    }
    return new Inspection(
        path.toString(), FileFormat.CSV.title(), List.of(stream), List.of(), List.of(), warnings);
  }

  private static List<String> names(NumericTable table) {
    List<String> names = new ArrayList<>(table.columnNames());
    for (int c = names.size() + 1; c <= table.columns(); c++) {
      names.add(Integer.toString(c));
    }
    return names;
  }

  private static StreamSummary timed(
      String name, NumericTable table, List<ChannelInfo> channels, List<String> warnings) {
    double[] clock = Arrays.stream(table.column(0)).filter(Double::isFinite).toArray();
    if (clock.length < table.rows()) {
      warnings.add((table.rows() - clock.length) + " stamps are NaN or infinite");
    }
    double[] steps = new double[Math.max(0, clock.length - 1)];
    int backwards = 0;
    for (int i = 0; i < steps.length; i++) {
      steps[i] = clock[i + 1] - clock[i];
      backwards += steps[i] < 0 ? 1 : 0;
    }
    if (backwards > 0) {
      warnings.add("its stamps go backwards " + backwards + " times");
    }
    double period = period(clock, steps);
    int gaps = (int) Arrays.stream(steps).filter(s -> s > GAP_PERIODS * period).count();
    boolean regular = period > 0;
    double start = clock.length == 0 ? Double.NaN : clock[0];
    double end = clock.length == 0 ? Double.NaN : clock[clock.length - 1];
    return new StreamSummary(
        name,
        "CSV",
        regular ? rate(period) : 0,
        regular && end > start ? steps.length / (end - start) : 0,
        table.rows(),
        channels,
        start,
        end,
        regular ? gaps : 0,
        0);
  }

  /**
   * The median step, if nearly all steps but gaps agree with it. Otherwise stamps are rounded
   * (often to milliseconds) or jitter by chunk, as those of wireless headsets do, and no single
   * step can be believed: then the median is taken over a tenth of the table at a time.
   */
  private static double period(double[] clock, double[] steps) {
    double step = median(steps);
    long agree = Arrays.stream(steps).filter(s -> Math.abs(s - step) < 0.01 * step).count();
    long near = Arrays.stream(steps).filter(s -> s <= GAP_PERIODS * step).count();
    int rows = Math.max(MIN_SPAN, clock.length / 10);
    if (agree >= 0.97 * near || rows >= clock.length) {
      return step;
    }
    double[] spans = new double[clock.length - rows];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = (clock[i + rows] - clock[i]) / rows;
    }
    return median(spans);
  }

  /**
   * Without the noise of decimal stamps: a rate that is whole but for a ten-thousandth is whole.
   */
  private static double rate(double period) {
    double rate = 1 / period;
    double whole = Math.rint(rate);
    return Math.abs(rate - whole) < 1e-4 * rate ? whole : rate;
  }

  private static double median(double[] numbers) {
    if (numbers.length == 0) {
      return 0;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
