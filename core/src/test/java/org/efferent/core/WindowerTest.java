package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowerTest {

  /** Feeds rows 0 … count-1 in chunks of a size and writes down each window as text. */
  private static List<String> windows(int rows, int step, int count, int chunkRows) {
    Windower windower = new Windower(rows, step, 1);
    List<String> seen = new ArrayList<>();
    for (int from = 0; from < count; from += chunkRows) {
      feed(windower, from, Math.min(chunkRows, count - from), 0, seen);
    }
    return seen;
  }

  private static void feed(Windower windower, int first, int rows, long lost, List<String> seen) {
    Chunk chunk = new Chunk(rows, 1);
    for (int r = 0; r < rows; r++) {
      chunk.values()[chunk.append(first + r)] = first + r;
    }
    chunk.position(first, lost, rows);
    windower.feed(
        chunk,
        w -> {
          StringBuilder text = new StringBuilder(w.firstIndex() + ":");
          for (int r = 0; r < w.rows(); r++) {
            assertThat(w.stamp(r)).isEqualTo(w.get(r, 0));
            text.append((int) w.get(r, 0)).append(' ');
          }
          seen.add(text.toString().trim() + (w.lostBefore() > 0 ? " !" + w.lostBefore() : ""));
        });
  }

  @Test
  void windowsSlideTheSameHoweverTheStreamIsCut() {
    for (int chunkRows : new int[] {1, 2, 3, 7, 20}) {
      assertThat(windows(3, 2, 9, chunkRows))
          .containsExactly("0:0 1 2", "2:2 3 4", "4:4 5 6", "6:6 7 8");
      assertThat(windows(1, 1, 3, chunkRows)).containsExactly("0:0", "1:1", "2:2");
      assertThat(windows(2, 2, 5, chunkRows)).containsExactly("0:0 1", "2:2 3");
      assertThat(windows(2, 5, 13, chunkRows)).containsExactly("0:0 1", "5:5 6", "10:10 11");
    }
  }

  @Test
  void noWindowSpansALossAndTheNextOneSaysHowMuchIsMissing() {
    Windower windower = new Windower(3, 1, 1);
    List<String> seen = new ArrayList<>();
    feed(windower, 0, 4, 0, seen);
    feed(windower, 9, 4, 5, seen);
    assertThat(seen).containsExactly("0:0 1 2", "1:1 2 3", "9:9 10 11 !5", "10:10 11 12");
  }
}
