package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.Estimate.Scores;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A source that follows a script: each step answers one call of read. */
  private static final class Scripted implements Source {
    private final List<Step> steps;
    private final AtomicBoolean closed = new AtomicBoolean();
    private int at;

    interface Step {
      int read(Chunk chunk) throws InterruptedException;
    }

    Scripted(List<Step> steps) {
      this.steps = steps;
    }

    @Override
    public StreamInfo info() {
      return StreamInfo.of("scripted", "Test", 10, 2);
    }

    @Override
    public int read(Chunk chunk, Duration timeout) throws InterruptedException {
      chunk.clear();
      return at < steps.size() ? steps.get(at++).read(chunk) : END;
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  private static Scripted.Step rows(int first, int count) {
    return chunk -> {
      for (int i = 0; i < count; i++) {
        int at = chunk.append(first + i);
        chunk.values()[at] = first + i;
        chunk.values()[at + 1] = -first - i;
      }
      chunk.arrivedAt(System.nanoTime());
      return count;
    };
  }

  private static Pipeline<Scores> sums() {
    double[] sum = {0};
    return new Pipeline<>(
        List.of(),
        3,
        1,
        new Decoder<>() {
          @Override
          public Scores decode(Window window) {
            sum[0] += window.get(2, 0);
            return new Scores(sum[0], window.get(0, 1));
          }

          @Override
          public void reset() {
            sum[0] = 0;
          }
        });
  }

  @Test
  void liveEqualsOfflineWhenNothingIsLost() throws Exception {
    List<Scripted.Step> steps = new ArrayList<>();
    double[] values = new double[200];
    double[] stamps = new double[100];
    for (int i = 0; i < 100; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = -i;
      stamps[i] = i;
    }
    for (int i = 0; i < 100; i += 10) {
      steps.add(rows(i, 4));
      steps.add(rows(i + 4, 6));
    }
    MemoryRecording recording =
        new MemoryRecording(StreamInfo.of("scripted", "Test", 10, 2), stamps, values, List.of());
    List<Scores> offline = Offline.run(recording, sums());
    List<Decoded<Scores>> live = Collections.synchronizedList(new ArrayList<>());
    Scripted source = new Scripted(steps);
    try (Session session = Session.start(source, SessionOptions.DEFAULTS, sums(), live::add)) {
      assertThat(session.awaitEnd(PATIENCE)).isTrue();
      assertThat(session.failure()).isEmpty();
      assertThat(session.samples()).isEqualTo(100);
      assertThat(session.lost()).isZero();
      assertThat(session.statistics(0).windows()).isEqualTo(98);
      assertThat(session.statistics(0).total().count()).isEqualTo(98);
    }
    assertThat(source.closed).isTrue();
    assertThat(live).hasSameSizeAs(offline).hasSize(98);
    for (int i = 0; i < 98; i++) {
      assertThat(live.get(i).firstIndex()).isEqualTo(i);
      assertThat(live.get(i).stamp()).isEqualTo(i + 2.0);
      assertThat(live.get(i).estimate().get(0)).isEqualTo(offline.get(i).get(0));
      assertThat(live.get(i).estimate().get(1)).isEqualTo(offline.get(i).get(1));
    }
  }

  @Test
  void theWatchdogSpeaksOnceASilenceAndTheStreamMayComeBack() throws Exception {
    AtomicLong now = new AtomicLong();
    List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());
    Scripted.Step silence =
        chunk -> {
          now.addAndGet(100_000_000);
          return 0;
        };
    Scripted source =
        new Scripted(List.of(rows(0, 3), silence, silence, silence, silence, rows(3, 3), silence));
    SessionOptions options =
        new SessionOptions(
            16,
            4,
            Duration.ofMillis(20),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            events::add,
            now::get);
    try (Session session = Session.start(source, options, sums(), d -> {})) {
      assertThat(session.awaitEnd(PATIENCE)).isTrue();
      assertThat(session.watchdogStops()).isEqualTo(1);
      assertThat(session.failure()).isEmpty();
    }
    assertThat(events)
        .containsExactly(SessionEvent.STALE, SessionEvent.RESUMED, SessionEvent.ENDED);
  }

  @Test
  void aStreamThatStopsForGoodEndsTheSessionWithAnErrorAndKeepsWhatCame() throws Exception {
    AtomicLong now = new AtomicLong();
    List<Scripted.Step> steps = new ArrayList<>(List.of(rows(0, 5)));
    for (int i = 0; i < 50; i++) {
      steps.add(
          chunk -> {
            now.addAndGet(250_000_000);
            return 0;
          });
    }
    List<Decoded<Scores>> live = Collections.synchronizedList(new ArrayList<>());
    SessionOptions options =
        new SessionOptions(
            16,
            5,
            Duration.ofMillis(20),
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            e -> {},
            now::get);
    try (Session session = Session.start(new Scripted(steps), options, sums(), live::add)) {
      assertThat(session.awaitEnd(PATIENCE)).isTrue();
      assertThat(session.failure()).get().isInstanceOf(StreamException.class);
      assertThat(session.failure().get())
          .hasMessage("stream 'scripted' sent nothing for 10.0 s; is its device still on?");
    }
    assertThat(live).hasSize(3);
  }

  @Test
  void aSinkThatFailsEndsTheSessionAndIsReported() throws Exception {
    Scripted source = new Scripted(List.of(rows(0, 3)));
    try (Session session =
        Session.start(
            source,
            SessionOptions.DEFAULTS,
            sums(),
            d -> {
              throw new IllegalStateException("disk full");
            })) {
      assertThat(session.awaitEnd(PATIENCE)).isTrue();
      assertThat(session.failure()).get().extracting(Throwable::getMessage).isEqualTo("disk full");
    }
    assertThat(source.closed).isTrue();
  }

  @Test
  void everySampleIsTimedFromItsOwnArrival() throws Exception {
    List<Decoded<Scores>> live = Collections.synchronizedList(new ArrayList<>());
    Scripted source =
        new Scripted(
            List.of(
                chunk -> {
                  rows(0, 4).read(chunk);
                  for (int r = 0; r < 4; r++) {
                    chunk.arrivals()[r] = 100L + r;
                  }
                  return 4;
                }));
    try (Session session = Session.start(source, SessionOptions.DEFAULTS, sums(), live::add)) {
      assertThat(session.awaitEnd(PATIENCE)).isTrue();
    }
    assertThat(live).extracting(Decoded::arrivalNanos).containsExactly(102L, 103L);
  }

  @Test
  void afterCloseNoSinkIsCalledHoweverMuchWaits() throws Exception {
    Scripted source = new Scripted(List.of(rows(0, 1000)));
    java.util.concurrent.CountDownLatch begun = new java.util.concurrent.CountDownLatch(1);
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    Session session =
        Session.start(
            source,
            SessionOptions.DEFAULTS,
            sums(),
            d -> {
              seen.add(d.firstIndex());
              begun.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    begun.await();
    session.close();
    assertThat(session.isRunning()).isFalse();
    assertThat(session.failure()).isEmpty();
    assertThat(seen).containsExactly(0L);
  }

  @Test
  void sizesThatCannotWorkAreRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> SessionOptions.DEFAULTS.withRingRows(1000))
        .hasMessage("ringRows must be a power of two from 2 on; ringRows=1000");
    assertThat(SessionOptions.DEFAULTS.withRingRows(1024).chunkRows()).isEqualTo(512);
  }

  @Test
  void closeEndsASessionWhoseSourceWouldNeverEnd() throws Exception {
    Scripted source =
        new Scripted(
            List.of(
                chunk -> {
                  new java.util.concurrent.CountDownLatch(1).await();
                  return 0;
                }));
    Session session = Session.start(source, SessionOptions.DEFAULTS, sums(), d -> {});
    session.close();
    assertThat(session.isRunning()).isFalse();
    assertThat(session.failure()).isEmpty();
    assertThat(source.closed).isTrue();
  }
}
