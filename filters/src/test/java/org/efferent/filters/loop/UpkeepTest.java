package org.efferent.filters.loop;

import java.util.Optional;
import org.efferent.filters.FilterKind;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;

@SuppressWarnings("EnumOrdinal")
class UpkeepTest {
  private static final double BIN = 0.05;
  private static final LoopSetup SETUP =
      new LoopSetup(
          new TaskOptions(BIN, 0.3, 5, true, false),
          seed -> new RadialTargets(8, 12, 2.4, seed),
          18,
          15);

  private static ClosedLoop loop(FilterKind kind, Optional<Adaptation> adaptation, Upkeep upkeep) {
    DecoderRecipe recipe = DecoderRecipe.of(kind, 4);
    DecoderTraining training =
        new DecoderTraining(recipe, SETUP, () -> LinearUser::intend, 0.8, 0.05, 1);
    return new ClosedLoop(
        new LoopOptions(
            CalibrationBlock.standard(25, 10), SETUP, SETUP, 4, 0.2, adaptation, upkeep),
        training,
        recipe,
        2);
  }

  private static TaskFigures figures(ClosedLoop loop, double from) {
    return TaskFigures.of(
        loop.finished().stream().filter(f -> f.endSeconds() >= from).map(Finished::trial).toList(),
        1);
  }

  @Test
  void experiment() {
    for (int mode = 0; mode < 3; mode++) {
      for (double size : new double[] {0.5, 1, 2, 3}) {
        for (int what = 0; what < 6; what++) {
          Optional<Adaptation> a =
              what < 3
                  ? Optional.empty()
                  : Optional.of(new Adaptation(Adaptation.Kind.values()[what - 3], 15, 30));
          Upkeep u =
              what == 1
                  ? new Upkeep(10, Double.NaN)
                  : what == 2 ? new Upkeep(Double.NaN, 20) : Upkeep.NONE;
          ClosedLoop loop = loop(FilterKind.KALMAN, a, u);
          LinearUser user = new LinearUser(1.5, 3);
          while (loop.seconds() < 240) {
            double[] row = user.features(loop);
            if (loop.seconds() >= 60) {
              for (int c = 0; c < 4; c++) {
                if (mode == 0) {
                  row[c] += size;
                }
                if (mode == 1) {
                  row[c] = 5 - (row[c] - 5);
                }
                if (mode == 2) {
                  row[c] *= 1 + size;
                }
              }
            }
            loop.step(row);
          }
          TaskFigures f = figures(loop, 120);
          System.out.printf(
              "mode %d size %.1f what %d: n %d success %.2f acq %.2f eff %.2f v%d refused %d ang %.3f%n",
              mode,
              size,
              what,
              f.trials(),
              f.success(),
              f.medianAcquisitionSeconds(),
              f.pathEfficiency(),
              loop.versions().orElseThrow().current().number(),
              loop.versions().orElseThrow().refused(),
              f.angularError());
        }
      }
    }
  }
}
