package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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
}
