package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time probes, on a clock that only the ways between the peers move. */
class TimeProberTest {
  private static final int ID = 77;
  private static final double AHEAD = 1000;
  private static final Offset<Double> PRINTED = Offset.offset(2e-9);

  private final TimeWave wave = new TimeWave(ID);
  private double clock = 5;

  private static String answer(int id, String t0, double t1, double t2) {
    return String.format(Locale.ROOT, " %d %s %.9f %.9f", id, t0, t1, t2);
  }

  /** Asks and is answered, over ways that take so many seconds. */
  private boolean probe(double there, double back) {
    String t0 = wave.question(clock).split("\\s+", -1)[2];
    clock += there;
    String answer = answer(ID, t0, clock + AHEAD, clock + AHEAD);
    clock += back;
    return wave.answer(answer, clock);
  }

  private TimeCorrection result() {
    return wave.result(6).orElseThrow();
  }

  @Test
  void equalWaysCancel() {
    for (int i = 0; i < 8; i++) {
      assertThat(probe(0.020, 0.020)).isTrue();
    }
    assertThat(wave.answered()).isEqualTo(8);
    assertThat(result().seconds()).isCloseTo(-AHEAD, PRINTED);
    assertThat(result().uncertaintySeconds()).isCloseTo(0.040, PRINTED);
    assertThat(result().remoteSeconds()).isCloseTo(AHEAD + 5.020, PRINTED);
  }

  @ParameterizedTest
  @CsvSource({"0.030,0.010", "0,0.040", "0.040,0"})
  void unequalWaysAreWrongByHalfTheirDifferenceAndTheUncertaintySaysSo(double there, double back) {
    for (int i = 0; i < 6; i++) {
      probe(there, back);
    }
    assertThat(result().seconds()).isCloseTo(-AHEAD - (there - back) / 2, PRINTED);
    assertThat(result().uncertaintySeconds()).isCloseTo(there + back, PRINTED);
    assertThat(Math.abs(result().seconds() + AHEAD))
        .isLessThanOrEqualTo(result().uncertaintySeconds() / 2 + 2e-9);
  }

  @Test
  void theShortestRoundTripCountsEvenIfALongerOneIsMoreEven() {
    for (int i = 0; i < 4; i++) {
      probe(0.050, 0.050);
      probe(0.005, 0.001);
    }
    assertThat(result().seconds()).isCloseTo(-1000.002, PRINTED);
    assertThat(result().uncertaintySeconds()).isCloseTo(0.006, PRINTED);
  }

  @Test
  void fiveAnswersAreTooFew() {
    for (int i = 0; i < 5; i++) {
      probe(0.001, 0.001);
    }
    assertThat(wave.result(6)).isEmpty();
    probe(0.001, 0.001);
    assertThat(wave.result(6)).isPresent();
  }

  @Test
  void anAnswerCountsOnceAndOnlyForItsOwnQuestion() {
    String t0 = wave.question(clock).split("\\s+", -1)[2];
    assertThat(wave.answer(answer(ID + 1, t0, 6, 6), 7)).as("another wave").isFalse();
    assertThat(wave.answer(answer(ID, "4.999", 6, 6), 7)).as("not asked").isFalse();
    assertThat(wave.answer(answer(ID, "5.0000000001", 6, 6), 7)).as("printed anew").isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(wave.answer(answer(ID, t0, 6, 6), 7)).as("said again").isFalse();
    }
    assertThat(wave.answered()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN 6",
        "6 NaN",
        "NaN NaN",
        "Infinity Infinity",
        "1e308 1e308",
        "-1e308 1e308",
        "1e11 1e11",
        "6 5",
        "5 600",
        "x y",
        "6",
        "",
        "0x 6",
        "6.0.0 6"
      })
  void liesDoNotCount(String moments) {
    String t0 = wave.question(clock).split("\\s+", -1)[2];
    assertThat(wave.answer(" " + ID + " " + t0 + " " + moments, 7)).isFalse();
    assertThat(wave.answered()).isZero();
    assertThat(wave.result(0).orElseThrow().uncertaintySeconds()).isInfinite();
    assertThat(wave.answer(answer(ID, t0, 6, 6), 7)).as("the truth may still come").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "77", "\0\0\0\0", "77 77 77 77 77 77", "LSL:timedata\r\n77 5"})
  void noiseDoesNotCount(String noise) {
    wave.question(clock);
    assertThat(wave.answer(noise, 7)).isFalse();
  }
}
