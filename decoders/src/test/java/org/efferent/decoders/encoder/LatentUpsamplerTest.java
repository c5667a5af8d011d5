package org.efferent.decoders.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.loss.Losses;
import org.efferent.decoders.loss.MeanAbsoluteError;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The encoder against the same one in torch 1.13; make_latent_upsampler.py made the values. */
class LatentUpsamplerTest {
  private final LatentUpsampler encoder =
      new LatentUpsampler(3, 7, 4, List.of(6, 5, 4), List.of(3), List.of(2, 8, 8));
  private Safetensors golden;
  private Compute compute;
  private Weights weights;

  @BeforeEach
  void open() throws URISyntaxException {
    golden =
        Safetensors.read(Path.of(getClass().getResource("latent-upsampler.safetensors").toURI()));
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
    weights = Weights.of(compute, encoder.weights(), given, "golden");
  }

  @AfterEach
  void close() {
    weights.close();
    compute.close();
  }

  private Batch batch() {
    return Batch.of(compute.array(golden.tensor("in.signals")));
  }

  private void check(String name, float[] actual, double tolerance) {
    float[] expected = golden.tensor(name).floats();
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as(name + " at " + i)
          .isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void latentsAreThoseOfTorch() {
    compute.step(
        () -> {
          NDArray made = encoder.encode(weights, batch(), Pass.evaluation());
          assertThat(made.getShape().getShape()).containsExactly(4, 2 * 8 * 8);
          check("out.evaluation", Compute.floats(made), 1e-5);
          return null;
        });
  }

  @Test
  void lossAndGradientsAreThoseOfTorch() {
    compute.differentiable(
        () -> {
          NDArray made = encoder.encode(weights, batch(), Pass.trainingWithoutDropout());
          check("out.training", Compute.floats(made), 1e-5);
          NDArray loss =
              new MeanAbsoluteError().of(made, compute.array(golden.tensor("in.target")), null);
          check("out.loss", Compute.floats(loss), 1e-6);
          Compute.backward(loss);
          for (String name : weights.parameters()) {
            check("gradient." + name, Compute.floats(weights.gradient(name)), 1e-5);
          }
          return null;
        });
  }

  @Test
  void thePublishedSizeIsRebuiltFromItsOptions() {
    Encoder published =
        Encoders.of(
            LatentUpsampler.ARCHITECTURE,
            Map.of("channels", 63, "time", 250, "latent", List.of(4, 64, 64)),
            "a.yaml",
            0);
    assertThat(
            published.weights().stream()
                .filter(w -> w.kind() == WeightSpec.Kind.PARAMETER)
                .mapToLong(WeightSpec::elements)
                .sum())
        .isEqualTo(143_333_268);
    assertThat(published.weights().stream().map(WeightSpec::name))
        .contains("upsampler.0.weight", "upsampler.16.running_var", "upsampler.21.bias");
    assertThat(published.options())
        .containsEntry("stages", List.of(1024, 512, 256, 128, 64, 32))
        .containsEntry("points", List.of(16));
    Encoder again = Encoders.of(LatentUpsampler.ARCHITECTURE, published.options(), "a.yaml", 0);
    assertThat(again.options()).isEqualTo(published.options());
  }

  @Test
  void smallLatentsTakeTheLastStages() {
    Encoder small =
        Encoders.of(
            LatentUpsampler.ARCHITECTURE,
            Map.of("channels", 5, "time", 20, "latent", List.of(32, 8, 8), "points", List.of()),
            "a.yaml",
            0);
    assertThat(small.options())
        .containsEntry("stages", List.of(128, 64, 32))
        .containsEntry("points", List.of());
  }

  @Test
  void impossibleOptionsAreRefused() {
    assertRefused(
        Map.of("channels", 3, "time", 7, "latent", List.of(4, 8)),
        "a.yaml: latent must be [channels, side, side], its side a power of two from 2 to 1024; latent=[4, 8]");
    assertRefused(
        Map.of("channels", 3, "time", 7, "latent", List.of(4, 12, 12)),
        "a.yaml: latent must be [channels, side, side], its side a power of two from 2 to 1024; latent=[4, 12, 12]");
    assertRefused(
        Map.of("channels", 3, "time", 7, "latent", List.of(4, 8, 8), "stages", List.of(8, 4)),
        "a.yaml: stages must double one point to the latent's side, 8; stages=[8, 4]");
    assertRefused(
        Map.of("channels", 3, "time", 7, "latent", List.of(4, 128, 128)),
        "a.yaml.stages must be named where the latent's side is more than 64; stages=null");
    assertRefused(
        Map.of("channels", 3, "time", 7),
        "a.yaml.latent must be [channels, side, side]; latent=null");
    assertRefused(
        Map.of("channels", 3, "time", 7, "latent", List.of(4, 8, 8), "perChannel", 0),
        "a.yaml: perChannel must be 1 or more; perChannel=0");
  }

  private static void assertRefused(Map<String, Object> options, String message) {
    assertThatThrownBy(() -> Encoders.of(LatentUpsampler.ARCHITECTURE, options, "a.yaml", 0))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void theLossIsKnownByItsName() {
    Objective objective =
        Losses.objective(List.of(Map.of("kind", "mean absolute error", "target", "latent")), "a");
    assertThat(objective.terms().get(0).loss()).isEqualTo(new MeanAbsoluteError());
    assertThat(objective.options().get(0)).containsEntry("kind", "mean absolute error");
  }
}
