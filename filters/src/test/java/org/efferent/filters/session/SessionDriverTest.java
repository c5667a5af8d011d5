package org.efferent.filters.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.efferent.filters.session.Fixture.at;
import static org.efferent.filters.session.Fixture.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.filters.loop.LinearUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a time of its own: waiting moves the clock. */
class SessionDriverTest {
  private static final long BIN_NANOS = Math.round(Fixture.BIN * 1e9);

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final LinearUser user = new LinearUser(2, 3);
  private final CursorSession session = Fixture.simulated();
  private final List<double[]> rows = new ArrayList<>();
  private long reset = Long.MAX_VALUE;
  private long unplugged = Long.MAX_VALUE;

  private static StreamInfo info(String first) {
    List<ChannelInfo> channels = new ArrayList<>();
    for (String label : Fixture.LABELS) {
      channels.add(new ChannelInfo(channels.isEmpty() ? first : label, "", ""));
    }
    return new StreamInfo("Units", "Spikes", 1 / Fixture.BIN, "id", channels);
  }

  /** The user, who sees the cursor, bin by bin until somebody pulls the plug. */
  private final class UserSource implements Source {
    private final StreamInfo info;
    private final long bins;
    private final boolean throwsAtEnd;
    private long sent;
    private int waiting;
    private boolean closed;

    UserSource(StreamInfo info, long bins, boolean throwsAtEnd) {
      this.info = info;
      this.bins = bins;
      this.throwsAtEnd = throwsAtEnd;
    }

    @Override
    public StreamInfo info() {
      return info;
    }

    @Override
    public int read(Chunk chunk, Duration timeout) {
      chunk.clear();
      if (waiting > 0) {
        for (; waiting > 0 && !chunk.isFull(); waiting--) {
          chunk.append(0, new double[LinearUser.CHANNELS], 0);
        }
        return chunk.rows();
      }
      if (sent == bins) {
        if (throwsAtEnd) {
          throw new StreamException("lost");
        }
        return END;
      }
      if (timeout.toNanos() < BIN_NANOS) {
        now.addAndGet(timeout.toNanos());
        return 0;
      }
      now.addAndGet(BIN_NANOS);
      sent++;
      chunk.append(stamp(), row(), 0);
      chunk.arrivedAt(now.get());
      return 1;
    }

    private double[] row() {
      return sent > unplugged ? new double[LinearUser.CHANNELS] : user.features(session.loop());
    }

    /** An amplifier whose computer sets its clock back by an hour. */
    private double stamp() {
      return now.get() / 1e9 - (sent > reset ? 3600 : 0);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void anUnpluggedAmplifierPausesTheSessionAndAClockThatIsResetDoesNot()
      throws InterruptedException {
    reset = 1300;
    unplugged = 1400;
    List<String> told = new ArrayList<>();
    long[] pausedAt = {0};
    SessionDriver[] driver = new SessionDriver[1];
    driver[0] =
        driver(
            new UserSource(info("u0"), 1500, false),
            timeout -> {
              throw new StreamException("not there");
            },
            (row, s) -> {
              told.addAll(s.events());
              if (s.state() == SessionState.PAUSED && pausedAt[0] == 0) {
                pausedAt[0] = s.bins();
              }
              if (s.bins() == 1400) {
                assertThat(s.state()).isEqualTo(SessionState.RUNNING);
              }
              if (s.bins() == 1495) {
                driver[0].command(Command.STOP);
              }
            });
    driver[0].command(Command.START);
    driver[0].run();
    assertThat(session.clockResets()).isEqualTo(1);
    assertThat(told)
        .contains(
            "clock reset: stamps went back by 3599.950 s; the session goes on",
            "paused: 12 of 12 channels are unusable (12 flat, 0 without numbers, 0 far from what the"
                + " decoder learned); check amplifier, scale and montage, then resume",
            "state paused");
    assertThat((pausedAt[0] - 1400) * Fixture.BIN).isBetween(2.0, 2.6);
  }

  private SessionDriver driver(
      Source source, SessionDriver.Opener opener, SessionDriver.Listener listener) {
    return new SessionDriver(
        session,
        source,
        opener,
        Fixture.BIN,
        // Simulated time flies while the search's thread waits for a processor.
        Duration.ofDays(1),
        listener,
        now::get,
        now::addAndGet);
  }

  @Test
  void twentyKillsInARowAreSurvived() throws InterruptedException {
    List<UserSource> sources = new ArrayList<>();
    sources.add(new UserSource(info("u0"), 1300, false));
    List<Double> stillAfter = new ArrayList<>();
    SessionDriver[] driver = new SessionDriver[1];
    SessionDriver.Opener opener =
        timeout -> {
          // Half a second of silence in the session's time, however fast the test runs.
          long back = now.get() + 500_000_000L;
          while (now.get() < back) {
            Thread.onSpinWait();
          }
          sources.add(new UserSource(info("u0"), 80, sources.size() % 2 == 0));
          return sources.get(sources.size() - 1);
        };
    long[] last = new long[1];
    driver[0] =
        new SessionDriver(
            session,
            sources.get(0),
            opener,
            Fixture.BIN,
            Duration.ofDays(365),
            (row, s) -> {
              rows.add(row.clone());
              if (sources.size() == 21 && sources.get(20).sent == 60) {
                driver[0].command(Command.STOP);
              }
              if (at(row, BinColumns.CAME) == 1) {
                last[0] = now.get();
              } else if (speed(row) == 0 && speed(rows.get(rows.size() - 2)) > 0) {
                stillAfter.add((now.get() - last[0]) / 1e9);
              }
            },
            now::get,
            now::addAndGet);
    driver[0].command(Command.START);
    driver[0].run();
    assertThat(session.state()).isEqualTo(SessionState.STOPPED);
    assertThat(driver[0].reconnections()).isEqualTo(20);
    assertThat(session.watchdogStops()).isBetween(20L, 21L);
    assertThat(stillAfter).hasSizeGreaterThan(10).allMatch(s -> s <= 0.3);
    assertThat(sources).allMatch(s -> s.closed);
    // It went on each time: the last bins of every source moved the cursor.
    assertThat(rows)
        .filteredOn(r -> at(r, BinColumns.CAME) == 1 && speed(r) > 0)
        .hasSizeGreaterThan(1000);
    assertThat(driver[0].latency().count()).isGreaterThan(1300 + 19 * 80L);
  }

  @Test
  void aStreamOfAnotherMontageIsRefusedWhenItComesBack() throws InterruptedException {
    SessionDriver driver =
        driver(
            new UserSource(info("u0"), 100, false),
            timeout -> new UserSource(info("Fp1"), 100, false),
            (row, s) -> rows.add(row.clone()));
    driver.command(Command.START);
    driver.run();
    assertThat(session.state()).isEqualTo(SessionState.FAULT);
    assertThat(session.faultReason())
        .isEqualTo(
            "stream 'Units' came back with channel 1 named 'Fp1' instead of 'u0'; stop, check the"
                + " amplifier, and calibrate anew");
    assertThat(rows).hasSizeGreaterThanOrEqualTo(100);
    StreamInfo fast = new StreamInfo("Units", "Spikes", 30, "id", info("u0").channels());
    assertThat(SessionDriver.difference(info("u0"), fast))
        .isEqualTo("a rate of 30.0 Hz instead of 20.0");
    assertThat(SessionDriver.difference(info("u0"), StreamInfo.of("a", "b", 20, 4)))
        .isEqualTo("4 channels instead of 12");
  }

  @Test
  void whatWaitedBeforeItRanIsLeftOutAndCounted() throws InterruptedException {
    UserSource source = new UserSource(info("u0"), 100, false);
    source.waiting = 70;
    SessionDriver driver =
        driver(
            source,
            timeout -> {
              throw new StreamException("not there");
            },
            (row, s) -> {
              rows.add(row.clone());
              if (s.bins() == 10) {
                s.fault("enough");
              }
            });
    driver.run();
    assertThat(driver.skipped()).isEqualTo(70);
    assertThat(rows).hasSize(10).allMatch(r -> at(r, BinColumns.CAME) == 1);
    assertThat(source.sent).isEqualTo(10);
  }

  @Test
  void aSilenceThatLastsIsAFault() throws InterruptedException {
    // The source stays, but sends nothing any more.
    SessionDriver silent =
        new SessionDriver(
            session,
            new Source() {
              @Override
              public StreamInfo info() {
                return SessionDriverTest.info("u0");
              }

              @Override
              public int read(Chunk chunk, Duration timeout) {
                now.addAndGet(timeout.toNanos());
                return 0;
              }

              @Override
              public void close() {}
            },
            timeout -> {
              throw new StreamException("not there");
            },
            Fixture.BIN,
            Duration.ofSeconds(5),
            (row, s) -> rows.add(row.clone()),
            now::get);
    silent.run();
    assertThat(silent.reconnections()).isZero();
    assertThat(session.faultReason())
        .isEqualTo("stream 'Units' sent nothing for 5 s; is its device still on?");
    assertThat(rows).hasSizeBetween(95, 105).allMatch(r -> at(r, BinColumns.CAME) == 0);
  }

  @Test
  void aDiskThatFillsUpIsAFaultAndWhatWasRecordedIsWhole() {
    Path file = folder.resolve(SessionRecorder.FILE);
    SessionRecorder recorder = new SessionRecorder(file, Fixture.LABELS, Fixture.BIN);
    SessionDriver driver =
        driver(
            new UserSource(info("u0"), 500, false),
            timeout -> new UserSource(info("u0"), 500, false),
            (row, s) -> {
              if (s.bins() == 300) {
                throw new UsageException("bins.xdf: could not be written: No space left");
              }
              recorder.add(now.get() / 1e9, row, s.events());
            });
    assertThatThrownBy(driver::run).hasMessage("bins.xdf: could not be written: No space left");
    recorder.close();
    assertThat(session.state()).isEqualTo(SessionState.FAULT);
    try (SessionBins bins = SessionBins.open(folder)) {
      assertThat(bins.size()).isEqualTo(299);
    }
  }

  @Test
  void whateverBreaksLeavesASessionInFault() {
    SessionDriver driver =
        driver(
            new UserSource(info("u0"), 500, false),
            timeout -> new UserSource(info("u0"), 500, false),
            (row, s) -> {
              throw new IllegalStateException("a defect");
            });
    assertThatThrownBy(driver::run).isInstanceOf(IllegalStateException.class);
    assertThat(session.state()).isEqualTo(SessionState.FAULT);
    assertThat(session.faultReason()).isEqualTo("a defect");
  }
}
