package org.efferent.decoders.preprocess;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochCutterTest {
  private static final int ROWS = 100;

  /** Events overlap, stand in any order, and some lie too near the ends. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, ROWS})
  void cutsTheSameAsFromMemory(int block) {
    StreamInfo info =
        new StreamInfo(
            "EEG",
            "EEG",
            10,
            "",
            List.of(new ChannelInfo("C3", "EEG", "uV"), new ChannelInfo("C4", "EEG", "uV")));
    double[] values = new Random(2).doubles(2 * ROWS).toArray();
    MemoryRecording all =
        new MemoryRecording(info, new Random(3).doubles(ROWS).toArray(), values, List.of());
    long[] events = {40, 3, 38, 96, 0, 95, 2};
    Epochs whole = Epochs.cut(all, List.of(0, 1), events, -0.3, 0.4);
    EpochCutter cutter = new EpochCutter(info, ROWS, events, -0.3, 0.4);
    for (int from = 0; from < ROWS; from += block) {
      int rows = Math.min(block, ROWS - from);
      cutter.add(Arrays.copyOfRange(values, 2 * from, 2 * (from + block)), rows);
    }
    Epochs cut = cutter.epochs();
    assertEquals(List.of(0, 1, 2, 5), cut.events());
    assertEquals(whole.events(), cut.events());
    assertEquals(List.of(37L, 0L, 35L, 92L), cutter.starts());
    assertEquals(whole.tminSeconds(), cut.tminSeconds());
    assertEquals(whole.samples(), cut.samples());
    assertArrayEquals(whole.values(), cut.values());
  }
}
