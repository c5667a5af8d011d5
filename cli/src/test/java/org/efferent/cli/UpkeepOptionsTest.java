package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.efferent.acquisition.Disturbances;
import org.efferent.acquisition.SimulatedUnits;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UnitsOptions;
import org.efferent.acquisition.UserOptions;
import org.efferent.filters.session.BinInput;
import org.efferent.filters.session.Command;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionState;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Options of what is done about neurons that change, and the watch over features at its rest. */
class UpkeepOptionsTest {
  private static final double BIN = 0.02;

  private static Object[] simulate(Object... more) {
    return Cli.words(
        new Object[] {
          "cursor",
          "simulate",
          "--task",
          "radial8",
          "--open-seconds",
          30,
          "--closed-seconds",
          8,
          "--minutes",
          1.5,
          "--preset",
          "high",
          "--json"
        },
        more);
  }

  @Test
  void kalmanFiltersAreFollowedAndOthersAreRefused() {
    for (String kind : List.of("smooth-batch", "rml")) {
      JsonNode json =
          Cli.run(
                  simulate(
                      "--filter",
                      "kalman",
                      "--assist",
                      "blend",
                      "--adapt",
                      kind,
                      "--adapt-every",
                      10,
                      "--adapt-half-life",
                      60,
                      "--bias-correction"))
              .json();
      assertThat(json.get("success").asDouble()).as(kind).isGreaterThan(0.7);
      JsonNode decoder = json.get("decoder");
      // Three calls in the 36 s after the calibration.
      assertThat(decoder.get("version").asInt() - 4 + decoder.get("refused").asInt())
          .as(kind)
          .isEqualTo(3);
      JsonNode parameters = json.get("parameters");
      assertThat(parameters.get("adapt").asText()).isEqualTo(kind);
      assertThat(parameters.get("assist").asText()).isEqualTo("blend");
      assertThat(parameters.get("biasCorrection").asDouble()).isEqualTo(30);
    }
    Cli.run(simulate("--filter", "dkf-nw", "--adapt", "rml", "--adapt-every", 10))
        .failed(
            2,
            "--adapt rml updates the parameters of a kalman filter; filter=dkf-nw: adapt by rows,"
                + " which serves every filter");
    Cli.run(simulate("--filter", "kalman", "--adapt", "smooth-batch"))
        .failed(
            2,
            "--adapt says how and --adapt-every how often; adapt=smooth-batch: give --adapt-every,"
                + " too");
    Cli.run(
            simulate(
                "--filter",
                "kalman",
                "--adapt",
                "rml",
                "--adapt-every",
                10,
                "--z-score-blocks",
                20))
        .failed(
            2,
            "adaptation by rml follows baselines itself, which z-scores by block would move under it;"
                + " zScoreSeconds=20.0: choose one of them");
  }

  private static final class Words {
    @Mixin private SessionPlan plan;
  }

  private static List<String> told(UnitsOptions options, long seed) {
    Words words = new Words();
    new CommandLine(words)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "--task",
            "radial8",
            "--filter",
            "kalman",
            "--open-seconds",
            "30",
            "--closed-seconds",
            "8",
            "--gain",
            "1",
            "--velocity-smoothing",
            "0.05");
    SimulatedUnits units = new SimulatedUnits(options, seed);
    SimulatedUser person = new SimulatedUser(UserOptions.DEFAULTS, BIN);
    List<String> labels = IntStream.range(0, units.size()).mapToObj(u -> "u" + u).toList();
    List<String> told = new ArrayList<>();
    double[] wanted = new double[2];
    try (CursorSession session = words.plan.recorded(labels, step -> true)) {
      for (int t = 0; t < 90 / BIN; t++) {
        double[] counts = new double[units.size()];
        person.intend(
            session.loop().cursorX(),
            session.loop().cursorY(),
            session.loop().target().x(),
            session.loop().target().y(),
            wanted);
        units.fire(wanted[0], wanted[1], counts);
        Set<Command> commands = t == 0 ? EnumSet.of(Command.START) : EnumSet.noneOf(Command.class);
        session.step(new BinInput(t * BIN, t * BIN, counts, 0, commands));
        session.events().stream()
            .filter(e -> e.startsWith("features") || e.startsWith("paused"))
            .forEach(told::add);
      }
      assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    }
    return told;
  }

  @Test
  void theWatchOverFeaturesIsSilentWhileUnitsAreWell() {
    assertThat(told(UnitsOptions.DEFAULTS, 1)).isEmpty();
    assertThat(told(UnitsOptions.HIGH, 2)).isEmpty();
    assertThat(told(UnitsOptions.DEFAULTS.withTuning(0, 1), 3)).isEmpty();
    Disturbances drift = new Disturbances(0.3, 2, 70, 5, 0, 0, 200);
    assertThat(told(UnitsOptions.HIGH.withDisturbances(drift), 4)).isEmpty();
    Disturbances lost = new Disturbances(0, 0, 70, 0, 0.33, 0, 200);
    assertThat(told(UnitsOptions.HIGH.withDisturbances(lost), 5))
        .isNotEmpty()
        .allMatch(t -> t.contains(" flat"));
  }
}
