package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LatestWinsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final List<LatestWins.Result<Estimate.Embedding, Long>> results =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong clock = new AtomicLong();

  private final LatestWins.Listener<Estimate.Embedding, Long> listener =
      new LatestWins.Listener<>() {
        @Override
        public void finished(LatestWins.Result<Estimate.Embedding, Long> result) {
          results.add(result);
        }

        @Override
        public void failed(Decoded<Estimate.Embedding> decoded, Throwable cause) {
          failures.add(decoded.firstIndex() + ": " + cause.getMessage());
        }
      };

  private static Decoded<Estimate.Embedding> window(long index) {
    return new Decoded<>(new Estimate.Embedding(1f), index, 10, index / 10.0, 0, 0, 0, 0, null);
  }

  private LatestWins<Estimate.Embedding, Long> sink(
      LatestWins.Work<Estimate.Embedding, Long> work, Duration patience) {
    return new LatestWins<>("test", work, listener, () -> clock.addAndGet(5), patience);
  }

  private List<Long> windows() {
    return results.stream().map(r -> r.decoded().firstIndex()).toList();
  }

  @Test
  void theNewestWinsAndWhatItReplacesIsCounted() throws InterruptedException {
    Semaphore started = new Semaphore(0);
    Semaphore go = new Semaphore(0);
    try (LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              started.release();
              go.acquire();
              return decoded.firstIndex() * 2;
            },
            LONG)) {
      sink.accept(window(1));
      started.acquire();
      for (long i = 2; i <= 9; i++) {
        sink.accept(window(i));
      }
      assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(9, 0, 0, 7, 0));
      assertThat(sink.counts().open()).isEqualTo(2);
      go.release(2);
      assertThat(sink.awaitIdle(LONG)).isTrue();
      assertThat(windows()).containsExactly(1L, 9L);
      assertThat(results.get(1).value()).isEqualTo(18);
      assertThat(results.get(1).decoded().stamp()).isEqualTo(0.9);
      assertThat(results.get(1).workNanos()).isEqualTo(5);
      assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(9, 2, 0, 7, 0));
    }
  }

  @Test
  void failuresAreReportedAndTheNextItemIsTried() throws InterruptedException {
    try (LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              if (decoded.firstIndex() == 1) {
                throw new IllegalStateException("no model");
              }
              if (decoded.firstIndex() == 2) {
                throw new StackOverflowError("deep");
              }
              return 0L;
            },
            LONG)) {
      for (long i = 1; i <= 3; i++) {
        sink.accept(window(i));
        assertThat(sink.awaitIdle(LONG)).isTrue();
      }
      assertThat(failures).containsExactly("1: no model", "2: deep");
      assertThat(windows()).containsExactly(3L);
      assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(3, 1, 2, 0, 0));
    }
  }

  @Test
  void aListenerThatThrowsIsCountedAndStopsNothing() throws InterruptedException {
    LatestWins.Listener<Estimate.Embedding, Long> bad =
        new LatestWins.Listener<>() {
          @Override
          public void finished(LatestWins.Result<Estimate.Embedding, Long> result) {
            throw new IllegalStateException("no screen");
          }

          @Override
          public void failed(Decoded<Estimate.Embedding> decoded, Throwable cause) {}
        };
    try (LatestWins<Estimate.Embedding, Long> sink =
        new LatestWins<>("test", decoded -> 1L, bad, () -> 0, LONG)) {
      for (long i = 1; i <= 2; i++) {
        sink.accept(window(i));
        assertThat(sink.awaitIdle(LONG)).isTrue();
      }
      assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(2, 2, 0, 0, 2));
    }
  }

  @Test
  void closeCancelsWhatWaitsAndLetsRunningWorkFinish() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Semaphore go = new Semaphore(0);
    LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              started.countDown();
              go.acquire();
              return 1L;
            },
            LONG);
    sink.accept(window(1));
    started.await();
    sink.accept(window(2));
    Thread closing = new Thread(sink::close);
    closing.start();
    while (sink.counts().cancelled() == 0) {
      Thread.onSpinWait();
    }
    go.release();
    closing.join();
    assertThat(windows()).containsExactly(1L);
    assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(2, 1, 0, 1, 0));
    sink.accept(window(3));
    assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(3, 1, 0, 2, 0));
    sink.close();
  }

  @Test
  void closeInterruptsWorkThatDoesNotEnd() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              started.countDown();
              new CountDownLatch(1).await();
              return 1L;
            },
            SHORT);
    sink.accept(window(1));
    started.await();
    sink.close();
    assertThat(sink.awaitIdle(LONG)).isTrue();
    assertThat(results).isEmpty();
    assertThat(failures).isEmpty();
    assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(1, 0, 0, 1, 0));
  }

  @Test
  void closeReturnsEvenIfWorkHangsAndItsResultIsDropped() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              started.countDown();
              boolean released = false;
              while (!released) {
                try {
                  released = release.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  // a native library that does not listen
                }
              }
              return 1L;
            },
            SHORT);
    sink.accept(window(1));
    started.await();
    sink.close();
    assertThat(sink.counts().open()).isEqualTo(1);
    release.countDown();
    assertThat(sink.awaitIdle(LONG)).isTrue();
    assertThat(results).isEmpty();
    assertThat(sink.counts()).isEqualTo(new LatestWins.Counts(1, 0, 0, 1, 0));
  }

  @Test
  void waitingForIdleGivesUp() throws InterruptedException {
    Semaphore go = new Semaphore(0);
    try (LatestWins<Estimate.Embedding, Long> sink =
        sink(
            decoded -> {
              go.acquire();
              return 1L;
            },
            LONG)) {
      sink.accept(window(1));
      assertThat(sink.awaitIdle(Duration.ZERO)).isFalse();
      go.release();
      assertThat(sink.awaitIdle(LONG)).isTrue();
    }
  }
}
