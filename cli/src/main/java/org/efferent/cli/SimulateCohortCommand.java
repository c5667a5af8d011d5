package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.simulate.SimulatedCohort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate cohort}: a BIDS folder of many participants. */
@Command(
    name = "cohort",
    description =
        "Writes a BIDS folder of simulated EEG, many participants with several runs each, as files.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent simulate cohort --participants 20 --runs 2 --seconds 120 --out simulated",
      "  efferent simulate cohort --kind evoked --out simulated",
      "",
      "imagery has the markers left, right and rest, evoked has target and standard. Participants differ",
      "in how clear their signals are."
    })
final class SimulateCohortCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--kind",
      paramLabel = "imagery|evoked",
      description = "What participants do (default: imagery).")
  private SimulatedCohort.Kind kind = SimulatedCohort.DEFAULTS.kind();

  @Option(
      names = "--participants",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int participants = SimulatedCohort.DEFAULTS.participants();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Recordings of each (default: ${DEFAULT-VALUE}).")
  private int runs = SimulatedCohort.DEFAULTS.runs();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of a recording (default: ${DEFAULT-VALUE}).")
  private double seconds = SimulatedCohort.DEFAULTS.seconds();

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "Electrodes (default: ${DEFAULT-VALUE}).")
  private int channels = SimulatedCohort.DEFAULTS.electrodes();

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Samples a second (default: ${DEFAULT-VALUE}).")
  private double rate = SimulatedCohort.DEFAULTS.rateHz();

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    SimulatedCohort cohort =
        new SimulatedCohort(kind, participants, runs, seconds, channels, rate, seed);
    RunRecord.folder(out, force);
    int recordings = cohort.write(out, force);
    output.text("%d recordings of %d participants in %s", recordings, participants, out);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("recordings", recordings);
    result.put("participants", participants);
    result.put("folder", out.toString());
    output.result(result);
    return 0;
  }
}
