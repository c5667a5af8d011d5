package org.efferent.filters.loop;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.calibration.Acceptance;
import org.efferent.filters.calibration.SpeedScale;

/**
 * Makes a {@link VelocityDecoder} of recorded bins. Twice: once without the last third, which is
 * then decoded and says the angular error, the mean speed and how the velocity should drive the
 * cursor ({@link ControlSearch}), for each smoothing of features that may be chosen; once with all
 * bins, which is the decoder that is used. Nothing is chosen on bins of a task.
 */
public final class DecoderTraining {
  private static final double RESPONSE_SECONDS = 0.6;
  private static final double STEERING_SECONDS = 240;

  /** Share of the best score that a smaller gain may cost, after a calibration. */
  private static final double GIVEN_UP = 0.05;

  private final DecoderRecipe recipe;
  private final LoopSetup setup;
  private final Supplier<UserModel> users;
  private final double gain;
  private final double smoothing;
  private final long seed;
  private final double bin;

  /**
   * A training.
   *
   * @param recipe how a decoder is made
   * @param setup the task that it is made for
   * @param users models of the user, one a run
   * @param gain that is given; NaN to choose it
   * @param smoothing of the velocity, seconds, that is given; NaN to choose it
   * @param seed of the search
   */
  public DecoderTraining(
      DecoderRecipe recipe,
      LoopSetup setup,
      Supplier<UserModel> users,
      double gain,
      double smoothing,
      long seed) {
    this.recipe = recipe;
    this.setup = setup;
    this.users = users;
    this.gain = gain;
    this.smoothing = smoothing;
    this.seed = seed;
    bin = setup.task().binSeconds();
  }

  /**
   * A decoder, and what the bins that it was first kept from said about it.
   *
   * @param decoder trained on all bins
   * @param featureSmoothing time constant of the features' smoothing, seconds
   * @param angularError mean angle between decoded and wanted direction in held-out bins, radian
   * @param rows that trained the decoder
   */
  public record Trained(
      VelocityDecoder decoder, double featureSmoothing, double angularError, int rows) {}

  private record Candidate(
      DecoderRecipe recipe,
      VelocityDecoder.Control control,
      double angularError,
      double score,
      FilterSpec reach) {}

  /**
   * Trains on all bins of some rows; chooses all that the recipe leaves open.
   *
   * @param rows recorded bins
   * @return the decoder, ready for the bin after the last
   * @throws InputException where the bins are too few or say nothing
   */
  public Trained train(LoopRows rows) {
    return train(
        rows, TrainingRows.Plan.of(rows), recipe.smoothings(), gain, smoothing, GIVEN_UP, false);
  }

  /**
   * Trains anew while a decoder is in use. Where there is no need, its gain and smoothing stay:
   * chosen again on bins that it steered itself they feed themselves, down to a cursor that hardly
   * moves and whose direction is excellent. For the same reason no gain is taken here that is
   * smaller than the best one.
   */
  Trained train(
      LoopRows rows,
      TrainingRows.Plan plan,
      List<Double> smoothings,
      Optional<VelocityDecoder.Control> kept) {
    return train(
        rows,
        plan,
        smoothings,
        kept.map(VelocityDecoder.Control::gain).orElse(gain),
        kept.map(VelocityDecoder.Control::smoothingSeconds).orElse(smoothing),
        0,
        kept.isPresent());
  }

  private Trained train(
      LoopRows rows,
      TrainingRows.Plan plan,
      List<Double> smoothings,
      double gainNow,
      double smoothingNow,
      double givenUp,
      boolean sameReach) {
    TrainingRows ready = new TrainingRows(rows, plan, recipe, setup.topSpeed());
    double[][] intended = intended(rows, plan.heldOut());
    Candidate best = null;
    for (double seconds : smoothings) {
      Candidate candidate =
          candidate(ready, intended, recipe.withSmoothing(seconds), gainNow, smoothingNow, givenUp);
      best = best == null || candidate.score > best.score ? candidate : best;
    }
    DecoderRecipe last = best.recipe;
    if (sameReach) {
      // Of a memory that is thinned out the first fit has few rows: a gain that was found with its
      // reach is wrong with another.
      last = last.withFilter(best.reach);
    }
    FittedDecoder fitted = new FittedDecoder(ready, rows.size(), last, bin);
    VelocityDecoder decoder =
        new VelocityDecoder(fitted.chain(), fitted.decoder(), best.control, setup.topSpeed(), bin);
    warm(decoder, rows, bin);
    return new Trained(decoder, best.recipe.smoothings().get(0), best.angularError, fitted.rows());
  }

  /** As if it had been in use before: its smoothing and its filter have a past. */
  static void warm(VelocityDecoder decoder, LoopRows rows, double bin) {
    decoder.reset();
    for (int t = Math.max(0, rows.size() - (int) Math.round(1 / bin)); t < rows.size(); t++) {
      decoder.step(rows.features(t), rows.position(t));
    }
  }

  /** A model of the user watches the recorded screen: what it wanted in the held-out bins. */
  private double[][] intended(LoopRows rows, int from) {
    double[][] out = new double[rows.size() - from][2];
    double[] before = new double[2];
    UserModel user = users.get();
    for (int t = 0; t < rows.size(); t++) {
      rows.watch(t, user, t < from ? before : out[t - from]);
    }
    return out;
  }

  private Candidate candidate(
      TrainingRows rows,
      double[][] intended,
      DecoderRecipe candidate,
      double gainNow,
      double smoothingNow,
      double givenUp) {
    int split = rows.heldOut();
    FittedDecoder first = new FittedDecoder(rows, split, candidate, bin);
    double[][] decoded = first.decode(rows, split);
    double scale =
        SpeedScale.to(SpeedScale.meanSpeed(rows.meantLabels(split)), rows.meant(decoded)).factor();
    int judged = rows.judged();
    double[][] last = java.util.Arrays.copyOfRange(decoded, judged - split, decoded.length);
    double angle = Acceptance.angularError(rows.meant(last), rows.meantLabels(judged));
    double[][] scaled = new double[decoded.length][2];
    for (int t = 0; t < scaled.length; t++) {
      scaled[t][0] = scale * decoded[t][0];
      scaled[t][1] = scale * decoded[t][1];
    }
    ResponseModel model =
        ResponseModel.fit(scaled, intended, (int) Math.round(RESPONSE_SECONDS / bin));
    ControlSearch.Choice choice =
        new ControlSearch(model, setup, users, STEERING_SECONDS, seed)
            .best(gainNow, smoothingNow, givenUp);
    return new Candidate(
        candidate,
        new VelocityDecoder.Control(scale, choice.gain(), choice.smoothingSeconds()),
        angle,
        choice.score(),
        first.spec());
  }

  /** Mean angle between the velocities that were decoded live and the wanted ones. */
  double liveError(LoopRows rows, TrainingRows.Plan plan) {
    TrainingRows ready = new TrainingRows(rows, plan, recipe, setup.topSpeed());
    double[][] decoded = new double[rows.size() - plan.judged()][];
    for (int t = 0; t < decoded.length; t++) {
      decoded[t] = rows.velocity(plan.judged() + t);
    }
    return Acceptance.angularError(ready.meant(decoded), ready.meantLabels(plan.judged()));
  }
}
