package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
  private static final InletOptions TO_THE_END = LslTesting.PLAIN.withEndOnDisconnect(true);
  private final LslConfig config = LslTesting.world();

  @Test
  void aHundredThousandRowsArriveInOrder() throws Exception {
    int rows = 100_000;
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.DOUBLE64, 10, 1000);
    LslOutlet outlet = new LslOutlet(stream, config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      Thread pusher =
          new Thread(
              () -> {
                double[] row = new double[10];
                for (int i = 0; i < rows; i++) {
                  for (int c = 0; c < 10; c++) {
                    row[c] = i * 10.0 + c;
                  }
                  outlet.push(row, 1 + i / 1000.0);
                }
                outlet.close();
              });
      pusher.start();
      Chunk chunk = new Chunk(1024, 10);
      int seen = 0;
      for (int n = inlet.pull(chunk, LslTesting.LONG);
          n != Source.END;
          n = inlet.pull(chunk, LslTesting.LONG)) {
        assertThat(n).isPositive();
        for (int r = 0; r < n; r++, seen++) {
          if (chunk.stamps()[r] != 1 + seen / 1000.0
              || chunk.values()[r * 10] != seen * 10.0
              || chunk.values()[r * 10 + 9] != seen * 10.0 + 9) {
            throw new AssertionError("row " + seen + " is not what was pushed");
          }
        }
      }
      pusher.join();
      assertThat(seen).isEqualTo(rows);
      assertThat(inlet.dropped() + outlet.dropped()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(value = ChannelFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void everyNumericFormatArrives(ChannelFormat format) throws Exception {
    LslOutlet outlet = new LslOutlet(LslTesting.stream(format, 3, 0), config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      for (int i = 0; i < 50; i++) {
        outlet.push(new double[] {i, -i, 1}, 1 + i);
        outlet.push(new int[] {i, -i, 2}, 1 + i);
        outlet.push(new float[] {i, -i, 3}, 1 + i);
      }
      outlet.close();
      double[] row = new double[3];
      for (int i = 0; i < 150; i++) {
        int round = i / 3;
        assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(1 + round);
        assertThat(row).containsExactly(round, -round, 1 + i % 3);
      }
      assertThat(inlet.pull(row, LslTesting.LONG)).isNaN();
    }
  }

  @Test
  void longsAreExact() throws Exception {
    LslOutlet outlet = new LslOutlet(LslTesting.stream(ChannelFormat.INT64, 2, 0), config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      outlet.push(new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1}, 1);
      long[] row = new long[2];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(1);
      assertThat(row).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);
    } finally {
      outlet.close();
    }
  }

  @Test
  void stringsOfAllKindsArrive() throws Exception {
    List<String> sent = new ArrayList<>(List.of("", "grün 脳 🧠", "a\u0000b"));
    for (int length : new int[] {1, 255, 256, 300, 70_000, 200_000}) {
      sent.add("x".repeat(length));
    }
    LslOutlet outlet = new LslOutlet(LslStreamInfo.markers("Events", "e"), config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      double before = LocalClock.SYSTEM.seconds();
      for (String text : sent) {
        outlet.push(new String[] {text}, LslOutlet.NOW);
      }
      outlet.close();
      String[] row = new String[1];
      for (String text : sent) {
        assertThat(inlet.pull(row, LslTesting.LONG)).isBetween(before, LocalClock.SYSTEM.seconds());
        assertThat(row[0]).isEqualTo(text);
      }
    }
  }

  @Test
  void aChunkIsStampedBackFromItsLastSample() throws Exception {
    LslOutlet outlet = new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 1, 4), config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      outlet.pushChunk(new double[] {1, 2, 3}, 10);
      outlet.pushChunk(new double[] {4}, LslOutlet.DEDUCED);
      outlet.close();
      double[] row = new double[1];
      for (double stamp : new double[] {9.5, 9.75, 10, 10.25}) {
        assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(stamp);
      }
    }
  }

  @Test
  void twoConsumersGetTheSame() throws Exception {
    LslOutlet outlet = new LslOutlet(LslTesting.stream(ChannelFormat.INT32, 1, 0), config);
    try (LslInlet a = LslTesting.inlet(outlet, config, TO_THE_END);
        LslInlet b = LslTesting.inlet(outlet, config, TO_THE_END)) {
      assertThat(outlet.awaitConsumers(2, LslTesting.LONG)).isTrue();
      outlet.push(new int[] {7}, 5);
      outlet.close();
      for (LslInlet inlet : List.of(a, b)) {
        double[] row = new double[1];
        assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(5);
        assertThat(row[0]).isEqualTo(7);
      }
    }
  }

  @Test
  void onOneHostTheCorrectionIsWithinItsUncertainty() throws Exception {
    try (LslOutlet outlet = new LslOutlet(LslTesting.stream(ChannelFormat.INT32, 1, 0), config);
        LslInlet inlet = LslTesting.inlet(outlet, config, TO_THE_END)) {
      TimeCorrection correction = inlet.timeCorrection(Duration.ofSeconds(10));
      assertThat(Math.abs(correction.seconds()))
          .isLessThanOrEqualTo(correction.uncertaintySeconds());
    }
  }
}
