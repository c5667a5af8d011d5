package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Sha256;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.loss.Losses;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder import}: weights under the names of a reference implementation. */
@Command(
    name = "import",
    description = "Makes an encoder's file of weights that were trained elsewhere.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder import weights.safetensors --config atm.yaml --out atm.safetensors",
      "",
      "The weights are safetensors under the reference implementation's parameter names (a PyTorch",
      "state_dict saved by safetensors). The configuration's entries encoder (architecture, options) and",
      "loss say what they are; every name that does not fit is listed."
    })
final class EncoderImportCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "WEIGHTS", description = "Weights, safetensors.")
  private Path weights;

  @Option(
      names = "--config",
      paramLabel = "CONFIG.yaml",
      required = true,
      description =
          "What the weights are of: encoder (architecture, options), and loss where they hold its scale.")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The encoder's file.")
  private Path out;

  @Option(names = "--force", description = "Replace a file that exists.")
  private boolean force;

  @Override
  public Integer call() {
    RunRecord.refuseExisting(out, force);
    String where = InputFiles.name(config);
    OptionReader in = Yaml.read(config);
    OptionReader described = in.map("encoder");
    Encoder encoder =
        Encoders.of(
            described.word("architecture"),
            described.map("options").values(),
            where + ".encoder.options",
            0);
    List<Map<String, Object>> losses = Yaml.maps(in, "loss");
    Objective objective =
        losses.isEmpty()
            ? Objective.of(new org.efferent.decoders.loss.MeanSquaredError())
            : Losses.objective(losses, where + ".loss");
    Safetensors given = Safetensors.read(weights);
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("imported", InputFiles.name(weights));
    about.put("sha256", Sha256.of(weights));
    about.put("version", Versions.program());
    EncoderFile file = new EncoderFile(encoder, objective, null, given.tensors(), Map.of(), about);
    long parameters;
    try (Compute compute = Compute.open(ComputeOptions.DEFAULTS);
        Weights checked =
            Weights.of(
                compute,
                EncoderFile.specs(encoder, objective),
                given.tensors(),
                InputFiles.name(weights))) {
      parameters = checked.parameterCount();
    }
    file.write(out, force);
    output.text("wrote %s: %s, %d parameters", out, encoder.architecture(), parameters);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    result.put("architecture", encoder.architecture());
    result.put("parameters", parameters);
    output.result(result);
    return 0;
  }
}
