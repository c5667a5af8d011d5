package org.efferent.filters;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Trains one {@link RecurrentNetwork} on a run of consecutive bins: AdamW (Loshchilov and Hutter
 * 2019) on random stretches, the learning rate warmed up over 20 steps and then lowered along a
 * cosine, noise and dropout on the inputs, dropout before the read-out, gradients clipped to a
 * norm.
 *
 * <p>The loss of a bin is the squared error plus a term for the direction, {@code w (1 − p·y /
 * ((|p| + ε)(|y| + ε)))}: the angle of slow bins counts as much as that of fast ones. The first
 * bins of a stretch, where the network has seen nothing yet, are left out.
 */
final class RecurrentTraining {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double DIRECTION_FLOOR = 0.05;
  private static final int WARM_UP = 20;

  /**
   * How to train.
   *
   * @param hidden units
   * @param steps of the optimiser
   * @param stretch bins of a stretch
   * @param batch stretches a step
   * @param skipped bins at a stretch's start that the loss leaves out
   * @param learningRate at its highest
   * @param weightDecay share of the parameters that a step takes away, times the learning rate
   * @param inputNoise standard deviation, in units of the inputs
   * @param inputDropout share of the inputs set to zero
   * @param readDropout share of the hidden values set to zero before the read-out
   * @param directionWeight of the direction's term in the loss
   * @param gradientNorm longest gradient
   */
  record Recipe(
      int hidden,
      int steps,
      int stretch,
      int batch,
      int skipped,
      double learningRate,
      double weightDecay,
      double inputNoise,
      double inputDropout,
      double readDropout,
      double directionWeight,
      double gradientNorm) {}

  private final Recipe recipe;
  private final double[][] x;
  private final double[][] z;
  private final SplittableRandom random;
  private final RecurrentNetwork network;
  private final RecurrentNetwork.Unrolled tape;
  private final double[] gradient;
  private final double[] first;
  private final double[] second;
  private final double[] inputs;
  private final double[] mask;
  private final double[] slope;

  private RecurrentTraining(
      Recipe recipe,
      double[][] x,
      double[][] z,
      RecurrentNetwork network,
      SplittableRandom random) {
    this.recipe = recipe;
    this.x = x;
    this.z = z;
    this.random = random;
    this.network = network;
    this.tape = network.unrolled(recipe.stretch());
    int size = network.parameters().length;
    this.gradient = new double[size];
    this.first = new double[size];
    this.second = new double[size];
    this.inputs = new double[recipe.stretch() * x[0].length];
    this.mask = new double[recipe.stretch() * recipe.hidden()];
    this.slope = new double[recipe.stretch() * z[0].length];
  }

  /**
   * Trains an LSTM.
   *
   * @param recipe how
   * @param x features, {@code [bins][features]}, about unit variance; at least a stretch
   * @param z states, {@code [bins][d]}, about unit variance
   * @param seed of everything that is drawn
   * @return the network
   */
  static LstmNetwork lstm(Recipe recipe, double[][] x, double[][] z, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LstmNetwork network = LstmNetwork.random(x[0].length, recipe.hidden(), z[0].length, random);
    new RecurrentTraining(recipe, x, z, network, random).run();
    return network;
  }

  /** The same for a GRU. */
  static GruNetwork gru(Recipe recipe, double[][] x, double[][] z, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GruNetwork network = GruNetwork.random(x[0].length, recipe.hidden(), z[0].length, random);
    new RecurrentTraining(recipe, x, z, network, random).run();
    return network;
  }

  private void run() {
    for (int step = 0; step < recipe.steps(); step++) {
      step(step);
    }
  }

  private void step(int step) {
    Arrays.fill(gradient, 0);
    tape.refresh();
    double scale = 1.0 / (recipe.batch() * (recipe.stretch() - recipe.skipped()));
    for (int b = 0; b < recipe.batch(); b++) {
      int start = random.nextInt(x.length - recipe.stretch() + 1);
      draw(start);
      double[] y = tape.forward(inputs, mask);
      slopes(y, start, scale);
      tape.backward(slope, gradient);
    }
    clip();
    double rate =
        recipe.learningRate()
            * 0.5
            * (1 + Math.cos(Math.PI * step / recipe.steps()))
            * Math.min(1, (step + 1.0) / WARM_UP);
    adam(step + 1, rate);
  }

  private void draw(int start) {
    int n = x[0].length;
    double keep = 1 - recipe.inputDropout();
    for (int t = 0; t < recipe.stretch(); t++) {
      for (int k = 0; k < n; k++) {
        double noisy = x[start + t][k] + recipe.inputNoise() * random.nextGaussian();
        inputs[t * n + k] = random.nextDouble() < keep ? noisy / keep : 0;
      }
    }
    double open = 1 - recipe.readDropout();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < open ? 1 / open : 0;
    }
  }

  /** Gradient of the loss by the outputs. */
  private void slopes(double[] y, int start, double scale) {
    int d = z[0].length;
    Arrays.fill(slope, 0);
    for (int t = recipe.skipped(); t < recipe.stretch(); t++) {
      double[] truth = z[start + t];
      double dot = 0;
      double lengthY = 0;
      double lengthZ = 0;
      for (int i = 0; i < d; i++) {
        double value = y[t * d + i];
        slope[t * d + i] = 2 * scale * (value - truth[i]);
        dot += value * truth[i];
        lengthY += value * value;
        lengthZ += truth[i] * truth[i];
      }
      lengthY = Math.sqrt(lengthY);
      double weight = scale * recipe.directionWeight() / (Math.sqrt(lengthZ) + DIRECTION_FLOOR);
      double far = lengthY + DIRECTION_FLOOR;
      double radial = lengthY > 0 ? dot / (far * far * lengthY) : 0;
      for (int i = 0; i < d; i++) {
        slope[t * d + i] -= weight * (truth[i] / far - radial * y[t * d + i]);
      }
    }
  }

  private void clip() {
    double norm = 0;
    for (double g : gradient) {
      norm += g * g;
    }
    norm = Math.sqrt(norm);
    if (norm > recipe.gradientNorm()) {
      double factor = recipe.gradientNorm() / norm;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= factor;
      }
    }
  }

  private void adam(int step, double rate) {
    double[] parameters = network.parameters();
    double bias1 = 1 - Math.pow(BETA_1, step);
    double bias2 = 1 - Math.pow(BETA_2, step);
    for (int i = 0; i < parameters.length; i++) {
      first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[i];
      second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[i] * gradient[i];
      double move = first[i] / bias1 / (Math.sqrt(second[i] / bias2) + EPSILON);
      parameters[i] -= rate * (move + recipe.weightDecay() * parameters[i]);
    }
  }
}
