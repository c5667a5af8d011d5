package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.verify.Verification;
import org.efferent.decoders.verify.VerificationReport;
import org.efferent.decoders.verify.VerificationReport.Difference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder verify}: a folder of reference values through the code here. */
@Command(
    name = "verify",
    description = "Runs a folder of reference values and says how far each output is from them.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder verify ../shared/golden/encoders/brain_module --json",
      "",
      "A case is case.json, weights.safetensors and io.safetensors. It is ok if every expected tensor was",
      "computed and lies within the case's own tolerance; else the status is 3."
    })
final class EncoderVerifyCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "CASE", description = "Folder of the case.")
  private Path folder;

  @Option(
      names = "--precision",
      paramLabel = "double|single",
      description =
          "Width of the numbers (default: double); in single precision some parameters after a"
              + " training are noise, and the case's tolerance for them is wide.")
  private Precision precision = Precision.DOUBLE;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda:N",
      description = "Where it computes (default: ${DEFAULT-VALUE}). Not run on a GPU here.")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one operation (default: ${DEFAULT-VALUE}; cases are small).")
  private int threads = 1;

  @Override
  public Integer call() {
    ComputeOptions options;
    try {
      options = new ComputeOptions(device, threads, precision);
    } catch (IllegalArgumentException e) {
      throw new org.efferent.core.UsageException("--" + e.getMessage(), e);
    }
    VerificationReport report = Verification.run(folder, options);
    output.text(
        "%s: %s, %s",
        report.name(),
        report.architecture(),
        report.ok() ? "all " + report.outputs().size() + " within tolerance" : "differs");
    output.text("%-60s %12s %12s %12s", "tensor", "max abs", "max rel", "tolerance");
    report
        .outputs()
        .forEach(
            (name, d) ->
                output.text(
                    "%-60s %12.3g %12.3g %12.3g%s",
                    name, d.maxAbs(), d.maxRel(), d.tolerance(), d.ok() ? "" : "  NOT OK"));
    output.result(map(report));
    return report.ok() ? 0 : 3;
  }

  private Map<String, Object> map(VerificationReport report) {
    Map<String, Object> outputs = new LinkedHashMap<>();
    report.outputs().forEach((name, d) -> outputs.put(name, map(d)));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("case", report.name());
    all.put("architecture", report.architecture());
    all.put("precision", precision == Precision.DOUBLE ? "double" : "single");
    all.put("outputs", outputs);
    all.put("ok", report.ok());
    return all;
  }

  private static Map<String, Object> map(Difference difference) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("maxAbs", difference.maxAbs());
    one.put("maxRel", difference.maxRel());
    one.put("tolerance", difference.tolerance());
    one.put("ok", difference.ok());
    return one;
  }
}
