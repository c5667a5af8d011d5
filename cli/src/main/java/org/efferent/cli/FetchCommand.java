package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.data.fetch.CardSource;
import org.efferent.data.fetch.DatasetCard;
import org.efferent.data.fetch.DatasetCards;
import org.efferent.data.fetch.DatasetFetch;
import org.efferent.data.fetch.FetchEnvironment;
import org.efferent.data.fetch.FetchOptions;
import org.efferent.data.fetch.FetchResult;
import org.efferent.data.fetch.FileList;
import org.efferent.data.fetch.LicenceAcceptance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fetch}: a public data set from its publisher. */
@Command(
    name = "fetch",
    description =
        "Downloads a public data set from its publisher, after showing its licence; what is there"
            + " already is not fetched again, what was cut off goes on.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent fetch --list",
      "  efferent fetch eegmmidb --only S001/* --dry-run",
      "  efferent fetch eegmmidb --only S001/* --out data/eegmmidb --accept-licence"
    })
final class FetchCommand implements Callable<Integer> {
  private static final Set<String> YES = Set.of("y", "yes");

  private final UserTerminal terminal;
  private final FetchEnvironment environment;

  @Mixin private OutputOptions output;

  @Parameters(
      arity = "0..1",
      paramLabel = "DATASET",
      description = "The data set, one of those that --list shows.")
  private String dataset;

  @Option(names = "--list", description = "Show which data sets there are.")
  private boolean list;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "A card of your own instead of DATASET; docs/DATASETS.md has the format.")
  private Path card;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder that it goes into (default: one of the data set's name).")
  private Path out;

  @Option(
      names = "--only",
      paramLabel = "GLOB",
      description =
          "Which files: * stays in a folder, ** does not; may be given several times (default: what"
              + " the card chooses, else all).")
  private List<String> only = List.of();

  @Option(names = "--all", description = "All files, also where the card chooses some.")
  private boolean all;

  @Option(
      names = {"--accept-licence", "--accept-license"},
      description = "Say that you have read the licence and accept it, instead of being asked.")
  private boolean accept;

  @Option(
      names = "--dry-run",
      description = "Show licence, size and files; ask the publisher for its list, for no data.")
  private boolean dryRun;

  @Option(names = "--unpack", description = "Unpack ZIP archives beside themselves.")
  private boolean unpack;

  @Option(names = "--force", description = "Replace files of the same names but another content.")
  private boolean force;

  /** As the command line makes it. */
  FetchCommand() {
    this(UserTerminal.SYSTEM, FetchEnvironment.system());
  }

  /**
   * The command for a test.
   *
   * @param terminal who answers
   * @param environment clock, pauses, disk and tokens
   */
  FetchCommand(UserTerminal terminal, FetchEnvironment environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    FetchReport report = new FetchReport(output);
    if (list) {
      report.list(cards());
      return 0;
    }
    if ((dataset == null) == (card == null)) {
      throw new UsageException(
          "name a data set or a card of your own with --card, not both; --list shows what there"
              + " is");
    }
    DatasetCard chosen = card == null ? DatasetCards.named(dataset) : DatasetCards.read(card);
    FetchOptions options =
        FetchOptions.DEFAULTS.withOnly(only).withAll(all).withUnpack(unpack).withOverwrite(force);
    Path folder = out == null ? Path.of(chosen.id()) : out;
    DatasetFetch fetch = new DatasetFetch(chosen, folder, options, environment);
    report.card(chosen);
    if (dryRun) {
      report.dryRun(chosen, fetch.list());
      return 0;
    }
    LicenceAcceptance acceptance = acceptance(chosen);
    report.done(chosen, download(fetch, chosen, acceptance));
    return 0;
  }

  private List<DatasetCard> cards() {
    List<DatasetCard> cards = new ArrayList<>(DatasetCards.builtIn());
    if (card != null) {
      cards.add(DatasetCards.read(card));
    }
    return cards;
  }

  /** The user's word on the licence; nothing has been sent to anybody before. */
  private LicenceAcceptance acceptance(DatasetCard chosen) {
    String licence = chosen.licence().name();
    if (accept) {
      if (output.json) {
        output.note("accepted: %s, %s", licence, chosen.licence().address());
      }
    } else if (output.json || !terminal.present()) {
      throw new UsageException(
          "%s: its licence, %s, must be accepted first; read %s and give --accept-licence"
              .formatted(chosen.id(), licence, chosen.licence().address()));
    } else {
      output.out().flush();
      String answer = terminal.ask("Do you accept the licence, " + licence + "? [y/N] ");
      if (!YES.contains(answer.toLowerCase(Locale.ROOT))) {
        throw new UsageException(
            chosen.id() + ": its licence was not accepted; nothing was downloaded");
      }
    }
    return LicenceAcceptance.of(chosen, environment.calendar().instant());
  }

  private FetchResult download(DatasetFetch fetch, DatasetCard chosen, LicenceAcceptance acceptance)
      throws InterruptedException {
    try (Interruption interruption = new Interruption()) {
      if (!(chosen.source() instanceof CardSource.Manual)) {
        output.note("asking %s for its list", chosen.source().host());
      }
      FileList files = fetch.list();
      FetchProgress progress =
          new FetchProgress(
              output.err(), terminal.present(), environment.clock(), interruption::wanted, files);
      try {
        return fetch.download(acceptance, files, progress);
      } finally {
        progress.clear();
      }
    }
  }
}
