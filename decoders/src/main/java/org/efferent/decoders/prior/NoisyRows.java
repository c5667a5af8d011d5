package org.efferent.decoders.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.efferent.core.diffusion.NoiseSchedule;

/** Rows with noise: x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε (Ho et al. 2020, equation 4). */
final class NoisyRows {
  private final DiffusionPrior prior;
  private final NoiseSchedule schedule;

  NoisyRows(DiffusionPrior prior, NoiseSchedule schedule) {
    this.prior = prior;
    this.schedule = schedule;
  }

  /** A batch: what the network is given, and the noise that it should see. */
  static final class Drawn {
    private final float[] noisy;
    private final float[] noise;
    private final float[] codes;
    private final float[] conditions;
    private final float[] keep;

    private Drawn(float[] noisy, float[] noise, float[] codes, float[] conditions, float[] keep) {
      this.noisy = noisy;
      this.noise = noise;
      this.codes = codes;
      this.conditions = conditions;
      this.keep = keep;
    }

    int size() {
      return keep.length;
    }

    float[] noisy() {
      return noisy;
    }

    float[] noise() {
      return noise;
    }

    float[] codes() {
      return codes;
    }

    float[] conditions() {
      return conditions;
    }

    float[] keep() {
      return keep;
    }
  }

  /** Numbers from 0 in a random order. */
  static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Rows with a random step each, some without their condition. */
  Drawn draw(PriorRows from, int[] rows, double dropCondition, SplittableRandom random) {
    int[] steps = new int[rows.length];
    float[] keep = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      steps[i] = random.nextInt(schedule.steps());
      keep[i] = random.nextDouble() < dropCondition ? 0 : 1;
    }
    return drawn(from, rows, steps, keep, random);
  }

  /**
   * All rows several times with their conditions, in batches; the steps of all of them together are
   * spread evenly over the diffusion, in a random order.
   */
  List<Drawn> spread(PriorRows from, int copies, int batch, long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    int all = Math.multiplyExact(from.size(), copies);
    int[] order = shuffled(all, random);
    List<Drawn> batches = new ArrayList<>();
    for (int begin = 0; begin < all; begin += batch) {
      int n = Math.min(batch, all - begin);
      int[] rows = new int[n];
      int[] steps = new int[n];
      float[] keep = new float[n];
      Arrays.fill(keep, 1);
      for (int i = 0; i < n; i++) {
        rows[i] = (begin + i) % from.size();
        steps[i] = (int) ((long) order[begin + i] * schedule.steps() / all);
      }
      batches.add(drawn(from, rows, steps, keep, random));
    }
    return batches;
  }

  private Drawn drawn(
      PriorRows from, int[] rows, int[] steps, float[] keep, SplittableRandom random) {
    int width = from.targetWidth();
    int given = from.conditionWidth();
    float[] noisy = new float[rows.length * width];
    float[] noise = new float[rows.length * width];
    float[] conditions = new float[rows.length * given];
    for (int i = 0; i < rows.length; i++) {
      double signal = schedule.signal(steps[i]);
      double a = Math.sqrt(signal);
      double b = Math.sqrt(1 - signal);
      for (int d = 0; d < width; d++) {
        double e = random.nextGaussian();
        noise[i * width + d] = (float) e;
        noisy[i * width + d] = (float) (a * from.targets()[rows[i] * width + d] + b * e);
      }
      System.arraycopy(from.conditions(), rows[i] * given, conditions, i * given, given);
    }
    return new Drawn(noisy, noise, prior.timeCodes(steps), conditions, keep);
  }
}
