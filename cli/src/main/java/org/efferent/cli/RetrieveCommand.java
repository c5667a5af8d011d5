package org.efferent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The group of commands about retrieval. */
@Command(
    name = "retrieve",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Retrieval: which of a gallery's stimuli was seen or heard; indexes and searches.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent retrieve evaluate --queries test.npy --gallery images.npy --controls",
      "  efferent retrieve index --embeddings clip.npy --kind exact --out clip.index",
      "  efferent retrieve search --index clip.index --queries decoded.npy --k 10"
    },
    subcommands = {
      RetrieveEvaluateCommand.class,
      RetrieveIndexCommand.class,
      RetrieveSearchCommand.class,
      RetrieveSpeechCommand.class
    })
final class RetrieveCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: evaluate, index, search or speech");
  }
}
