package org.efferent.decoders.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.WeightSpec.Kind;
import org.junit.jupiter.api.Test;

class PublishedSizesTest {
  private static long parameters(Encoder encoder) {
    return encoder.weights().stream()
        .filter(w -> w.kind() == Kind.PARAMETER || w.kind() == Kind.UNUSED)
        .mapToLong(WeightSpec::elements)
        .sum();
  }

  @Test
  void parametersAreAsManyAsPublished() {
    for (int subjects : List.of(1, 27, 96)) {
      BrainModule module = BrainModule.published(208, subjects, 1024);
      assertThat(parameters(module)).isEqualTo(7_596_754L + 72_900L * subjects);
      assertThat(module.receptiveField()).isEqualTo(135);
      assertThat(module.lookAhead()).isEqualTo(67);
      assertThat(module.with(Context.CAUSAL).lookAhead()).isZero();
      assertThat(module.with(new Context(2)).lookAhead()).isEqualTo(23);
    }
    assertThat(parameters(TimeAggregatedBrainModule.published(306, 120, 1536)))
        .isEqualTo(4_958_699L);
    assertThat(parameters(TsConv.a(63, 250, 768))).isEqualTo(1_802_496L);
    // With the scale of its loss, one more.
    assertThat(parameters(TsConv.b(63, 250, 1024)) + 1).isEqualTo(2_629_273L);
    assertThat(parameters(new ProjectionMlp(17, 250, 1024, 0.3)) + 1).isEqualTo(5_404_673L);
    Encoder atm = ChannelTokenTransformer.published(false, 63, 250, 1024);
    assertThat(parameters(atm) + 1).isEqualTo(3_202_413L);
    long used =
        atm.weights().stream()
            .filter(w -> w.kind() == Kind.PARAMETER)
            .mapToLong(WeightSpec::elements)
            .sum();
    // The shared token is used for subjects that the table does not know.
    assertThat(used + 1).isEqualTo(3_075_413L);
  }

  @Test
  void optionsThatAreWrongAreNamedWithTheirPlace() {
    Map<String, Object> stack = Map.of("width", 8, "depth", 2, "kernel", 4);
    Map<String, Object> options = new HashMap<>();
    options.put("inputChannels", 5);
    options.put("outputDim", 3);
    options.put("convStack", stack);
    assertThatThrownBy(() -> Encoders.of("brain-module", options, "a.yaml: options", 0))
        .isInstanceOf(InputException.class)
        .hasMessage("a.yaml: options: convStack.kernel must be odd; kernel=4");
    options.put("convStack", Map.of("width", 8, "depth", 2, "widht", 9));
    assertThatThrownBy(() -> Encoders.of("brain-module", options, "a.yaml: options", 0))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml: options.convStack.widht is unknown; known here: [");
    options.put("convStack", Map.of("width", 8));
    assertThatThrownBy(() -> Encoders.of("brain-module", options, "a.yaml: options", 0))
        .hasMessage("a.yaml: options.convStack.depth is missing; it must be a whole number");
    assertThatThrownBy(() -> Encoders.of("brain", options, "a.yaml", 0))
        .hasMessageStartingWith("a.yaml: architecture must be one of [brain-module,");
    options.put("convStack", Map.of("width", 8, "depth", 2));
    options.put("channelMix", Map.of("inputChannels", 4, "outputChannels", 6));
    assertThatThrownBy(() -> Encoders.of("brain-module", options, "a.yaml", 0))
        .hasMessage(
            "a.yaml: channelMix.inputChannels must be what comes out of the block before, 5; value=4");
    assertThatThrownBy(
            () ->
                Encoders.of(
                    "tsconv-a", Map.of("channels", 5, "time", 40, "projectionDim", 3), "b.yaml", 0))
        .hasMessage("b.yaml: time must be at least temporalKernel + poolKernel − 1 = 75; time=40");
  }

  @Test
  void aBatchIsCheckedBeforeItIsRun() {
    BrainModule module = BrainModule.published(4, 3, 8);
    assertThat(module.needsLayout()).isTrue();
    assertThat(module.subjects()).isEqualTo(3);
    assertThatThrownBy(() -> new SensorLayout(2, 2, new double[3], new boolean[2]))
        .hasMessage(
            "positions must be [channels × axes] and valid [channels]; channels=2, axes=2, positions=3,"
                + " valid=2");
  }

  @Test
  void layoutsAreScaledByAxisAndSensorsWithoutPositionAreMarked() {
    double none = Double.NaN;
    SensorLayout layout = SensorLayout.scaled(3, 2, new double[] {10, 5, none, none, 30, 5});
    assertThat(layout.positions()).containsExactly(0, 0, -0.1f, -0.1f, 1, 0);
    assertThat(layout.valid(0)).isTrue();
    assertThat(layout.valid(1)).isFalse();
    assertThat(layout.placed()).isEqualTo(2);
    assertThat(layout.mask(new double[] {1, 0.1}, 0.2))
        .containsExactly(0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }
}
