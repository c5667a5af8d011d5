package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.Window;
import org.efferent.filters.CursorDecoder;
import org.efferent.viz.Figure;
import org.efferent.viz.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cursor evaluate}: a filter, trained on some rows of a file, scored on others. */
@Command(
    name = "evaluate",
    description = "Trains a filter on some rows of a recording and scores it on others.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor evaluate --features flint_x.csv --states flint_z.csv \\",
      "    --train 0:5000 --test 5000:6000 --filter dkf-nw"
    })
final class CursorEvaluateCommand implements Callable<Integer> {
  private static final int WARM_UP = 1_000;
  private static final int TIMED = 3_000;

  @Mixin private CursorOptions options;
  @Mixin private OutputOptions output;

  @Option(
      names = "--bin-seconds",
      paramLabel = "S",
      description = "Length of a bin, for the axes of figures (default: ${DEFAULT-VALUE}).")
  private double binSeconds = 0.1;

  @Option(
      names = "--estimates",
      paramLabel = "OUT.csv",
      description = "Write mean and covariance (row-major), one row a bin; OUT.run.json beside it.")
  private Path estimates;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write trajectories (PNG, SVG), estimates.csv, report.html and run.json.")
  private Path out;

  @Override
  public Integer call() {
    RunRecord.refuseExistingWithRecord(estimates, options.force);
    double rateHz = CursorData.rateHz(binSeconds);
    CursorData data = CursorData.read(options.features, options.states);
    CursorData.Rows test = data.rows("--test", options.test);
    if (out != null) {
      // Before the training, which may take long.
      RunRecord.folder(out, options.force);
    }
    CursorOptions.Trained trained = options.trained(data, output);
    CursorDecoder decoder = trained.decoder();
    CursorScore.checkShape(decoder, test);
    List<Gaussian> decoded =
        Offline.run(test.recording("features", rateHz), Pipeline.everySample(decoder));
    Map<String, Object> result = result(decoder, decoded, test, trained.seconds());
    write(result, decoded, test);
    output.text("%s", CursorScore.text(result));
    output.result(result);
    return 0;
  }

  private static Map<String, Object> result(
      CursorDecoder decoder, List<Gaussian> decoded, CursorData.Rows test, double seconds) {
    Map<String, Object> result = new LinkedHashMap<>();
    CursorScore.describe(result, decoder);
    CursorScore.figures(result, CursorScore.score(decoded, test.states()));
    result.put("fallbacks", decoder.fallbacks());
    result.put("repairs", decoder.repairs());
    result.put("hyperparameters", decoder.hyperparameters());
    result.put("stepMicros", CursorScore.micros(timeSteps(decoder, test), 0.5, 0.99));
    result.put("trainSeconds", seconds);
    return result;
  }

  /** Times single decodes, after warm-up, over the test rows again and again. */
  private static LatencyHistogram timeSteps(CursorDecoder decoder, CursorData.Rows test) {
    List<Window> windows = new ArrayList<>();
    for (double[] row : test.features()) {
      windows.add(Window.ofRow(row));
    }
    decoder.reset();
    for (int i = 0; i < WARM_UP; i++) {
      decoder.decode(windows.get(i % windows.size()));
    }
    LatencyHistogram steps = new LatencyHistogram();
    for (int i = 0; i < Math.max(TIMED, windows.size()); i++) {
      Window window = windows.get(i % windows.size());
      long start = System.nanoTime();
      decoder.decode(window);
      steps.record(System.nanoTime() - start);
    }
    return steps;
  }

  private void write(Map<String, Object> result, List<Gaussian> decoded, CursorData.Rows test) {
    if (estimates == null && out == null) {
      return;
    }
    RunRecord record = new RunRecord("cursor evaluate", options.configuration(), options.seed);
    record.input(options.features);
    record.input(options.states);
    if (options.decoder != null) {
      record.input(options.decoder);
    }
    record.figures(result);
    if (estimates != null) {
      CursorScore.writeEstimates(estimates, decoded, options.force);
      record.write(RunRecord.beside(estimates), options.force);
    }
    if (out != null) {
      CursorScore.writeEstimates(out.resolve("estimates.csv"), decoded, options.force);
      Map<String, Figure> drawn =
          CursorScore.draw(out, decoded, test.states(), binSeconds, options.force);
      record.write(out.resolve("run.json"), options.force);
      page(result, drawn).write(record, Terms.CURSOR);
      output.note("wrote %s", out);
    }
  }

  private RunReport page(Map<String, Object> result, Map<String, Figure> drawn) {
    RunReport page =
        new RunReport(
                "Cursor decoding with " + result.get("filter"),
                "A filter learned from some rows of a recording what was wanted, and was scored on other rows that it had not seen.",
                out,
                options.force)
            .highlight(
                "%.3f", result.get("nrmse"), "nRMSE on the test rows; saying zero always is 1")
            .highlight(
                "%.3f rad", result.get("maae"), "mean angular error (MAAE); guessing is 1.571");
    drawn.forEach(page::figure);
    return page;
  }
}
