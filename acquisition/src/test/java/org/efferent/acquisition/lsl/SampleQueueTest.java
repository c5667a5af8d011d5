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
    queue.offer(stamp, false, 0, new byte[] {(byte) value}, 0, 1, hide);
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
}
