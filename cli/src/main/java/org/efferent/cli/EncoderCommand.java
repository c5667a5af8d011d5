package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The group of commands about encoders. */
@Command(
    name = "encoder",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Encoders that turn brain signals into embeddings: train, use, verify.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder train configs/images-small.yaml --out trained",
      "  efferent encoder evoked run1.csv run2.csv run3.csv --classes house=1,face=2",
      "  efferent encoder verify ../shared/golden/encoders/brain_module"
    },
    subcommands = {
      EncoderTrainCommand.class,
      EncoderEncodeCommand.class,
      EncoderEvokedCommand.class,
      EncoderExplainCommand.class,
      EncoderImportCommand.class,
      EncoderPriorCommand.class,
      EncoderRunCommand.class,
      EncoderTargetsCommand.class,
      EncoderVerifyCommand.class
    })
final class EncoderCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a command: encode, evoked, explain, import, prior, run, targets, train or verify");
  }
}
