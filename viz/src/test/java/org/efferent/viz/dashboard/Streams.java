package org.efferent.viz.dashboard;

import java.util.function.ToDoubleBiFunction;
import org.efferent.core.Chunk;
import org.efferent.core.StreamInfo;

/** Streams for the tests. */
final class Streams {
  private Streams() {}

  static StreamInfo info(double rateHz, int channels) {
    return StreamInfo.of("test", "EEG", rateHz, channels);
  }

  /** Rows {@code from} to {@code to} of a function of row and channel, stamped by the rate. */
  static Chunk rows(StreamInfo info, int from, int to, ToDoubleBiFunction<Integer, Integer> value) {
    Chunk chunk = new Chunk(to - from, info.channelCount());
    for (int r = from; r < to; r++) {
      int at = chunk.append(r / info.sampleRateHz());
      for (int c = 0; c < info.channelCount(); c++) {
        chunk.values()[at + c] = value.applyAsDouble(r, c);
      }
    }
    return chunk;
  }
}
