package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Time probes on a clock that only the ways between the peers move. */
class TimeProberTest {
  private static final long MILLI = 1_000_000;
  private static final Offset<Double> PRINTED = Offset.offset(2e-9);

  private final LslConfig config = LslTesting.world();
  private final AtomicLong clock = new AtomicLong(5_000_000_000L);

  private TimeCorrection wave(long[] there, long[] back) throws Exception {
    try (FakeOutlet peer =
        new FakeOutlet(new byte[0], false).answeringTime(clock, there, back, 1000)) {
      LslStreamInfo info = peer.info(ChannelFormat.INT16, 4, 4);
      TimeProber prober = new TimeProber(info.v4(), config, clock::get);
      TimeCorrection correction = prober.wave().orElseThrow();
      assertThat(prober.answered()).isBetween(6, 8);
      return correction;
    }
  }

  @Test
  void equalWaysCancel() throws Exception {
    TimeCorrection correction = wave(new long[] {20 * MILLI}, new long[] {20 * MILLI});
    assertThat(correction.seconds()).isCloseTo(-1000, PRINTED);
    assertThat(correction.uncertaintySeconds()).isCloseTo(0.040, PRINTED);
  }

  @Test
  void unequalWaysAreWrongByHalfTheirDifferenceAndTheUncertaintySaysSo() throws Exception {
    TimeCorrection correction = wave(new long[] {30 * MILLI}, new long[] {10 * MILLI});
    assertThat(correction.seconds()).isCloseTo(-1000.010, PRINTED);
    assertThat(correction.uncertaintySeconds()).isCloseTo(0.040, PRINTED);
    TimeCorrection other = wave(new long[] {0}, new long[] {40 * MILLI});
    assertThat(other.seconds()).isCloseTo(-1000 + 0.020, PRINTED);
    assertThat(Math.abs(other.seconds() + 1000))
        .isLessThanOrEqualTo(other.uncertaintySeconds() / 2 + 2e-9);
  }

  @Test
  void theShortestRoundTripCountsEvenIfALongerOneIsMoreEven() throws Exception {
    TimeCorrection correction =
        wave(new long[] {50 * MILLI, 5 * MILLI}, new long[] {50 * MILLI, 1 * MILLI});
    assertThat(correction.seconds()).isCloseTo(-1000.002, PRINTED);
    assertThat(correction.uncertaintySeconds()).isCloseTo(0.006, PRINTED);
  }
}
