package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleQueueTest {
  private final List<String> taken = new ArrayList<>();

  private boolean take(SampleQueue.Slot slot, boolean afterGap) {
    taken.add(slot.bytes[0] + "@" + slot.stamp + (afterGap ? " after a gap" : ""));
    return true;
  }

  private static void offer(SampleQueue queue, int value, double stamp, boolean hide) {
    queue.offer(stamp, false, 0, null, new byte[] {(byte) value}, 0, 1, hide);
  }

  @Test
  void aFullQueueDropsTheOldestAndCounts() throws InterruptedException {
    SampleQueue queue = new SampleQueue(100);
    for (int i = 0; i < 103; i++) {
      offer(queue, i, i, false);
    }
    assertThat(queue.dropped()).isEqualTo(3);
    assertThat(queue.take(this::take, 0, false)).isEqualTo(100);
    assertThat(taken).startsWith("3@3.0 after a gap", "4@4.0").endsWith("102@102.0");
  }

  @Test
  void hiddenSamplesShowWhenAStampComes() throws InterruptedException {
    SampleQueue queue = new SampleQueue(10);
    offer(queue, 1, Double.NaN, true);
    offer(queue, 2, Double.NaN, true);
    assertThat(queue.take(this::take, 0, false)).isZero();
    queue.stampHidden(10, 0.5);
    offer(queue, 3, 10, false);
    assertThat(queue.take(this::take, 0, false)).isEqualTo(3);
    assertThat(taken).containsExactly("1@9.0", "2@9.5", "3@10.0");
  }

  @Test
  void samplesHeldBackWaitForASignalOrTheEnd() throws InterruptedException {
    SampleQueue queue = new SampleQueue(10);
    offer(queue, 1, 1, false);
    assertThat(queue.take(this::take, 0, true)).isZero();
    queue.signal();
    assertThat(queue.take(this::take, 0, true)).isEqualTo(1);
    offer(queue, 2, 2, false);
    queue.end(null);
    assertThat(queue.take(this::take, 0, true)).isEqualTo(1);
    assertThat(queue.take(this::take, 0, true)).isEqualTo(-1);
    assertThat(queue.isDone()).isTrue();
  }

  @Test
  void stringsMayTakeSoManyBytesAndNoMore() throws InterruptedException {
    SampleQueue queue = new SampleQueue(1_000, 20_000);
    for (int i = 0; i < 10; i++) {
      byte[] text = new byte[6_000];
      text[0] = (byte) i;
      queue.offer(i, false, 0, null, text, 0, text.length, false);
    }
    assertThat(queue.dropped()).isEqualTo(7);
    assertThat(queue.available()).isEqualTo(3);
    queue.offer(10, false, 0, null, new byte[50_000], 0, 50_000, false);
    assertThat(queue.dropped()).as("one sample may always").isEqualTo(10);
    assertThat(queue.take(this::take, 0, false)).isEqualTo(1);
    assertThat(taken).containsExactly("0@10.0 after a gap");
    int[] kept = {-1};
    for (int i = 0; i < 64; i++) {
      offer(queue, i, i, false);
      queue.take(
          (slot, afterGap) -> {
            kept[0] = Math.max(kept[0], slot.bytes.length);
            return true;
          },
          0,
          false);
    }
    assertThat(kept[0]).as("bytes that a slot keeps").isEqualTo(1);
  }
}
