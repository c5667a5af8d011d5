package org.efferent.decoders.verify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.verify.VerificationReport.Difference;

/** Runs a folder of reference values through the code here. */
public final class Verification {
  private Verification() {}

  /**
   * Verifies a case.
   *
   * @param folder with {@code case.json}, {@code weights.safetensors}, {@code io.safetensors}
   * @param options device and precision; double precision decides also what single precision leaves
   *     to noise
   * @return the largest difference an expected tensor
   * @throws InputException if the folder is no case, or one that nothing here computes
   */
  public static VerificationReport run(Path folder, ComputeOptions options) {
    GoldenCase of = GoldenCase.read(folder);
    Computed computed = new Computed(of);
    Map<String, Set<Integer>> skipped = Map.of();
    Map<String, Difference> more = new LinkedHashMap<>();
    try (Compute compute = Compute.open(options)) {
      if (of.architecture().startsWith("loss:")) {
        LossCases losses = new LossCases(of, compute, computed);
        losses.run();
        skipped = losses.skipped();
      } else if (of.architecture().endsWith("(streaming)")) {
        more.putAll(new StreamingCases(of, compute, computed).run());
      } else if (of.json().has("steps")) {
        new TrainingCases(of, compute, computed).run();
      } else {
        new EncoderCases(of, compute, computed).run();
      }
    }
    Map<String, Difference> all =
        new LinkedHashMap<>(
            new Tolerances(of, options.precision()).compare(computed.values(), skipped));
    all.putAll(more);
    return new VerificationReport(of.name(), of.architecture(), all);
  }
}
