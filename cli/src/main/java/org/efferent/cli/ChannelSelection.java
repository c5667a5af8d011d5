package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;

/**
 * The channels of a stream that an encoder was trained with, in its order, by their labels:
 * triggers and whatever else a stream carries stay outside.
 */
final class ChannelSelection implements Source {
  private final Source source;
  private final StreamInfo info;
  private final int[] columns;
  private Chunk all;
  private final double[] row;

  /**
   * Selects.
   *
   * @param source the whole stream; owned from now on
   * @param labels of the channels that are wanted
   * @throws InputException if the stream lacks one, with their names; the source stays open
   */
  ChannelSelection(Source source, List<String> labels) {
    this.source = source;
    this.columns = columns(source.info(), labels);
    this.row = new double[columns.length];
    List<ChannelInfo> channels = new ArrayList<>();
    for (int column : columns) {
      channels.add(source.info().channels().get(column));
    }
    StreamInfo of = source.info();
    this.info = new StreamInfo(of.name(), of.type(), of.sampleRateHz(), of.sourceId(), channels);
  }

  private static int[] columns(StreamInfo stream, List<String> labels) {
    List<String> there = new ArrayList<>();
    stream.channels().forEach(c -> there.add(c.label().toLowerCase(Locale.ROOT)));
    List<String> missing = new ArrayList<>();
    int[] columns = new int[labels.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = there.indexOf(labels.get(i).toLowerCase(Locale.ROOT));
      if (columns[i] < 0) {
        missing.add(labels.get(i));
      }
    }
    if (!missing.isEmpty()) {
      throw new InputException(
          "stream '%s': lacks channels that the encoder was trained with: %s; it has %s"
              .formatted(
                  stream.name(),
                  shortened(missing),
                  shortened(stream.channels().stream().map(ChannelInfo::label).toList())));
    }
    return columns;
  }

  private static String shortened(List<String> names) {
    return names.size() <= 12
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 12)) + " and " + (names.size() - 12) + " more";
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public int read(Chunk chunk, Duration timeout) throws InterruptedException {
    if (all == null || all.capacity() != chunk.capacity()) {
      all = new Chunk(chunk.capacity(), source.info().channelCount());
    }
    int rows = source.read(all, timeout);
    chunk.clear();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns.length; c++) {
        row[c] = all.values()[r * all.channels() + columns[c]];
      }
      chunk.append(all.stamps()[r], row, 0);
      chunk.arrivals()[r] = all.arrivals()[r];
    }
    return rows;
  }

  @Override
  public long lost() {
    return source.lost();
  }

  @Override
  public void close() {
    source.close();
  }
}
