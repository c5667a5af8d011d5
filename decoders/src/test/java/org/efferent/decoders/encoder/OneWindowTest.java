package org.efferent.decoders.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.junit.jupiter.api.Test;

/** One window goes a shorter way than a batch, or a window that somebody looks at. */
class OneWindowTest {
  private static final int SENSORS = 7;
  private static final int TIME = 40;

  private static ConvStack stack(int channels, Activation activation, boolean residual) {
    return new ConvStack(
        channels, 6, 4, 3, 2, 2, true, activation, residual, 2, 1, Context.CENTRED, 0);
  }

  private static Map<String, BrainModule> modules() {
    SpatialAttention attention = new SpatialAttention(6, 2, 4, 0.2, 0.2);
    ChannelMix mix = new ChannelMix(6, 5, 1, false);
    Map<String, BrainModule> all = new LinkedHashMap<>();
    ConvStack five = stack(5, Activation.GELU, true);
    all.put(
        "attention, mix, subject layer with bias",
        new BrainModule(
            SENSORS, 3, attention, mix, new SubjectLayer(3, 5, 5, true, -1), five, Head.TWO_LAYER));
    all.put(
        "attention alone",
        new BrainModule(
            SENSORS, 3, attention, null, null, stack(6, Activation.RELU, true), Head.POINTWISE));
    all.put(
        "subject layer alone",
        new BrainModule(
            SENSORS,
            6,
            null,
            null,
            new SubjectLayer(3, SENSORS, 6, false, -1),
            stack(6, Activation.GELU, false),
            Head.NONE));
    all.put(
        "a mix that is not affine",
        new BrainModule(
            SENSORS, 3, attention, new ChannelMix(6, 5, 2, true), null, five, Head.TWO_LAYER));
    all.put(
        "nothing before the convolutions",
        new BrainModule(
            SENSORS, 6, null, null, null, stack(SENSORS, Activation.RELU, true), Head.NONE));
    return all;
  }

  private static double[] draw(int n, long seed) {
    return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
  }

  private static double[] encoded(BrainModule module, Weights weights, int subject, Pass pass) {
    Compute compute = weights.compute();
    return compute.step(
        () -> {
          Batch batch = Batch.of(compute.array(draw(SENSORS * TIME, 1), 1, SENSORS, TIME));
          batch = batch.layouts(List.of(SensorLayout.stored(SENSORS, 2, draw(2 * SENSORS, 2))));
          return Compute.doubles(module.encode(weights, batch.subjects(subject), pass));
        });
  }

  @Test
  void theShorterWayGivesTheSame() {
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE))) {
      modules()
          .forEach(
              (name, module) -> {
                try (Weights weights = Weights.draw(compute, module.weights(), 5)) {
                  for (int subject : new int[] {1, 2, 1}) {
                    List<String> seen = new ArrayList<>();
                    Pass watched = Pass.evaluation().seenBy((block, array) -> seen.add(block));
                    assertThat(encoded(module, weights, subject, Pass.evaluation()))
                        .as("%s, subject %d", name, subject)
                        .containsExactly(encoded(module, weights, subject, watched), within(1e-12));
                    assertThat(seen).contains("conv4");
                  }
                }
              });
    }
  }

  @Test
  void whatFollowsFromWeightsFollowsThemWhenTheyChange() {
    BrainModule module = modules().values().iterator().next();
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE));
        Weights weights = Weights.draw(compute, module.weights(), 5);
        Weights others = Weights.draw(compute, module.weights(), 6)) {
      double[] before = encoded(module, weights, 0, Pass.evaluation());
      weights.set(others.tensors());
      double[] after = encoded(module, weights, 0, Pass.evaluation());
      assertThat(after).isEqualTo(encoded(module, others, 0, Pass.evaluation()));
      assertThat(after).isNotEqualTo(before);
    }
  }
}
