package org.efferent.decoders.evoked;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;

class EventRowsTest {
  private static MemoryRecording recording(double... stamps) {
    return new MemoryRecording(
        StreamInfo.of("s", "EEG", 100, 1), stamps, new double[stamps.length], List.of());
  }

  @Test
  void theNearestRowIsFoundAndOfEqualOnesTheFirst() {
    MemoryRecording rows = recording(10, 10.01, 10.02, 10.02, 10.03);
    assertThat(EventRows.nearest(rows, new double[] {10.02, 10.012, 9.95, 10.1}))
        .containsExactly(2, 1, 0, 4);
  }

  @Test
  void farFromEveryRowThereIsNone() {
    MemoryRecording rows = recording(10, 10.01, 12);
    assertThat(EventRows.nearest(rows, new double[] {9.8, 11, 12.2})).containsExactly(-1, -1, -1);
  }

  @Test
  void stampsThatGoBackwardsAreSearchedAsThoroughly() {
    Random random = new Random(5);
    double[] stamps = new double[500];
    for (int r = 0; r < stamps.length; r++) {
      stamps[r] = Math.rint(1000 * (r / 100.0 + 0.03 * random.nextGaussian())) / 1000;
    }
    double[] times = random.doubles(200, -0.2, 5.2).toArray();
    long[] found = EventRows.nearest(recording(stamps), times);
    for (int e = 0; e < times.length; e++) {
      int best = -1;
      for (int r = 0; r < stamps.length; r++) {
        double distance = Math.abs(stamps[r] - times[e]);
        if (distance <= 0.12 && (best < 0 || distance < Math.abs(stamps[best] - times[e]))) {
          best = r;
        }
      }
      assertThat(found[e]).isEqualTo(best);
    }
  }
}
