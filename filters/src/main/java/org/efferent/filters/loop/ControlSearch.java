package org.efferent.filters.loop;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.efferent.filters.task.Cursor;
import org.efferent.filters.task.CursorTask;
import org.efferent.filters.task.TargetSequence;
import org.efferent.filters.task.Trial;

/**
 * Chooses the gain and the smoothing of a decoder's velocity by steering with it in the head: a
 * model of the user and the decoder's answers and errors in calibration bins play the task that is
 * to come, once for each choice, always with the same targets and errors. That gain and smoothing
 * dominate closed-loop performance, and that such a model predicts it: Willett et al. 2019,
 * doi:10.1038/s41598-019-44166-7. Trials won less those lost, per second, are the score.
 *
 * <p>Over the gain the score is flat at its top, and a few minutes in the head say no more exactly
 * where the top is than errors of a minute of calibration allow. So the smoothing with the best
 * score is taken, and with it the smallest gain whose score is nearly as good: a gain that was
 * overestimated loses trials, since the cursor cannot be held on the target; one a little too small
 * costs time alone. The same as taking the simplest model within one standard error of the best
 * (Breiman et al., Classification and Regression Trees, 1984).
 */
final class ControlSearch {
  private static final double[] GAINS = {
    0.4, 0.45, 0.5, 0.56, 0.63, 0.7, 0.8, 0.9, 1, 1.12, 1.25, 1.4, 1.6
  };
  private static final double[] SMOOTHINGS = {0, 0.05, 0.1};

  private final ResponseModel model;
  private final LoopSetup setup;
  private final Supplier<UserModel> users;
  private final double seconds;
  private final long seed;

  /**
   * A search.
   *
   * @param model answers and errors of the decoder, scaled to the wanted mean speed
   * @param setup the task that is to come
   * @param users models of the user, one a run
   * @param seconds of steering for each choice
   * @param seed of targets and of where errors begin
   */
  ControlSearch(
      ResponseModel model, LoopSetup setup, Supplier<UserModel> users, double seconds, long seed) {
    this.model = model;
    this.setup = setup;
    this.users = users;
    this.seconds = seconds;
    this.seed = seed;
  }

  /**
   * What was chosen.
   *
   * @param gain of the velocity
   * @param smoothingSeconds time constant of its smoothing
   * @param score the best with that smoothing, which the gain nearly has: trials won less those
   *     lost, per second, neighbours averaged in
   */
  record Choice(double gain, double smoothingSeconds, double score) {}

  /**
   * The best gain and smoothing.
   *
   * @param gain that is given, or NaN
   * @param smoothing that is given, or NaN
   * @param givenUp share of the best score that a smaller gain may cost, 0 or more
   */
  Choice best(double gain, double smoothing, double givenUp) {
    double[] gains = Double.isNaN(gain) ? GAINS : new double[] {gain};
    double[] smoothings = Double.isNaN(smoothing) ? SMOOTHINGS : new double[] {smoothing};
    Choice best = new Choice(gains[0], smoothings[0], Double.NEGATIVE_INFINITY);
    for (double s : smoothings) {
      double[] scores = new double[gains.length];
      for (int g = 0; g < gains.length; g++) {
        scores[g] = score(gains[g], s);
      }
      double[] smooth = smoothed(scores);
      double top = Arrays.stream(smooth).max().orElseThrow();
      if (top > best.score) {
        best = new Choice(gains[firstAbove(smooth, top - givenUp * Math.abs(top))], s, top);
      }
    }
    return best;
  }

  /** Neighbours are averaged in: what is good by chance alone has bad neighbours. */
  private static double[] smoothed(double[] scores) {
    double[] out = new double[scores.length];
    for (int g = 0; g < out.length; g++) {
      double below = scores[Math.max(0, g - 1)];
      double above = scores[Math.min(out.length - 1, g + 1)];
      out[g] = (below + 2 * scores[g] + above) / 4;
    }
    return out;
  }

  /** The first entry that is at least so large; there is one. */
  private static int firstAbove(double[] values, double least) {
    int at = 0;
    while (values[at] < least) {
      at++;
    }
    return at;
  }

  /** Trials won less those lost, per second. */
  double score(double gain, double smoothing) {
    double bin = setup.task().binSeconds();
    SplittableRandom random = new SplittableRandom(seed);
    Cursor cursor = new Cursor(setup.edge());
    TargetSequence targets = setup.targets(random.nextLong());
    CursorTask task = new CursorTask(setup.task(), targets, cursor);
    UserModel user = users.get();
    double[] response = model.response();
    double[][] errors = model.errors();
    double[][] past = new double[response.length][2];
    double[] velocity = new double[2];
    double share = FeatureSmoothing.share(bin, smoothing);
    double speed = gain * setup.topSpeed();
    int bins = (int) Math.round(seconds / bin);
    int at = 0;
    int won = 0;
    for (int t = 0; t < bins; t++) {
      if (t % errors.length == 0) {
        at = random.nextInt(errors.length);
      }
      int slot = t % past.length;
      user.intend(cursor.x(), cursor.y(), task.target().x(), task.target().y(), past[slot]);
      double[] error = errors[(at + t) % errors.length];
      for (int i = 0; i < 2; i++) {
        double sum = error[i];
        for (int p = 0; p < response.length; p++) {
          sum += response[p] * past[(slot - p + past.length) % past.length][i];
        }
        velocity[i] += share * (speed * sum - velocity[i]);
      }
      cursor.move(velocity[0], velocity[1], bin);
      Optional<Trial> trial = task.step(false);
      if (trial.isPresent()) {
        won += trial.get().acquired() ? 1 : -1;
      }
    }
    return won / seconds;
  }
}
