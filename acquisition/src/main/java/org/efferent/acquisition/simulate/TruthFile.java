package org.efferent.acquisition.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/**
 * The truth of a simulation as tables: what the truth streams carry, a line a sample, the first
 * column {@code time} its stamp as it was pushed, so that it compares with a recording of the
 * signal. The first truth stream goes into the file that is named, {@code truth.csv}; a second one,
 * such as {@code SimSpikes-movement}, into {@code truth-movement.csv} beside it. What the columns
 * mean is said by {@link EegSimulation}, {@link EvokedSimulation}, {@link SpikeCountSimulation},
 * {@link VoltageSimulation} and {@link CursorSimulation}. Written while the simulation runs: a kill
 * costs the last lines.
 */
public final class TruthFile implements SimulationListener, AutoCloseable {
  private final List<Path> files = new ArrayList<>();
  private final List<BufferedWriter> writers = new ArrayList<>();
  private final int[] channels;
  private final int first;
  private final StringBuilder line = new StringBuilder();

  /**
   * Opens the files and writes their headers.
   *
   * @param file where the first truth stream goes
   * @param simulation whose truth it is
   * @param overwrite whether files that are there may be replaced
   * @throws UsageException if a file exists and may not be replaced, or cannot be written
   */
  public TruthFile(Path file, Simulation simulation, boolean overwrite) {
    List<SimulatedStream> truth = simulation.truth();
    first = simulation.streams().size() - truth.size();
    channels = new int[truth.size()];
    try {
      for (int i = 0; i < channels.length; i++) {
        Path path = i == 0 ? file : beside(file, truth.get(i).lsl().name());
        files.add(path);
        writers.add(open(path, overwrite));
        channels[i] = truth.get(i).lsl().channelCount();
        writers.get(i).write(header(truth.get(i)));
      }
    } catch (IOException e) {
      close();
      throw refused(files.size() - 1, e);
    } catch (UsageException e) {
      close();
      throw e;
    }
  }

  private static BufferedWriter open(Path path, boolean overwrite) throws IOException {
    try {
      return overwrite
          ? Files.newBufferedWriter(path, StandardCharsets.UTF_8)
          : Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          path + ": exists already; choose another name, or allow it to be overwritten", e);
    }
  }

  private static Path beside(Path file, String stream) {
    String name = InputFiles.name(file);
    int dot = name.lastIndexOf('.');
    int cut = dot < 0 ? name.length() : dot;
    String suffix = stream.substring(stream.lastIndexOf('-'));
    return file.resolveSibling(name.substring(0, cut) + suffix + name.substring(cut));
  }

  private static String header(SimulatedStream stream) {
    StringBuilder header = new StringBuilder("time");
    for (XmlElement channel : stream.lsl().desc().child("channels").orElseThrow().all("channel")) {
      String unit = channel.textOf("unit");
      header.append(',').append(channel.textOf("label"));
      if (!unit.isEmpty()) {
        header.append(" [").append(unit).append(']');
      }
    }
    return header.append('\n').toString();
  }

  private UsageException refused(int index, IOException e) {
    return new UsageException(
        files.get(index) + ": could not be written: " + e.getMessage() + "; choose another place",
        e);
  }

  /** The files, that of the first truth stream first. */
  public List<Path> files() {
    return List.copyOf(files);
  }

  @Override
  public void sample(int stream, double stamp, double[] values, int offset) {
    int index = stream - first;
    if (index < 0) {
      return;
    }
    line.setLength(0);
    line.append(stamp);
    for (int c = 0; c < channels[index]; c++) {
      line.append(',').append(values[offset + c]);
    }
    try {
      writers.get(index).append(line.append('\n'));
    } catch (IOException e) {
      throw refused(index, e);
    }
  }

  /**
   * Brings what was written to the disk.
   *
   * @throws UsageException if the disk refuses
   */
  @Override
  public void close() {
    UsageException refusal = null;
    for (int i = 0; i < writers.size(); i++) {
      try {
        writers.get(i).close();
      } catch (IOException e) {
        refusal = refused(i, e);
      }
    }
    writers.clear();
    if (refusal != null) {
      throw refusal;
    }
  }
}
