package org.efferent.filters.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.efferent.filters.session.Fixture.at;
import static org.efferent.filters.session.Fixture.bin;
import static org.efferent.filters.session.Fixture.late;
import static org.efferent.filters.session.Fixture.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.InputException;
import org.efferent.filters.loop.LinearUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorSessionTest {
  @TempDir Path folder;

  private static CursorSession running(LinearUser user) {
    CursorSession session = Fixture.simulated();
    session.step(bin(session, user, Command.START));
    while (session.state() != SessionState.RUNNING) {
      session.step(bin(session, user));
    }
    for (int i = 0; i < 100; i++) {
      session.step(bin(session, user));
    }
    return session;
  }

  @Test
  void goesThroughItsStatesAndTellsOfThem() {
    LinearUser user = new LinearUser(2, 3);
    CursorSession session = Fixture.simulated();
    List<SessionState> states = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 1400; i++) {
      Command[] commands =
          switch (i) {
            case 10 -> new Command[] {Command.START};
            case 1300 -> new Command[] {Command.PAUSE};
            case 1320 -> new Command[] {Command.RESUME};
            case 1399 -> new Command[] {Command.STOP};
            default -> new Command[0];
          };
      double[] row = session.step(bin(session, user, commands));
      if (i < 10 || (i >= 1300 && i < 1320) || i == 1399) {
        assertThat(speed(row)).as("bin %d", i).isZero();
      }
      if (states.isEmpty() || states.get(states.size() - 1) != session.state()) {
        states.add(session.state());
      }
      told.addAll(session.events());
    }
    assertThat(states)
        .containsExactly(
            SessionState.IDLE,
            SessionState.CALIBRATING_OPEN,
            SessionState.CALIBRATING_CLOSED,
            SessionState.RUNNING,
            SessionState.PAUSED,
            SessionState.RUNNING,
            SessionState.STOPPED);
    assertThat(told)
        .contains(
            "operator start",
            "state calibrating-open",
            "state calibrating-closed",
            "assist perpendicular 0.80",
            "decoder 1 calibration, block 1",
            "decoder 4 calibration, block 4",
            "operator pause",
            "state paused",
            "trial acquired",
            "state stopped");
    assertThat(told).filteredOn(t -> t.startsWith("target ")).hasSizeGreaterThan(20);
  }

  @Test
  void lateDataHoldTheVelocityThenFadeItAndFreshOnesAreWaitedFor() {
    LinearUser user = new LinearUser(2, 3);
    CursorSession session = running(user);
    double[] row = session.step(bin(session, user));
    while (speed(row) < 3) {
      row = session.step(bin(session, user));
    }
    double before = speed(row);
    double x = at(row, BinColumns.VELOCITY_X);
    double trialSeconds = session.loop().seconds();
    // Two and a half bins of 50 ms are 125 ms: 25 of the 150 ms in which it fades are over.
    double[] expected = {before * (1 - 25 / 150.0), before * 0.5, before * (1 - 125 / 150.0), 0, 0};
    for (double speed : expected) {
      row = session.step(late(session));
      assertThat(speed(row)).isCloseTo(speed, within(1e-9));
    }
    assertThat(session.state()).isEqualTo(SessionState.STALE);
    assertThat(session.watchdogStops()).isEqualTo(1);
    assertThat(session.loop().seconds()).as("no trial's time runs").isEqualTo(trialSeconds);
    assertThat(x).isNotZero();
    // 200 ms of fresh data.
    for (int i = 0; i < 4; i++) {
      assertThat(session.state()).isEqualTo(SessionState.STALE);
      row = session.step(bin(session, user));
      assertThat(speed(row)).isZero();
    }
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    row = session.step(bin(session, user));
    assertThat(speed(row)).isPositive();
    // One late bin is no silence: nobody waits for fresh ones.
    session.step(late(session));
    assertThat(speed(session.step(bin(session, user)))).isPositive();
    assertThat(session.watchdogStops()).isEqualTo(1);
    assertThat(session.lateBins()).isEqualTo(6);
  }

  @Test
  void anEmergencyStopHoldsUntilItIsResumed() {
    LinearUser user = new LinearUser(2, 3);
    CursorSession session = running(user);
    double[] row = session.step(bin(session, user, Command.EMERGENCY_STOP));
    assertThat(speed(row)).isZero();
    assertThat(session.state()).isEqualTo(SessionState.EMERGENCY);
    double x = session.loop().cursorX();
    for (int i = 0; i < 20; i++) {
      row = session.step(i % 2 == 0 ? bin(session, user) : late(session));
      assertThat(speed(row)).isZero();
      double decoded = Math.hypot(at(row, BinColumns.VELOCITY_X), at(row, BinColumns.VELOCITY_Y));
      assertThat(decoded > 0).as("decoded where there are data").isEqualTo(i % 2 == 0);
    }
    assertThat(session.loop().cursorX()).isEqualTo(x);
    session.step(bin(session, user, Command.RESUME));
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
  }

  @Test
  void operatorsRecentreRollBackAndFreeze() {
    LinearUser user = new LinearUser(2, 3);
    CursorSession session = running(user);
    long version = session.loop().versions().orElseThrow().current().number();
    double[] row = session.step(bin(session, user, Command.RECENTRE));
    assertThat(at(row, BinColumns.CURSOR_X)).isZero();
    assertThat(at(row, BinColumns.CURSOR_Y)).isZero();
    row = session.step(bin(session, user, Command.ROLLBACK, Command.FREEZE));
    assertThat(at(row, BinColumns.VERSION)).isEqualTo(version - 1.0);
    assertThat(at(row, BinColumns.FROZEN)).isEqualTo(1);
    for (int i = 0; i < 600; i++) {
      row = session.step(bin(session, user));
    }
    assertThat(at(row, BinColumns.VERSION)).as("frozen").isEqualTo(version - 1.0);
    session.step(bin(session, user, Command.UNFREEZE));
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      session.step(bin(session, user));
      told.addAll(session.events());
    }
    assertThat(told).anyMatch(t -> t.startsWith("decoder "));
    for (int i = 0; i < 12; i++) {
      session.step(bin(session, user, Command.ROLLBACK, Command.FREEZE));
    }
    assertThat(session.events()).contains("no earlier decoder");
  }

  @Test
  void aDecoderThatRunsAwayIsSetBack() {
    LinearUser user = new LinearUser(2, 3);
    CursorSession session = running(user);
    double x = session.loop().cursorX();
    double[] row = null;
    for (int i = 0; i < 20; i++) {
      double[] wild = user.features(session.loop());
      Arrays.fill(wild, 9e8 * (i % 2 == 0 ? 1 : -1));
      row = session.step(new BinInput(0, 0, wild, 0, Set.of()));
      assertThat(speed(row)).isLessThan(150);
    }
    assertThat(Math.abs(session.loop().cursorX() - x)).isLessThan(37);
    assertThat(at(row, BinColumns.GUARDS) + at(row, BinColumns.REPAIRS)).isNotNegative();
    for (int i = 0; i < 100; i++) {
      row = session.step(bin(session, user));
    }
    assertThat(speed(row)).isBetween(0.0, 60.0);
    double[] nothing = new double[LinearUser.CHANNELS];
    Arrays.fill(nothing, Double.NaN);
    row = session.step(new BinInput(0, 0, nothing, 0, Set.of()));
    assertThat(at(row, BinColumns.MEAN_X)).isFinite();
    assertThatThrownBy(() -> session.step(new BinInput(0, 0, new double[3], 0, Set.of())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a bin must have as many features as the session began with; features=3, session 12");
  }

  private static Command[] command(int i) {
    return switch (i) {
      case 3 -> new Command[] {Command.START};
      case 60 -> new Command[] {Command.RECENTRE};
      case 900 -> new Command[] {Command.PAUSE};
      case 950 -> new Command[] {Command.RESUME};
      case 1500 -> new Command[] {Command.ROLLBACK, Command.FREEZE};
      case 1700 -> new Command[] {Command.UNFREEZE};
      case 1800 -> new Command[] {Command.EMERGENCY_STOP};
      case 1810 -> new Command[] {Command.RESUME};
      default -> new Command[0];
    };
  }

  private static boolean comes(int i) {
    return !(i >= 1200 && i < 1212) && i != 700 && i != 1300;
  }

  /** Trained on another thread, which takes as long as it likes. */
  private long record(Path file, int bins) {
    LinearUser user = new LinearUser(2, 3);
    long fulfilled = 0;
    try (CursorSession session = Fixture.live();
        SessionRecorder recorder = new SessionRecorder(file, Fixture.LABELS, Fixture.BIN)) {
      for (int i = 0; i < bins || session.loop().finished().size() < 12; i++) {
        BinInput input = comes(i) ? bin(session, user, command(i)) : late(session, command(i));
        double[] row = session.step(input);
        recorder.add(i * Fixture.BIN, row, session.events());
        fulfilled += at(row, BinColumns.TAKEN) == 1 ? 1 : 0;
        // No disk keeps up with a session that is faster than time.
        while (recorder.waiting() > 4000 && recorder.failure().isEmpty()) {
          Thread.onSpinWait();
        }
      }
      assertThat(recorder.failure()).isEmpty();
    }
    return fulfilled;
  }

  @Test
  void aRecordedSessionIsRepeatedBitForBit() throws IOException {
    long taken = record(folder.resolve(SessionRecorder.FILE), 2600);
    assertThat(taken).isGreaterThanOrEqualTo(4);
    try (SessionBins bins = SessionBins.open(folder)) {
      assertThat(bins.features()).isEqualTo(Fixture.LABELS);
      BitSet steps = bins.taken();
      assertThat(steps.cardinality()).isEqualTo((int) taken);
      SessionReplay.Result result;
      try (CursorSession again = Fixture.recorded(s -> steps.get((int) s))) {
        result = SessionReplay.run(bins, again);
      }
      assertThat(result.byColumn()).isEmpty();
      assertThat(result.differing()).isZero();
      assertThat(result.largest()).isZero();
      assertThat(result.bins()).isEqualTo(bins.size()).isGreaterThanOrEqualTo(2600);
      // Another session, whose decoders come a bin later, is another session.
      try (CursorSession other = Fixture.recorded(s -> steps.get((int) s - 1))) {
        assertThat(SessionReplay.run(bins, other).differing()).isPositive();
      }
    }
  }

  @Test
  void aRecordingThatWasKilledHasTheBinsUntilThen() throws IOException {
    Path file = folder.resolve(SessionRecorder.FILE);
    record(file, 1500);
    byte[] whole = Files.readAllBytes(file);
    long all;
    try (SessionBins bins = SessionBins.open(folder)) {
      all = bins.size();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    try (SessionBins bins = SessionBins.open(folder)) {
      assertThat(bins.size()).isBetween(all / 10, all - 1);
      BitSet steps = bins.taken();
      try (CursorSession again = Fixture.recorded(s -> steps.get((int) s))) {
        assertThat(SessionReplay.run(bins, again).differing()).isZero();
      }
    }
    Files.delete(file);
    assertThatThrownBy(() -> SessionBins.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": is no folder of a session: it has no bins.xdf");
  }
}
