package org.efferent.filters.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.efferent.filters.session.Fixture.bin;
import static org.efferent.filters.session.Fixture.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.efferent.filters.loop.Adaptation;
import org.efferent.filters.loop.LinearUser;
import org.efferent.filters.loop.Upkeep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureWatchTest {
  @TempDir Path folder;
  private final LinearUser user = new LinearUser(2, 3);
  private final List<String> told = new ArrayList<>();

  private static void asTheyAre(double[] row) {
    assertThat(row).hasSize(LinearUser.CHANNELS);
  }

  private CursorSession running() {
    CursorSession session = Fixture.simulated();
    session.step(bin(session, user, Command.START));
    while (session.state() != SessionState.RUNNING) {
      session.step(bin(session, user));
    }
    steps(session, 100, FeatureWatchTest::asTheyAre);
    assertThat(told).filteredOn(t -> t.startsWith("features")).isEmpty();
    assertThat(session.warning()).isEmpty();
    return session;
  }

  private double[] step(CursorSession session, Consumer<double[]> spoil, Command... commands) {
    BinInput whole = bin(session, user, commands);
    spoil.accept(whole.features());
    double[] row = session.step(whole);
    told.addAll(session.events());
    return row;
  }

  private void steps(CursorSession session, int bins, Consumer<double[]> spoil) {
    for (int i = 0; i < bins; i++) {
      step(session, spoil);
    }
  }

  private List<String> warnings() {
    List<String> found =
        told.stream().filter(t -> t.startsWith("features") || t.startsWith("paused")).toList();
    told.clear();
    return found;
  }

  @Test
  void singleChannelsAreToldOfAndNothingStops() {
    CursorSession session = running();
    told.clear();
    steps(
        session,
        60,
        row -> {
          row[3] = 7;
          row[7] = 7;
          row[9] = 0;
        });
    assertThat(warnings()).containsExactly("features: 3 of 12 channels are flat: u3, u7, u9");
    assertThat(session.warning()).isEqualTo("3 of 12 channels are flat: u3, u7, u9");
    steps(session, 60, row -> row[3] = 7);
    assertThat(warnings()).containsExactly("features: 1 of 12 channels is flat: u3");
    steps(session, 60, row -> row[5] = Double.NaN);
    assertThat(warnings())
        .containsExactlyInAnyOrder(
            "features: no channel is flat any more",
            "features: 1 of 12 channels is without numbers: u5");
    steps(session, 60, row -> row[5] = 40);
    assertThat(warnings())
        .contains(
            "features: no channel is without numbers any more",
            "features: 1 of 12 channels is more than 5 standard deviations from what the decoder"
                + " learned (wrong scale or another montage?): u5");
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    steps(session, 60, FeatureWatchTest::asTheyAre);
    assertThat(session.warning()).isEmpty();
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
  }

  @Test
  void anotherScaleThanTheCalibrationsPauses() {
    CursorSession session = running();
    told.clear();
    Consumer<double[]> volts =
        row -> {
          for (int c = 0; c < row.length; c++) {
            row[c] *= 1e6;
          }
        };
    steps(session, 60, volts);
    assertThat(session.state()).isEqualTo(SessionState.PAUSED);
    String reason =
        "12 of 12 channels are unusable (0 flat, 0 without numbers, 12 far from what the decoder"
            + " learned); check amplifier, scale and montage";
    assertThat(warnings())
        .containsExactly(
            "features: 12 of 12 channels are more than 5 standard deviations from what the decoder"
                + " learned (wrong scale or another montage?): u0, u1, u2, u3, u4, u5, u6, u7 and 4"
                + " more",
            "paused: " + reason + ", then resume");
    assertThat(session.warning()).isEqualTo(reason);
    assertThat(speed(step(session, volts))).isZero();
    // Whoever resumes it wants it so.
    step(session, volts, Command.RESUME);
    steps(session, 100, volts);
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    // Once it was well, it pauses again.
    steps(session, 60, FeatureWatchTest::asTheyAre);
    steps(session, 60, volts);
    assertThat(session.state()).isEqualTo(SessionState.PAUSED);
    assertThat(told)
        .contains(
            "features: no channel is more than 5 standard deviations from what the decoder learned (wrong scale or another montage?) any more");
  }

  @Test
  void channelsWithoutNumbersPauseAndHalfOfThemDoNot() {
    CursorSession session = running();
    told.clear();
    steps(session, 60, row -> Arrays.fill(row, 0, 6, Double.NaN));
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    assertThat(warnings())
        .containsExactly("features: 6 of 12 channels are without numbers: u0, u1, u2, u3, u4, u5");
    steps(
        session,
        60,
        row -> {
          Arrays.fill(row, 0, 6, Double.NaN);
          row[6] = Double.NEGATIVE_INFINITY;
        });
    assertThat(session.state()).isEqualTo(SessionState.PAUSED);
    assertThat(warnings())
        .contains(
            "paused: 7 of 12 channels are unusable (0 flat, 7 without numbers, 0 far from what the"
                + " decoder learned); check amplifier, scale and montage, then resume");
  }

  @Test
  void anAmplifierThatIsOffAtTheStartPausesAtOnce() {
    CursorSession session = Fixture.simulated();
    steps(session, 60, row -> Arrays.fill(row, 0));
    assertThat(session.state()).isEqualTo(SessionState.IDLE);
    step(session, row -> Arrays.fill(row, 0), Command.START);
    assertThat(session.state()).isEqualTo(SessionState.PAUSED);
    assertThat(warnings())
        .containsExactly(
            "paused: 12 of 12 channels are unusable (12 flat, 0 without numbers, 0 far from what the"
                + " decoder learned); check amplifier, scale and montage, then resume");
    steps(session, 60, FeatureWatchTest::asTheyAre);
    step(session, FeatureWatchTest::asTheyAre, Command.RESUME);
    assertThat(session.state()).isEqualTo(SessionState.CALIBRATING_OPEN);
    assertThat(session.warning()).isEmpty();
  }

  @Test
  void anArtefactOfASecondIsNoOtherScale() {
    CursorSession session = running();
    told.clear();
    steps(session, 20, row -> Arrays.setAll(row, c -> 1e6 * row[c]));
    steps(session, 60, FeatureWatchTest::asTheyAre);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aClockThatIsResetIsCounted() {
    CursorSession session = running();
    for (double leap : new double[] {0, -3600, -3600, 100}) {
      double now = session.bins() * Fixture.BIN;
      session.step(
          new BinInput(now + leap, now, user.features(session.loop()), 0, java.util.Set.of()));
      told.addAll(session.events());
    }
    assertThat(session.clockResets()).isEqualTo(2);
    assertThat(told)
        .contains(
            "clock reset: stamps went back by 3599.950 s; the session goes on",
            "clock reset: stamps went ahead by 3700.050 s; the session goes on");
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
  }

  /** A unit that fires every few seconds is silent for long, and is not dead. */
  @Test
  void sparseUnitsAreNotFlat() {
    List<String> labels = List.of("rare", "busy", "busier");
    FeatureWatch watch = new FeatureWatch(labels, 0.02);
    SplittableRandom random = new SplittableRandom(4);
    List<String> news = new ArrayList<>();
    for (int t = 0; t < 15_000; t++) {
      double[] row = {random.nextInt(200) == 0 ? 1 : 0, random.nextInt(4), random.nextInt(4)};
      assertThat(watch.step(row, Optional.empty())).isFalse();
      news.addAll(watch.news());
    }
    assertThat(news).isEmpty();
    for (int t = 0; t < 15_000; t++) {
      watch.step(new double[] {0, random.nextInt(4), random.nextInt(4)}, Optional.empty());
      news.addAll(watch.news());
    }
    assertThat(news).containsExactly("1 of 3 channels is flat: rare");
  }

  private static Command[] command(int i) {
    return switch (i) {
      case 3 -> new Command[] {Command.START};
      case 1700 -> new Command[] {Command.RESUME};
      case 2000 -> new Command[] {Command.ROLLBACK, Command.FREEZE};
      case 2100 -> new Command[] {Command.UNFREEZE};
      default -> new Command[0];
    };
  }

  @Test
  void whatIsKeptUpAndPausedIsRepeatedBitForBit() {
    List<Adaptation> adaptations = new ArrayList<>();
    List<Upkeep> upkeeps = new ArrayList<>();
    for (Adaptation.Kind kind : Adaptation.Kind.values()) {
      adaptations.add(new Adaptation(kind, 10, 30));
      upkeeps.add(new Upkeep(10, kind == Adaptation.Kind.ROWS ? 15 : Double.NaN));
    }
    for (int k = 0; k < adaptations.size(); k++) {
      Adaptation how = adaptations.get(k);
      Path file = folder.resolve(how.kind().id());
      assertThat(file.toFile().mkdir()).isTrue();
      LinearUser person = new LinearUser(1.5, 3);
      int paused = 0;
      try (CursorSession session = Fixture.kept(how, upkeeps.get(k), null);
          SessionRecorder recorder =
              new SessionRecorder(
                  file.resolve(SessionRecorder.FILE), Fixture.LABELS, Fixture.BIN)) {
        for (int i = 0; i < 2600; i++) {
          BinInput input = bin(session, person, command(i));
          if (i >= 1600 && i < 1660) {
            Arrays.fill(input.features(), 0);
          }
          recorder.add(i * Fixture.BIN, session.step(input), session.events());
          paused += session.state() == SessionState.PAUSED ? 1 : 0;
        }
      }
      assertThat(paused).as("until it was resumed").isBetween(50, 70);
      try (SessionBins bins = SessionBins.open(file)) {
        BitSet steps = bins.taken();
        assertThat(steps.cardinality()).isGreaterThan(6);
        try (CursorSession again = Fixture.kept(how, upkeeps.get(k), s -> steps.get((int) s))) {
          SessionReplay.Result result = SessionReplay.run(bins, again);
          assertThat(result.byColumn()).as(how.kind().id()).isEmpty();
          assertThat(result.bins()).isEqualTo(2600);
        }
        // Kept up otherwise, it is another session.
        try (CursorSession other = Fixture.kept(how, Upkeep.NONE, s -> steps.get((int) s))) {
          assertThat(SessionReplay.run(bins, other).differing()).isPositive();
        }
      }
    }
  }
}
