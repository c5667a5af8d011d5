package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.DataSelection;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.simulated.SimulatedData;
import org.efferent.decoders.train.TrainingConfig;

/** The data set of a configuration: a folder, or one that is simulated. */
final class TrainingData {
  private final Path folder;
  private final SimulatedData simulated;
  private final DataSelection selection;

  private TrainingData(Path folder, SimulatedData simulated, DataSelection selection) {
    this.folder = folder;
    this.simulated = simulated;
    this.selection = selection;
  }

  /**
   * Finds it; nothing is written yet.
   *
   * @param config the configuration
   * @param given folder of the command line; null for the configuration's
   * @param file the configuration's file, to which its folders are relative
   * @param out below which one is made
   */
  static TrainingData of(TrainingConfig config, Path given, Path file, Path out) {
    OptionReader data = config.data();
    Path parent = file.toAbsolutePath().getParent();
    if (data.has("folder") && data.has("simulated")) {
      throw new InputException(
          data.path("simulated") + " and folder are both there; leave one of them out");
    }
    String named = data.word("folder", "");
    SimulatedData simulated =
        data.has("simulated") ? SimulatedData.of(data.map("simulated"), parent) : null;
    DataSelection selection = selection(data);
    data.end();
    if (given != null) {
      return new TrainingData(given, null, selection);
    }
    if (simulated != null) {
      return new TrainingData(out.resolve("data"), simulated, selection);
    }
    if (named.isEmpty()) {
      throw new InputException(
          data.path("folder")
              + " is missing; name a data set there or by --data, or let one be simulated");
    }
    return new TrainingData(parent.resolve(named).normalize(), null, selection);
  }

  private static DataSelection selection(OptionReader data) {
    try {
      return new DataSelection(data.wholes("subjects"), data.whole("trainingExamples", 0));
    } catch (IllegalArgumentException e) {
      throw new InputException(data.path(e.getMessage()), e);
    }
  }

  /** What simulates it, where something does. */
  Optional<SimulatedData> simulated() {
    return Optional.ofNullable(simulated);
  }

  /**
   * Opens it; simulated data are written where they are not there yet.
   *
   * @param output for remarks
   */
  WindowDataset open(OutputOptions output) {
    if (simulated != null && !Files.isDirectory(folder)) {
      output.note("simulating data into %s", folder);
      simulated.write(folder);
    }
    WindowDataset opened = WindowDataset.open(folder, selection);
    boolean right = false;
    try {
      simulated().ifPresent(made -> made.check(opened));
      right = true;
    } finally {
      if (!right) {
        opened.close();
      }
    }
    return opened;
  }
}
