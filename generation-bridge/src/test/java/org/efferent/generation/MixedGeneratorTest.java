package org.efferent.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedGeneratorTest {
  private static final String LOW =
      """
      kind: onnx
      latent: {shape: [2, 3, 4], scale: 40, shift: 0.25}
      decoder: {graph: decoder.onnx, input: latent_sample, output: image}
      range: [-1, 1]
      """;
  private static final String MIX =
      """
      kind: mix
      semantic: semantic.yaml
      lowLevel: low.yaml
      share: 0.25
      strength: 0.5
      """;
  private static final float[] EMBEDDING = TinyDiffusion.sines(0.9, 6);
  private static final float[] LATENT = TinyDiffusion.sines(20, 24);

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    TinyDiffusion.write(folder);
    Files.writeString(folder.resolve("semantic.yaml"), TinyDiffusion.CONFIG);
    Files.writeString(folder.resolve("low.yaml"), LOW);
  }

  private Generator open(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("mix.yaml"), config);
    return Generators.open(GeneratorConfig.read(file), folder, 1);
  }

  private Generator alone(String name) {
    return Generators.open(GeneratorConfig.read(folder.resolve(name)), folder, 1);
  }

  private static float[] both() {
    float[] both = Arrays.copyOf(EMBEDDING, 30);
    System.arraycopy(LATENT, 0, both, 6, 24);
    return both;
  }

  private static void compare(BufferedImage mixed, BufferedImage a, BufferedImage b, double share) {
    for (int i = 0; i < 12; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        int first = a.getRGB(i % 4, i / 4) >> shift & 0xFF;
        int second = b.getRGB(i % 4, i / 4) >> shift & 0xFF;
        long expected = Math.round((1 - share) * first + share * second);
        assertThat((long) (mixed.getRGB(i % 4, i / 4) >> shift & 0xFF)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.25,0.5", "0.75,", "0,0.5", "1,"})
  void pixelsAreMixedAndTheLatentIsWhatTheDiffusionStartsFrom(double share, Double strength)
      throws IOException {
    String start = strength == null ? "" : "strength: " + strength;
    String config = MIX.replace("share: 0.25", "share: " + share).replaceFirst("strength.*", start);
    try (Generator mix = open(config);
        Generator semantic = alone("semantic.yaml");
        Generator low = alone("low.yaml")) {
      assertThat(mix.width()).isEqualTo(30);
      Picture picture = mix.generate(both(), 3);
      Optional<InitialLatent> initial =
          Optional.ofNullable(strength).map(s -> new InitialLatent(LATENT, s));
      Picture seen = semantic.generate(EMBEDDING, initial, 3);
      compare(picture.image(), seen.image(), low.generate(LATENT, 3).image(), share);
      assertThat(picture.provenance())
          .containsEntry("Generator", "mix")
          .containsEntry("Low-level share", Double.toString(share))
          .containsEntry("Semantic Generator", "semantic")
          .containsEntry("Semantic Seed", "3");
      assertThat(picture.provenance().containsKey("Semantic Start")).isEqualTo(strength != null);
      assertThat(picture.provenance().containsKey("Low-level Decoder")).isEqualTo(share > 0);
    }
  }

  /** A low-level picture of 2 × 2 pixels, brought to 4 × 3. */
  @Test
  void aPictureOfAnotherSizeIsBroughtToTheSemanticOnes() throws IOException {
    Files.writeString(folder.resolve("low.yaml"), LOW.replace("[2, 3, 4]", "[2, 1, 1]"));
    try (Generator mix = open(MIX.replaceFirst("strength.*", "").replace("0.25", "1"));
        Generator low = alone("low.yaml")) {
      float[] both = Arrays.copyOf(EMBEDDING, 8);
      BufferedImage image = mix.generate(both, 0).image();
      assertThat(image.getWidth()).isEqualTo(4);
      int flat = low.generate(new float[2], 0).image().getRGB(0, 0);
      for (int i = 0; i < 12; i++) {
        assertThat(image.getRGB(i % 4, i / 4)).isEqualTo(flat);
      }
    }
  }

  @Test
  void whatIsNoMixIsSaid() throws IOException {
    try (Generator mix = open(MIX)) {
      assertThatThrownBy(() -> mix.generate(new float[29], 0))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "a mix must be given the embedding of semantic and, behind it, the latent of low, 6 +"
                  + " 24 numbers; numbers=29");
      float[] both = both();
      both[7] = Float.NaN;
      assertThatThrownBy(() -> mix.check(both))
          .hasMessage(
              "the latent behind the embedding: an embedding must be finite; number 1 is NaN");
    }
    assertThatThrownBy(() -> open(MIX.replace("low.yaml", "mix.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessage("mix.yaml: line 3: lowLevel must be another file; it is mix.yaml");
    Files.writeString(folder.resolve("other.yaml"), MIX);
    assertThatThrownBy(() -> open(MIX.replace("low.yaml", "other.yaml")))
        .hasMessage(
            "mix.yaml: line 3: lowLevel must be a generator that is no mix; it is other.yaml");
    assertThatThrownBy(() -> open(MIX.replace("low.yaml", "none.yaml")))
        .hasMessage(
            "mix.yaml: line 3: lowLevel: %s: there is no such file; check the path"
                .formatted(folder.resolve("none.yaml")));
    assertThatThrownBy(() -> open(MIX.replace("0.25", "1.25")))
        .hasMessage("mix.yaml: share must be from 0 to 1; share=1.25");
    assertThatThrownBy(() -> open(MIX.replace("0.5", "0")))
        .hasMessage("mix.yaml: strength must be above 0 and at most 1; strength=0.0");
  }

  @Test
  void aStrengthNeedsADiffusionOfTheSameLatents() throws IOException {
    Files.writeString(folder.resolve("low.yaml"), LOW.replace("[2, 3, 4]", "[2, 3, 3]"));
    assertThatThrownBy(() -> open(MIX))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "mix.yaml: line 2: semantic: semantic starts from latents [2, 3, 4], but low takes 18"
                + " numbers: both must be latents of one autoencoder");
    Files.writeString(folder.resolve("semantic.yaml"), LOW);
    assertThatThrownBy(() -> open(MIX))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "mix.yaml: line 2: semantic: semantic: starts from no latent, so strength must not be"
                + " given; strength=0.5");
    try (Generator low = alone("low.yaml")) {
      Optional<InitialLatent> start = Optional.of(new InitialLatent(new float[18], 1));
      assertThat(low.startsFrom()).isEqualTo(Optional.<List<Integer>>empty());
      assertThatThrownBy(() -> low.generate(new float[18], start, 0))
          .isInstanceOf(UnsupportedInputException.class)
          .hasMessage("low: starts from no latent; latent-diffusion does");
      assertThatThrownBy(
              () -> new MixedGenerator("m", low, low, Double.NaN, OptionalDouble.empty()))
          .hasMessage("share must be from 0 to 1; share=NaN");
    }
  }
}
