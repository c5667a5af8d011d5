package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorConfigTest {
  private static final String GOOD =
      """
      # a comment
      kind: onnx
      latent:
        shape: [4, 2, 2]
      decoder:
        graph: d.onnx
        input: z
        output: y
      range: [-1, 1]
      seed: 3
      """;

  @TempDir private Path folder;

  private GeneratorConfig read(String text) throws IOException {
    return GeneratorConfig.read(Files.writeString(folder.resolve("g.yaml"), text));
  }

  @Test
  void whatIsNotSaidHasItsUsualValue() throws IOException {
    GeneratorConfig config = read(GOOD);
    assertThat(config.name()).isEqualTo("g");
    assertThat(config.latent().scale()).isEqualTo(1);
    assertThat(config.latent().shift()).isZero();
    assertThat(config.latent().width()).isEqualTo(16);
    assertThat(config.latent().unit()).isFalse();
    assertThat(config.low()).isEqualTo(-1);
    assertThat(config.seed()).isEqualTo(3);
    assertThat(config.model()).isInstanceOf(GeneratorConfig.Onnx.class);
    GeneratorConfig.Onnx onnx = (GeneratorConfig.Onnx) config.model();
    assertThat(onnx.encoder()).isEmpty();
    assertThat(onnx.decoder().input())
        .isEqualTo(new GeneratorConfig.Named("z", "g.yaml: line 7: decoder.input"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind: onnx|kind: magic|g.yaml: line 2: kind must be onnx, taesd, torchscript, latent-diffusion, remote, nearest or mix; it is magic",
        "kind: onnx||g.yaml: 'kind' is missing",
        "  input: z|  inputs: z|g.yaml: line 7: decoder.inputs is unknown; known are graph, input, output, noise",
        "  input: z|  input: |g.yaml: line 5: decoder: 'input' is missing",
        "[4, 2, 2]|[4, two]|g.yaml: line 4: latent.shape[1] must be a whole number; it is two",
        "[4, 2, 2]|[4, 0]|g.yaml: line 4: latent.shape[1] must be 1 at least; it is 0",
        "[4, 2, 2]|[90000, 90000]|g.yaml: line 4: latent.shape: sizes must be 1 at least and their product at most 2^26; shape=[90000, 90000]",
        "[4, 2, 2]|[]|g.yaml: line 4: latent.shape: a shape must have 1 to 4 sizes; shape=[]",
        "[-1, 1]|[1]|g.yaml: line 9: range must be two numbers, [black, white]; it is [1]",
        "[-1, 1]|[1, -1]|g.yaml: range must be of two numbers, the first below the second; range=[1.0, -1.0]",
        "seed: 3|seed: 3.5|g.yaml: line 10: seed must be a whole number; it is 3.5",
        "seed: 3|kind: onnx|g.yaml: line 10: kind is there twice",
        "seed: 3|sed: 3|g.yaml: line 10: sed is unknown; known are name, kind, latent, decoder, encoder, range, seed",
        "  output: y|  output: []|g.yaml: line 6: decoder.graph: a graph must have one output at least; outputs=0"
      })
  void whatIsWrongIsShownWithItsLine(String from, String to, String message) {
    String text = GOOD.replace(from, to == null ? "" : to);
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessage(message);
  }

  @Test
  void whatIsNoYamlIsRefused() {
    assertThatThrownBy(() -> read("kind: [onnx"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("g\\.yaml: line \\d+: is not YAML: .*");
    for (String text : List.of("", "onnx", "- a")) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InputException.class)
          .hasMessage("g.yaml: must hold entries 'name: value'");
    }
    assertThatThrownBy(() -> GeneratorConfig.read(folder.resolve("none.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such file");
  }
}
