package org.efferent.decoders.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.diffusion.NoiseSchedule;
import org.efferent.decoders.prior.SamplingOptions.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The way back for normally distributed data, whose noise is known: E[ε | x_t] is linear in x_t.
 */
class PriorSamplerTest {
  private static final NoiseSchedule SCHEDULE = DiffusionOptions.DEFAULTS.schedule();
  private static final double MEAN = 1.5;
  private static final double DEVIATION = 0.7;

  /** E[ε | x] = √(1 − ᾱ) (x − √ᾱ μ) / (ᾱ σ² + 1 − ᾱ). */
  private static float[] exact(float[] x, int step) {
    double signal = SCHEDULE.signal(step);
    double variance = signal * DEVIATION * DEVIATION + 1 - signal;
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) (Math.sqrt(1 - signal) * (x[i] - Math.sqrt(signal) * MEAN) / variance);
    }
    return out;
  }

  private static double mean(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  private static double deviation(float[] x) {
    double mean = mean(x);
    double sum = 0;
    for (float v : x) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / x.length);
  }

  /**
   * Mean and deviation follow a recursion, whose end is given here; with all steps it is at the
   * data's own, with few the spread is too small: the way back takes x_0 for known.
   */
  @ParameterizedTest
  @CsvSource({
    "DDPM, 1000, 1.49997, 0.69591",
    "DDPM, 50, 1.49996, 0.63674",
    "DDIM, 1000, 1.49334, 0.69838",
    "DDIM, 50, 1.49228, 0.66945",
    "DDIM, 10, 1.48623, 0.55836"
  })
  void normallyDistributedDataComeBack(Method method, int steps, double mean, double deviation) {
    float[] made =
        new PriorSampler(SCHEDULE, new SamplingOptions(method, steps, 1, 0))
            .sample(PriorSamplerTest::exact, 20_000, 1, 3, 0);
    assertThat(mean(made)).isCloseTo(mean, within(0.02));
    assertThat(deviation(made)).isCloseTo(deviation, within(0.012));
    if (steps == SCHEDULE.steps()) {
      assertThat(mean(made)).isCloseTo(MEAN, within(0.02));
      assertThat(deviation(made)).isCloseTo(DEVIATION, within(0.015));
    }
  }

  @Test
  void stepsLeadAndEndAtZero() {
    int[] steps = new PriorSampler(SCHEDULE, SamplingOptions.DEFAULTS).steps();
    assertThat(steps).hasSize(50).startsWith(980, 960).endsWith(20, 0);
    assertThatThrownBy(
            () -> new PriorSampler(SCHEDULE, new SamplingOptions(Method.DDIM, 1001, 1, 0)))
        .hasMessage("steps must be at most those of the diffusion, 1000; steps=1001");
  }

  @Test
  void aStepOfDdimIsThePapersEquation() {
    NoiseSchedule two = NoiseSchedule.of(NoiseSchedule.Kind.LINEAR, 2, 0.1, 0.2);
    PriorSampler sampler = new PriorSampler(two, new SamplingOptions(Method.DDIM, 2, 1, 0));
    float[][] seen = new float[2][];
    float[] made =
        sampler.sample(
            (x, step) -> {
              seen[step] = x.clone();
              return new float[] {0.3f};
            },
            1,
            1,
            5,
            0);
    double clean = (seen[1][0] - Math.sqrt(1 - 0.72) * 0.3f) / Math.sqrt(0.72);
    double next = Math.sqrt(0.9) * clean + Math.sqrt(0.1) * 0.3f;
    assertThat((double) seen[0][0]).isCloseTo(next, within(1e-6));
    assertThat((double) made[0])
        .isCloseTo((next - Math.sqrt(0.1) * 0.3f) / Math.sqrt(0.9), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"DDPM", "DDIM"})
  void aModelThatErrsWhereAllIsNoiseIsHeldByTheClip(Method method) {
    NoiseModel errs = (x, step) -> step > 900 ? new float[x.length] : exact(x, step);
    SamplingOptions open = new SamplingOptions(method, 50, 1, 0);
    SamplingOptions clipped = new SamplingOptions(method, 50, 1, 5);
    float[] far = new PriorSampler(SCHEDULE, open).sample(errs, 2000, 1, 3, 0);
    float[] near = new PriorSampler(SCHEDULE, clipped).sample(errs, 2000, 1, 3, 0);
    assertThat(deviation(near)).isLessThan(deviation(far));
    NoiseModel blind = (x, step) -> new float[x.length];
    float[] held = new PriorSampler(SCHEDULE, clipped).sample(blind, 50, 1, 3, 0);
    for (float v : held) {
      assertThat(Math.abs(v)).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void guidanceGoesBeyondTheCondition() {
    NoiseModel with = (x, step) -> new float[] {2, 3};
    NoiseModel without = (x, step) -> new float[] {1, 5};
    assertThat(NoiseModel.guided(with, without, 5).noise(new float[2], 0)).containsExactly(6, -5);
    assertThat(NoiseModel.guided(with, without, 1)).isSameAs(with);
    assertThat(NoiseModel.guided(with, without, 0)).isSameAs(without);
  }

  @Test
  void aRowHasItsOwnNoiseWhateverTheOthersAre() {
    PriorSampler sampler = new PriorSampler(SCHEDULE, SamplingOptions.DEFAULTS);
    float[] all = sampler.sample(PriorSamplerTest::exact, 3, 2, 9, 0);
    float[] last = sampler.sample(PriorSamplerTest::exact, 1, 2, 9, 2);
    assertThat(last).containsExactly(all[4], all[5]);
    assertThat(sampler.sample(PriorSamplerTest::exact, 3, 2, 10, 0)).isNotEqualTo(all);
  }

  @Test
  void impossibleSamplingIsRefused() {
    assertThatThrownBy(() -> new SamplingOptions(Method.DDPM, 0, 1, 0))
        .hasMessage("steps must be 1 or more; steps=0");
    assertThatThrownBy(() -> new SamplingOptions(Method.DDPM, 5, -1, 0))
        .hasMessage("guidance must be from 0 to 100; guidance=-1.0");
    assertThatThrownBy(() -> new SamplingOptions(Method.DDPM, 5, 1, -2))
        .hasMessage("clip must not be negative, 0 for none; clip=-2.0");
  }
}
