package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.junit.jupiter.api.Test;

/** A stream that is lost and comes back. */
class RecoveryTest {
  private final LslConfig config =
      LslTesting.world()
          .withTuning(
              LslTesting.world()
                  .tuning()
                  .withRecovery(
                      Duration.ofMillis(5), Duration.ofSeconds(15), Duration.ofSeconds(15)));

  private static final String INT32 =
      "02c976be9f0c24fe4005000100fafffeff" + "02c976be9f0c24fe4003000100fcfffeff";
  private static final String SAMPLE = "020000000000409f400100000002000000";

  private final LslStreamInfo stream = LslTesting.stream(ChannelFormat.INT32, 2, 0);

  /** Pulls until a sample comes; silence meanwhile is no error. */
  private static double await(LslInlet inlet, double[] row) throws InterruptedException {
    long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
    double stamp = Double.NaN;
    while (Double.isNaN(stamp) && System.nanoTime() - deadline < 0) {
      stamp = inlet.pull(row, Duration.ofMillis(100));
      assertThat(inlet.isEnded()).isFalse();
    }
    return stamp;
  }

  @Test
  void anOutletThatIsRestartedIsFoundAgainByItsSourceId() throws InterruptedException {
    double[] row = new double[2];
    LslOutlet first = new LslOutlet(stream, config);
    try (LslInlet inlet = LslTesting.inlet(first, config, InletOptions.DEFAULTS)) {
      first.pushAt(new double[] {1, 2}, 0, 10);
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(10);
      assertThat(inlet.wasClockReset()).isFalse();
      first.close();
      try (LslOutlet second = new LslOutlet(stream, config)) {
        assertThat(second.awaitConsumers(LslTesting.LONG)).isTrue();
        second.pushAt(new double[] {3, 4}, 0, 5);
        assertThat(await(inlet, row)).isEqualTo(5);
        assertThat(row).containsExactly(3, 4);
        assertThat(inlet.recoveries()).isEqualTo(1);
        assertThat(inlet.wasClockReset()).isTrue();
        assertThat(inlet.wasClockReset()).isFalse();
      }
    } finally {
      first.close();
    }
  }

  /** An outlet that died left its port at once. */
  @Test
  void anOutletThatIsRestartedOnTheSamePortIsFoundAgain() throws Exception {
    double[] row = new double[2];
    try (FakeOutlet first = new FakeOutlet(FakeOutlet.feed("1234", INT32, SAMPLE), false)) {
      LslStreamInfo info = first.info(ChannelFormat.INT32, 2, 0);
      int port = info.v4().dataPort();
      LslConfig here =
          new LslConfig(
              config.sessionId(),
              config.scope(),
              config.addressesOverride(),
              0,
              "127.0.0.1",
              config.interfaces(),
              config.knownPeers(),
              config.discoveryPort(),
              port,
              1,
              false,
              config.tuning());
      try (LslInlet inlet = new LslInlet(info, config, InletOptions.DEFAULTS)) {
        assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
        first.die();
        try (LslOutlet second = opened(here)) {
          assertThat(second.info().v4().dataPort()).isEqualTo(port);
          assertThat(second.awaitConsumers(LslTesting.LONG)).isTrue();
          second.pushAt(new double[] {3, 4}, 0, 5);
          assertThat(await(inlet, row)).isEqualTo(5);
          assertThat(row).containsExactly(3, 4);
          assertThat(inlet.wasClockReset()).isTrue();
        }
      }
    }
  }

  /** The dead one's port is free as soon as its thread has left the socket. */
  private LslOutlet opened(LslConfig here) {
    long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
    while (true) {
      try {
        return new LslOutlet(stream, here);
      } catch (StreamException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
    }
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainAndTheClockIsTheSame() throws Exception {
    try (FakeOutlet outlet = new FakeOutlet(FakeOutlet.feed("1234", INT32, SAMPLE), true);
        FakeDiscovery discovery = FakeDiscovery.of(outlet.info(ChannelFormat.INT32, 2, 0));
        LslInlet inlet =
            new LslInlet(
                outlet.info(ChannelFormat.INT32, 2, 0),
                discovery.asked(config),
                InletOptions.DEFAULTS)) {
      double[] row = new double[2];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
      assertThat(await(inlet, row)).isEqualTo(2000);
      assertThat(inlet.recoveries()).isPositive();
      assertThat(inlet.wasClockReset()).isFalse();
    }
  }

  /** Two outlets whose clocks are far from ours and from one another. */
  @Test
  void samplesKeepTheClockOfTheOutletThatTheyCameFrom() throws InterruptedException {
    LocalClock one = () -> System.nanoTime() + 1_000_000_000_000L;
    LocalClock two = () -> System.nanoTime() + 5_000_000_000_000L;
    InletOptions options = InletOptions.DEFAULTS.withTimeCorrection(true);
    double[] row = new double[2];
    LslOutlet first = new LslOutlet(stream, config, 100, one);
    try (LslInlet inlet = LslTesting.inlet(first, config, options)) {
      double begin = LocalClock.SYSTEM.seconds();
      first.push(new double[] {1, 2});
      first.push(new double[] {3, 4});
      assertThat(await(inlet, row)).isBetween(begin - 1, begin + 30);
      first.close();
      try (LslOutlet second = new LslOutlet(stream, config, 100, two)) {
        assertThat(second.awaitConsumers(LslTesting.LONG)).isTrue();
        second.push(new double[] {5, 6});
        assertThat(await(inlet, row)).as("of the first").isBetween(begin - 1, begin + 60);
        assertThat(row).containsExactly(3, 4);
        assertThat(await(inlet, row)).as("of the second").isBetween(begin - 1, begin + 60);
        assertThat(row).containsExactly(5, 6);
        assertThat(inlet.timeCorrection(LslTesting.LONG).seconds()).isBetween(-5000.5, -4999.5);
      }
    } finally {
      first.close();
    }
  }

  /** A host that died says nothing, and the outlet runs on another one. */
  @Test
  void whoIsSilentAndLivesElsewhereIsGivenUp() throws Exception {
    LslConfig impatient =
        config.withTuning(
            config
                .tuning()
                .withRecovery(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(50)));
    try (FakeOutlet dead = new FakeOutlet(FakeOutlet.feed("1234", INT32, SAMPLE), false);
        LslInlet inlet =
            new LslInlet(dead.info(ChannelFormat.INT32, 2, 0), impatient, InletOptions.DEFAULTS)) {
      double[] row = new double[2];
      assertThat(inlet.pull(row, LslTesting.LONG)).isEqualTo(2000);
      try (LslOutlet alive = new LslOutlet(stream, config)) {
        assertThat(alive.awaitConsumers(LslTesting.LONG)).isTrue();
        alive.pushAt(new double[] {3, 4}, 0, 5);
        assertThat(await(inlet, row)).isEqualTo(5);
        assertThat(inlet.wasClockReset()).isTrue();
      }
    }
  }

  @Test
  void ofTwoCandidatesNoneIsTakenUntilOneIsLeft() throws InterruptedException {
    LslOutlet first = new LslOutlet(stream, config);
    LslOutlet second = new LslOutlet(stream, config);
    LslOutlet third = new LslOutlet(stream, config);
    try (LslInlet inlet = LslTesting.inlet(first, config, InletOptions.DEFAULTS)) {
      first.close();
      assertThat(second.awaitConsumers(Duration.ofMillis(1500))).isFalse();
      assertThat(third.haveConsumers()).isFalse();
      assertThat(inlet.recoveries()).isZero();
      third.close();
      assertThat(second.awaitConsumers(LslTesting.LONG)).isTrue();
    } finally {
      first.close();
      second.close();
      third.close();
    }
  }

  @Test
  void aStreamWithoutSourceIdIsLost() throws InterruptedException {
    LslOutlet outlet = new LslOutlet(stream.withSourceId(""), config);
    try (LslInlet inlet = LslTesting.inlet(outlet, config, InletOptions.DEFAULTS)) {
      int port = outlet.info().v4().dataPort();
      outlet.close();
      assertThatThrownBy(() -> inlet.pull(new double[2], LslTesting.LONG))
          .isInstanceOf(StreamException.class)
          .hasMessage(
              "stream 'Fk' at 127.0.0.1:%d was lost: the outlet closed the connection"
                  .formatted(port));
    }
  }

  @Test
  void anInletThatLooksForItsStreamCanBeClosed() throws InterruptedException {
    LslOutlet outlet = new LslOutlet(stream, config);
    LslInlet inlet = LslTesting.inlet(outlet, config, InletOptions.DEFAULTS);
    outlet.close();
    assertThat(inlet.pull(new double[2], Duration.ofMillis(50))).isNaN();
    long start = System.nanoTime();
    inlet.close();
    assertThat(System.nanoTime() - start).isLessThan(LslTesting.LONG.toNanos());
    assertThat(inlet.isEnded()).isTrue();
  }

  @Test
  void theRecoveryQueryIsLiblsls() {
    assertThat(Feed.recoveryPredicate(stream))
        .isEqualTo(
            "channel_count='2' and name='Fk' and type='EEG' and source_id='src-1' and"
                + " channel_format='int32'");
  }

  @Test
  void aContinuousResolverForgetsWhatIsGone() throws InterruptedException {
    AtomicLong now = new AtomicLong();
    LslOutlet outlet = new LslOutlet(stream, config);
    try (LslContinuousResolver resolver =
        new LslContinuousResolver("name='Fk'", config, Duration.ofSeconds(5), now::get)) {
      assertThat(resolver.await(1, LslTesting.LONG))
          .extracting(LslStreamInfo::name)
          .containsExactly("Fk");
      outlet.close();
      // An answer that was under way may still count; a minute later nothing does.
      long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
      do {
        now.addAndGet(60_000_000_000L);
      } while (!resolver.results().isEmpty() && System.nanoTime() - deadline < 0);
      assertThat(resolver.results()).isEmpty();
    } finally {
      outlet.close();
    }
  }

  @Test
  void aContinuousResolverGoesOnWhereThereIsNoSocket() {
    LslConfig none =
        new LslConfig(
            config.sessionId(),
            config.scope(),
            config.addressesOverride(),
            0,
            "127.0.0.1",
            config.interfaces(),
            config.knownPeers(),
            config.discoveryPort(),
            config.basePort(),
            0,
            false,
            config.tuning());
    try (LslContinuousResolver resolver =
        new LslContinuousResolver("", none, LslContinuousResolver.FORGET_AFTER)) {
      long deadline = System.nanoTime() + LslTesting.LONG.toNanos();
      while (resolver.failed() < 2 && System.nanoTime() - deadline < 0) {
        Thread.onSpinWait();
      }
      assertThat(resolver.failed()).isGreaterThanOrEqualTo(2);
      assertThat(resolver.results()).isEmpty();
    }
  }
}
