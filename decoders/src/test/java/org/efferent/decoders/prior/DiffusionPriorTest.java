package org.efferent.decoders.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.OptionReader;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network against the same one in torch 1.13; make_golden.py made the values. */
class DiffusionPriorTest {
  private static final PriorOptions SIZE = new PriorOptions(6, 4, List.of(8, 6, 4), 10, 0.3);

  private final DiffusionPrior prior = new DiffusionPrior(SIZE);
  private Safetensors golden;
  private Compute compute;
  private Weights weights;

  @BeforeEach
  void open() throws URISyntaxException {
    golden = Safetensors.read(Path.of(getClass().getResource("prior.safetensors").toURI()));
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
    Map<String, Tensor> given = new LinkedHashMap<>();
    golden
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("weight.")) {
                given.put(name.substring("weight.".length()), tensor);
              }
            });
    // Weights.of refuses names and shapes that are not the published code's.
    weights = Weights.of(compute, prior.weights(), given, "golden");
  }

  @AfterEach
  void close() {
    weights.close();
    compute.close();
  }

  private float[] floats(String name) {
    return golden.tensor(name).floats();
  }

  private NDArray codes() {
    float[] steps = floats("in.steps");
    int[] whole = new int[steps.length];
    for (int i = 0; i < steps.length; i++) {
      whole[i] = (int) steps[i];
    }
    return compute.array(prior.timeCodes(whole), steps.length, SIZE.timeWidth());
  }

  private NDArray noise(boolean conditioned, boolean some, Pass pass) {
    return prior.noise(
        weights,
        compute.array(golden.tensor("in.noisy")),
        codes(),
        conditioned ? compute.array(golden.tensor("in.condition")) : null,
        some ? compute.array(golden.tensor("in.keep")) : null,
        pass);
  }

  private void check(String name, float[] actual, double tolerance) {
    float[] expected = floats(name);
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as(name + " at " + i)
          .isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void outputsAreThoseOfTorch() {
    compute.step(
        () -> {
          check("out.codes", Compute.floats(codes()), 1e-5);
          check("out.with", Compute.floats(noise(true, false, Pass.evaluation())), 1e-5);
          check("out.without", Compute.floats(noise(false, false, Pass.evaluation())), 1e-5);
          check("out.some", Compute.floats(noise(true, true, Pass.evaluation())), 1e-5);
          return null;
        });
  }

  @Test
  void gradientsAreThoseOfTorch() {
    compute.differentiable(
        () -> {
          NDArray loss =
              noise(true, true, Pass.evaluation())
                  .sub(compute.array(golden.tensor("in.target")))
                  .square()
                  .mean();
          check("out.loss", Compute.floats(loss), 1e-5);
          Compute.backward(loss);
          for (String name : weights.parameters()) {
            check("gradient." + name, Compute.floats(weights.gradient(name)), 1e-5);
          }
          return null;
        });
  }

  @Test
  void dropoutDropsInTrainingAlone() {
    compute.step(
        () -> {
          float[] plain = Compute.floats(noise(true, false, Pass.evaluation()));
          Compute.seed(1);
          float[] dropped = Compute.floats(noise(true, false, Pass.training(new Random(1))));
          assertThat(dropped).isNotEqualTo(plain);
          return null;
        });
  }

  @Test
  void thePublishedSizeHasThePublishedWeights() {
    List<WeightSpec> specs = new DiffusionPrior(PriorOptions.FULL).weights();
    assertThat(specs.stream().mapToLong(WeightSpec::elements).sum()).isEqualTo(9_675_648);
    assertThat(specs.stream().map(WeightSpec::name))
        .startsWith("input_layer.0.weight", "input_layer.0.bias", "input_layer.1.weight")
        .contains(
            "encode_time_embedding.3.linear_2.bias",
            "decode_cond_embedding.0.weight",
            "decode_layers.3.1.weight")
        .endsWith("output_layer.weight", "output_layer.bias")
        .hasSize(86);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> new PriorOptions(6, 4, List.of(8), 10, 0))
        .hasMessage("hidden must name the widths of two levels or more; hidden=[8]");
    assertThatThrownBy(() -> new PriorOptions(6, 4, List.of(8, 4), 9, 0))
        .hasMessage("timeWidth must be even; timeWidth=9");
    assertThatThrownBy(() -> new PriorOptions(0, 4, List.of(8, 4), 8, 0))
        .hasMessage("embedding must be from 1 to 65536; embedding=0");
    assertThatThrownBy(() -> new PriorOptions(6, 4, List.of(8, 4), 8, 1))
        .hasMessage("dropout must be from 0 to less than 1; dropout=1.0");
    assertThatThrownBy(
            () -> PriorOptions.of(new OptionReader("a.yaml.prior", Map.of("depth", 3)), 6, 4))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.yaml.prior.depth is unknown");
  }
}
