package org.efferent.filters.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfRecordings;

/**
 * The bins of a recorded session, read from its folder by range, so that an hour of hundreds of
 * features need not fit into memory. A file that ends in the middle has the bins until then.
 */
public final class SessionBins implements AutoCloseable {
  private final RecordingFile file;
  private final Recording bins;
  private final List<String> features;

  private SessionBins(RecordingFile file, Recording bins, List<String> features) {
    this.file = file;
    this.bins = bins;
    this.features = features;
  }

  /**
   * Opens a session.
   *
   * @param folder of the session
   * @return its bins
   * @throws InputException where there is none, or it is of another layout
   */
  public static SessionBins open(Path folder) {
    Path path = folder.resolve(SessionRecorder.FILE);
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          "%s: is no folder of a session: it has no %s".formatted(folder, SessionRecorder.FILE));
    }
    RecordingFile file = XdfRecordings.open(path, XdfOptions.RAW);
    try {
      Recording bins =
          file.recordings().stream()
              .filter(r -> r.info().name().equals(SessionRecorder.BINS))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InputException(
                          "%s: has no stream '%s'; it is no recorded session"
                              .formatted(path, SessionRecorder.BINS)));
      return new SessionBins(file, bins, features(path, bins.info().channels()));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static List<String> features(Path path, List<ChannelInfo> channels) {
    List<String> labels = channels.stream().map(ChannelInfo::label).toList();
    List<String> expected = BinColumns.labels(List.of());
    if (labels.size() <= expected.size() || !labels.subList(0, expected.size()).equals(expected)) {
      throw new InputException(
          "%s: its columns are not those of this version; columns=%s"
              .formatted(path, labels.subList(0, Math.min(labels.size(), expected.size()))));
    }
    List<String> features = new ArrayList<>();
    for (String label : labels.subList(expected.size(), labels.size())) {
      features.add(label.replaceFirst("^feature:", ""));
    }
    return List.copyOf(features);
  }

  /** Number of bins. */
  public long size() {
    return bins.rows();
  }

  /** Labels of the features. */
  public List<String> features() {
    return features;
  }

  /**
   * Reads a bin as it was recorded.
   *
   * @param bin from 0
   * @param into {@code [columns]}, filled
   */
  public void read(long bin, double[] into) {
    bins.read(bin, 1, into, 0);
  }

  /** Columns and features of a bin together. */
  public int columns() {
    return BinColumns.count() + features.size();
  }

  /**
   * The bin as it went in.
   *
   * @param row as {@link #read} gave it
   * @return what to step a session with
   */
  @SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
  public static BinInput input(double[] row) {
    boolean came = row[BinColumns.CAME.ordinal()] == 1;
    int from = BinColumns.count();
    double[] features = came ? java.util.Arrays.copyOfRange(row, from, row.length) : null;
    Set<Command> commands = Command.of(row[BinColumns.COMMANDS.ordinal()]);
    return new BinInput(
        row[BinColumns.STAMP.ordinal()],
        row[BinColumns.ARRIVAL.ordinal()],
        features,
        (long) row[BinColumns.LOST.ordinal()],
        commands);
  }

  /** Steps (bins, from 1) at which the result of a training came into use or was refused. */
  @SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
  public BitSet taken() {
    BitSet taken = new BitSet();
    double[] row = new double[columns()];
    for (long bin = 0; bin < size(); bin++) {
      read(bin, row);
      taken.set((int) bin + 1, row[BinColumns.TAKEN.ordinal()] == 1);
    }
    return taken;
  }

  @Override
  public void close() {
    file.close();
  }
}
