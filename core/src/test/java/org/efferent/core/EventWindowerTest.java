package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.core.Estimate.Scores;
import org.junit.jupiter.api.Test;

class EventWindowerTest {
  private final List<String> seen = new ArrayList<>();

  private static Marker at(double time) {
    return new Marker(time, "m" + time);
  }

  /** Rows first … first+rows-1, whose values and stamps are their indices. */
  private void feed(Cutter cutter, int first, int rows, long lost) {
    Chunk chunk = new Chunk(rows, 1);
    for (int r = 0; r < rows; r++) {
      chunk.values()[chunk.append(first + r)] = first + r;
    }
    chunk.position(first, lost, rows);
    cutter.feed(
        chunk,
        w -> {
          StringBuilder text = new StringBuilder(w.event().orElseThrow().label() + ":");
          for (int r = 0; r < w.rows(); r++) {
            assertThat(w.stamp(r)).isEqualTo(w.get(r, 0));
            text.append(' ').append((int) w.get(r, 0));
          }
          assertThat(w.firstIndex()).isEqualTo((long) w.get(0, 0));
          seen.add(text + (w.lostBefore() > 0 ? " !" + w.lostBefore() : ""));
        });
  }

  @Test
  void windowsBeginAtTheNearestSampleAndMayOverlapHoweverTheStreamIsCut() {
    for (int chunkRows : new int[] {1, 2, 5, 30}) {
      seen.clear();
      EventQueue events = new EventQueue(0, 0, m -> true);
      EventWindower cutter = new EventWindower(4, 1, events);
      for (double time : new double[] {11.6, 3.4, 5.0, 4.9}) {
        events.offer(at(time));
      }
      for (int from = 0; from < 30; from += chunkRows) {
        feed(cutter, from, Math.min(chunkRows, 30 - from), 0);
      }
      assertThat(seen)
          .containsExactly("m3.4: 3 4 5 6", "m4.9: 5 6 7 8", "m5.0: 5 6 7 8", "m11.6: 12 13 14 15");
      assertThat(events.offered()).isEqualTo(4);
      assertThat(events.late() + events.lost()).isZero();
    }
  }

  @Test
  void theOffsetMovesTheWindowAndUnwantedMarkersAreIgnored() {
    EventQueue events = new EventQueue(-2, 0, m -> m.label().startsWith("m1"));
    EventWindower cutter = new EventWindower(3, 1, events);
    assertThat(events.offer(at(10))).isTrue();
    assertThat(events.offer(at(5))).isFalse();
    feed(cutter, 0, 20, 0);
    assertThat(seen).containsExactly("m10.0: 8 9 10");
    assertThat(events.offered()).isEqualTo(1);
  }

  @Test
  void aMarkerMayComeBehindItsSamplesAsLongAsTheyAreKept() {
    EventQueue events = new EventQueue(0, 5, m -> true);
    EventWindower cutter = new EventWindower(3, 1, events);
    feed(cutter, 0, 10, 0);
    events.offer(at(2));
    events.offer(at(3));
    feed(cutter, 10, 1, 0);
    // Eight rows are kept: 3 to 10 when the eleventh has come.
    assertThat(seen).containsExactly("m3.0: 3 4 5");
    assertThat(events.late()).isEqualTo(1);
  }

  @Test
  void noWindowSpansALoss() {
    EventQueue events = new EventQueue(0, 4, m -> true);
    EventWindower cutter = new EventWindower(4, 1, events);
    for (double time : new double[] {1, 6, 12, 20, 23}) {
      events.offer(at(time));
    }
    feed(cutter, 0, 8, 0);
    feed(cutter, 15, 10, 7);
    feed(cutter, 25, 5, 0);
    assertThat(seen)
        .containsExactly("m1.0: 1 2 3 4", "m20.0: 20 21 22 23 !7", "m23.0: 23 24 25 26");
    assertThat(events.lost()).isEqualTo(2);
    assertThat(events.late()).isZero();
  }

  @Test
  void eventsBeforeTheStreamAreLate() {
    EventQueue events = new EventQueue(0, 0, m -> true);
    EventWindower cutter = new EventWindower(2, 1, events);
    events.offer(at(3));
    feed(cutter, 10, 5, 0);
    assertThat(seen).isEmpty();
    assertThat(events.late()).isEqualTo(1);
    assertThatThrownBy(() -> new EventQueue(Double.NaN, 0, m -> true))
        .hasMessage("offsetSeconds must be finite; offsetSeconds=NaN");
    assertThatThrownBy(() -> new EventQueue(0, -1, m -> true))
        .hasMessage("keptRows must not be negative; keptRows=-1");
  }

  @Test
  void aRecordingsMarkersLockTheSamePipelineOfflineAndLive() throws InterruptedException {
    int rows = 500;
    double[] stamps = IntStream.range(0, rows).mapToDouble(i -> 100 + i / 100.0).toArray();
    double[] values = IntStream.range(0, rows).asDoubleStream().toArray();
    List<Marker> markers =
        List.of(new Marker(100.5, "a"), new Marker(101.234, "b"), new Marker(104.99, "c"));
    MemoryRecording recording =
        new MemoryRecording(StreamInfo.of("s", "EEG", 100, 1), stamps, values, markers);
    List<String> offline = new ArrayList<>();
    EventQueue events = new EventQueue(0, 10, m -> true);
    Offline.run(recording, pipeline(events), d -> offline.add(text(d)));
    assertThat(offline).containsExactly("a 50 1476.0", "b 123 3228.0");
    EventQueue again = new EventQueue(0, 10, m -> true);
    markers.forEach(again::offer);
    List<String> live = Collections.synchronizedList(new ArrayList<>());
    try (Session session =
        Session.start(
            new Rows(recording),
            SessionOptions.DEFAULTS,
            pipeline(again),
            d -> live.add(text(d)))) {
      assertThat(session.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(live).isEqualTo(offline);
  }

  private static Pipeline<Scores> pipeline(EventQueue events) {
    return Pipeline.locked(
        List.of(),
        24,
        window -> {
          double sum = 0;
          for (int r = 0; r < 24; r++) {
            sum += window.get(r, 0);
          }
          return new Scores(sum);
        },
        events);
  }

  private static String text(Decoded<Scores> decoded) {
    return decoded.event().label() + " " + decoded.firstIndex() + " " + decoded.estimate().get(0);
  }

  /** Hands a recording over in chunks. */
  private static final class Rows implements Source {
    private final MemoryRecording recording;
    private long at;

    Rows(MemoryRecording recording) {
      this.recording = recording;
    }

    @Override
    public StreamInfo info() {
      return recording.info();
    }

    @Override
    public int read(Chunk chunk, Duration timeout) {
      int rows = (int) Math.min(Math.min(17, chunk.capacity()), recording.rows() - at);
      if (rows == 0) {
        return END;
      }
      chunk.clear();
      double[] stamp = new double[1];
      for (int r = 0; r < rows; r++, at++) {
        recording.readStamps(at, 1, stamp, 0);
        recording.read(at, 1, chunk.values(), chunk.append(stamp[0]));
      }
      return rows;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
