package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SampleRingTest {

  private static Chunk rows(int channels, long first, int count) {
    Chunk chunk = new Chunk(Math.max(1, count), channels);
    for (int i = 0; i < count; i++) {
      int at = chunk.append((double) (first + i));
      java.util.Arrays.fill(chunk.values(), at, at + channels, (double) (first + i));
    }
    return chunk;
  }

  private static List<Long> drain(SampleRing.Reader reader, Chunk into) {
    List<Long> seen = new ArrayList<>();
    while (reader.read(into) > 0) {
      for (int r = 0; r < into.rows(); r++) {
        seen.add((long) into.values()[r * into.channels()]);
      }
    }
    return seen;
  }

  @Test
  void everyReaderSeesEveryRowInOrderAcrossTheSeam() {
    SampleRing ring = new SampleRing(8, 3);
    try (SampleRing.Reader one = ring.reader();
        SampleRing.Reader two = ring.reader()) {
      Chunk into = new Chunk(5, 3);
      List<Long> first = new ArrayList<>();
      for (long row = 0; row < 20; row += 4) {
        ring.write(rows(3, row, 4));
        first.addAll(drain(one, into));
        assertThat(drain(two, into)).containsExactly(row, row + 1, row + 2, row + 3);
      }
      assertThat(first).hasSize(20).isSorted();
      assertThat(one.position()).isEqualTo(20);
      assertThat(one.lost()).isZero();
    }
  }

  @Test
  void aLappedReaderCountsWhatItLostAndGoesOnWithTheOldestWholeRows() {
    SampleRing ring = new SampleRing(8, 2);
    try (SampleRing.Reader reader = ring.reader()) {
      ring.write(rows(2, 0, 5));
      ring.write(rows(2, 5, 15)); // more than the ring holds, too
      Chunk into = new Chunk(16, 2);
      assertThat(reader.read(into)).isEqualTo(8);
      assertThat(into.firstIndex()).isEqualTo(12);
      assertThat(into.lostBefore()).isEqualTo(12);
      assertThat(into.stamps()[0]).isEqualTo(12.0);
      assertThat(reader.lost()).isEqualTo(12);
      assertThat(reader.laps()).isEqualTo(1);
      ring.write(rows(2, 20, 1));
      assertThat(reader.read(into)).isEqualTo(1);
      assertThat(into.lostBefore()).isZero();
    }
  }

  @Test
  void aReaderStartsWithTheNextRow() {
    SampleRing ring = new SampleRing(4, 1);
    ring.write(rows(1, 0, 3));
    try (SampleRing.Reader reader = ring.reader()) {
      assertThat(reader.read(new Chunk(4, 1))).isZero();
      ring.write(rows(1, 3, 1));
      assertThat(drain(reader, new Chunk(4, 1))).containsExactly(3L);
    }
  }

  @Test
  void afterTheEndReadersGetTheRestAndThenTheEnd() {
    SampleRing ring = new SampleRing(4, 1);
    try (SampleRing.Reader reader = ring.reader()) {
      ring.write(rows(1, 0, 2));
      ring.end();
      Chunk into = new Chunk(4, 1);
      assertThat(reader.read(into)).isEqualTo(2);
      assertThat(reader.read(into)).isEqualTo(Source.END);
      assertThatThrownBy(() -> ring.write(rows(1, 2, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the ring has ended; nothing can be written to it");
    }
  }

  @Test
  void arrivalAndStampsTravelWithTheRows() {
    SampleRing ring = new SampleRing(4, 1);
    try (SampleRing.Reader reader = ring.reader()) {
      Chunk chunk = rows(1, 7, 2);
      chunk.arrivedAt(1234);
      ring.write(chunk);
      Chunk into = new Chunk(4, 1);
      reader.read(into);
      assertThat(into.arrivals()).startsWith(1234, 1234);
      assertThat(into.stamps()).startsWith(7.0, 8.0);
    }
  }

  @Test
  void badSizesAreRefusedWithRuleAndValue() {
    assertThatThrownBy(() -> new SampleRing(1000, 2))
        .hasMessage("capacity must be a power of two; capacity=1000");
    assertThatThrownBy(() -> new SampleRing(8, 0))
        .hasMessage("channels must be at least 1; channels=0");
    assertThatThrownBy(() -> new SampleRing(1 << 30, 4))
        .hasMessage("capacity times channels must fit an array; capacity=1073741824, channels=4");
    SampleRing ring = new SampleRing(8, 2);
    assertThatThrownBy(() -> ring.write(rows(3, 0, 1)))
        .hasMessage("a chunk must have the ring's channels; ring=2, chunk=3");
  }

  @Test
  void awaitWakesWhenARowComesAndWhenTheRingEnds() throws Exception {
    SampleRing ring = new SampleRing(4, 1);
    try (SampleRing.Reader reader = ring.reader()) {
      assertThat(reader.await(Duration.ofNanos(1))).isFalse();
      Thread writer = new Thread(() -> ring.write(rows(1, 0, 1)));
      writer.start();
      assertThat(reader.await(Duration.ofMinutes(1))).isTrue();
      writer.join();
      reader.read(new Chunk(4, 1));
      Thread ender = new Thread(ring::end);
      ender.start();
      assertThat(reader.await(Duration.ofMinutes(1))).isTrue();
      ender.join();
    }
  }

  /**
   * The hunt for torn reads: a writer that never waits and a ring so small that readers are lapped
   * all the time. Every row carries its own number in its stamp and in all of its values, so a row
   * that mixes two writes, or one that stands at the wrong index, is seen at once.
   */
  @Test
  void noReadIsEverTorn() throws Exception {
    int channels = 48;
    long total = 1_500_000;
    SampleRing ring = new SampleRing(16, channels);
    AtomicReference<String> torn = new AtomicReference<>();
    AtomicLong seen = new AtomicLong();
    AtomicLong laps = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(2);
    List<Thread> readers = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int chunkRows = 5 * i;
      Thread thread =
          new Thread(
              () -> {
                try (SampleRing.Reader reader = ring.reader()) {
                  ready.countDown();
                  Chunk into = new Chunk(chunkRows, channels);
                  long expected = 0;
                  int rows;
                  while ((rows = reader.read(into)) != Source.END) {
                    expected += into.lostBefore();
                    for (int r = 0; r < rows; r++, expected++) {
                      check(into, r, expected, torn);
                    }
                    seen.addAndGet(rows);
                  }
                  if (expected != total) {
                    torn.compareAndSet(null, "rows read and lost add up to " + expected);
                  }
                  laps.addAndGet(reader.laps());
                }
              });
      readers.add(thread);
      thread.start();
    }
    ready.await();
    Chunk chunk = new Chunk(3, channels);
    for (long row = 0; row < total; row += 3) {
      chunk.clear();
      for (int r = 0; r < 3; r++) {
        int at = chunk.append((double) (row + r));
        java.util.Arrays.fill(chunk.values(), at, at + channels, (double) (row + r));
      }
      ring.write(chunk);
    }
    ring.end();
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(torn.get()).isNull();
    assertThat(seen.get()).as("rows read").isPositive();
    assertThat(laps.get()).as("the hunt needs laps to mean something").isPositive();
  }

  private static void check(Chunk into, int r, long expected, AtomicReference<String> torn) {
    if (into.stamps()[r] != expected || into.firstIndex() + r != expected) {
      torn.compareAndSet(null, "row " + expected + " has stamp " + into.stamps()[r]);
    }
    for (int c = 0; c < into.channels(); c++) {
      if (into.values()[r * into.channels() + c] != expected) {
        torn.compareAndSet(
            null,
            "row " + expected + " holds " + into.values()[r * into.channels() + c] + " at " + c);
      }
    }
  }
}
