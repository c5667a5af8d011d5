package org.efferent.decoders.evoked;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.decoders.preprocess.Epochs;

/**
 * Responses that differ between two classes by a known wave on known channels, in white noise of
 * deviation 1: the ideal observer, who knows both, has the area {@code Φ(d/√2)}, {@code d² = Σ
 * difference²}.
 */
final class SimulatedEvoked {
  static final int CHANNELS = 4;
  static final int SAMPLES = 64;
  static final double RATE = 128;
  private static final double[] MIXING = {1, 0.2, -0.4, 0.8};

  private SimulatedEvoked() {}

  private static double wave(int sample) {
    double seconds = sample / RATE - 0.2;
    return Math.exp(-seconds * seconds / 2 / 0.03 / 0.03);
  }

  /** Strength of the wave for an ideal observer's d. */
  private static double strength(double d) {
    double square = 0;
    for (double channel : MIXING) {
      for (int t = 0; t < SAMPLES; t++) {
        square += channel * channel * wave(t) * wave(t);
      }
    }
    return d / Math.sqrt(square);
  }

  static EvokedTrials run(int number, int trials, double d, long seed) {
    Random random = new Random(seed);
    double strength = strength(d);
    double[] values = new double[trials * CHANNELS * SAMPLES];
    int[] labels = new int[trials];
    int[] runs = new int[trials];
    for (int i = 0; i < trials; i++) {
      labels[i] = random.nextInt(2);
      runs[i] = number;
      for (int c = 0; c < CHANNELS; c++) {
        for (int t = 0; t < SAMPLES; t++) {
          values[(i * CHANNELS + c) * SAMPLES + t] =
              random.nextGaussian() + labels[i] * strength * MIXING[c] * wave(t);
        }
      }
    }
    return new EvokedTrials(new Epochs(values, CHANNELS, SAMPLES, RATE, 0), labels, runs);
  }

  static List<EvokedTrials> runs(int count, int trials, double d, long seed) {
    List<EvokedTrials> runs = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      runs.add(run(r, trials, d, seed + r));
    }
    return runs;
  }
}
