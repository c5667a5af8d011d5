package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From stimuli to latents, to pictures, to figures, with a small generator trained on the spot. */
class GeneratePicturesTest {
  @TempDir private static Path folder;
  private static Path stimuli;
  private static Path model;
  private static Path latents;

  @BeforeAll
  static void prepare() throws IOException {
    stimuli = folder.resolve("stimuli");
    model = folder.resolve("model");
    latents = folder.resolve("latents.npy");
    JsonNode drawn =
        json(
            "simulate",
            "pictures",
            "--train",
            4,
            "--validation",
            1,
            "--test",
            5,
            "--side",
            32,
            "--out",
            stimuli,
            "--json");
    assertThat(drawn.path("pictures").asInt()).isEqualTo(25);
    JsonNode trained =
        json(
            "generate",
            "train",
            "--out",
            model,
            "--name",
            "tiny",
            "--side",
            32,
            "--width",
            24,
            "--channels",
            "8,12,16",
            "--steps",
            300,
            "--batch",
            16,
            "--threads",
            1,
            "--json");
    assertThat(trained.path("psnr").asDouble()).isBetween(17.0, 40.0);
    Cli.Result targets =
        Cli.run(
            Cli.words(
                new Object[] {
                  "encoder",
                  "targets",
                  "--model",
                  model.resolve("tiny-target.yaml"),
                  "--out",
                  latents
                },
                files().toArray()));
    assertThat(targets.status()).as(targets.err()).isZero();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(stimuli)) {
      return all.sorted().toList();
    }
  }

  private static JsonNode json(Object... words) throws IOException {
    Cli.Result result = Cli.run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  private static Path generated(Path embeddings, String name) throws IOException {
    Path out = folder.resolve(name);
    json(
        "generate",
        "--generator",
        model.resolve("tiny.yaml"),
        "--embeddings",
        embeddings,
        "--out",
        out,
        "--json");
    return out;
  }

  @Test
  void whatIsDrawnFromLatentsIsIdentifiedAndWhatIsShuffledIsNot() throws IOException {
    Path made = generated(latents, "made");
    Path names = folder.resolve("names.txt");
    Files.write(
        names, files().stream().map(f -> f.getFileName().toString().replace(".png", "")).toList());
    Path out = folder.resolve("compared");
    JsonNode said =
        json(
            "generate",
            "evaluate",
            "--stimuli",
            stimuli,
            "--pictures",
            made,
            "--names",
            names,
            "--features",
            model.resolve("tiny-target.yaml"),
            "--permutations",
            200,
            "--out",
            out,
            "--json");
    JsonNode features = said.path("twoWay").path("tiny-target");
    assertThat(said.path("pictures").asInt()).isEqualTo(25);
    assertThat(features.path("accuracy").asDouble()).isGreaterThan(0.8);
    assertThat(features.path("low").asDouble()).isLessThan(features.path("accuracy").asDouble());
    assertThat(features.path("p").asDouble()).isLessThan(0.02);
    assertThat(said.path("pixelCorrelation").asDouble())
        .isGreaterThan(said.path("pixelCorrelationRandom").path("high").asDouble());
    assertThat(Files.readAllLines(out.resolve("pictures.csv"))).hasSize(26);
    BufferedImage grid = ImageIO.read(out.resolve("grid.png").toFile());
    assertThat(grid.getWidth()).isEqualTo(1920);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("25 pictures against what was seen", "pixelCorrelation\t", "<dt>SSIM</dt>");

    List<String> turned = new java.util.ArrayList<>(Files.readAllLines(names));
    java.util.Collections.rotate(turned, 7);
    Files.write(folder.resolve("turned.txt"), turned);
    JsonNode wrong =
        json(
            "generate",
            "evaluate",
            "--stimuli",
            stimuli,
            "--pictures",
            made,
            "--names",
            folder.resolve("turned.txt"),
            "--permutations",
            200,
            "--out",
            folder.resolve("wrong"),
            "--json");
    assertThat(wrong.path("twoWay").path("pixels").path("accuracy").asDouble()).isLessThan(0.75);
  }

  @Test
  void picturesOfOtherSizesAreComparedAsPublished() throws IOException {
    Path made = generated(latents, "sized");
    Path few = folder.resolve("few");
    Files.createDirectories(few);
    for (int i = 0; i < 3; i++) {
      Files.copy(made.resolve("%05d.png".formatted(i)), few.resolve("image-%06d.png".formatted(i)));
    }
    JsonNode said =
        json(
            "generate",
            "evaluate",
            "--stimuli",
            stimuli,
            "--pictures",
            few,
            "--published",
            "--permutations",
            100,
            "--out",
            folder.resolve("published"),
            "--json");
    assertThat(said.path("ssim").asDouble()).isBetween(0.0, 1.0);
    assertThat(said.path("pictures").asInt()).isEqualTo(3);
  }

  @Test
  void aStimulusThatIsNotThereIsNamed() throws IOException {
    Path made = generated(latents, "unnamed");
    Cli.Result result =
        Cli.run(
            "generate",
            "evaluate",
            "--stimuli",
            stimuli,
            "--pictures",
            made,
            "--out",
            folder.resolve("nothing"));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .contains(
            "has no picture '00000', the stimulus of 00000.png; name the stimuli with --names");
    Cli.Result none =
        Cli.run(
            "generate",
            "evaluate",
            "--stimuli",
            stimuli,
            "--pictures",
            folder.resolve("no"),
            "--out",
            folder.resolve("nothing"));
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.err()).contains("is no folder");
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void aGeneratorLearnsThePicturesOfAFolder() throws IOException {
    Path out = folder.resolve("own");
    JsonNode said =
        json(
            "generate",
            "train",
            "--pictures",
            stimuli,
            "--out",
            out,
            "--name",
            "own",
            "--side",
            16,
            "--width",
            6,
            "--channels",
            "4",
            "--steps",
            5,
            "--batch",
            4,
            "--threads",
            1,
            "--json");
    assertThat(said.path("psnr").asDouble()).isPositive();
    float[] values = new float[12];
    Npy.write(folder.resolve("six.npy"), Tensor.of(values, 2, 6), false);
    JsonNode made =
        json(
            "generate",
            "--generator",
            out.resolve("own.yaml"),
            "--embeddings",
            folder.resolve("six.npy"),
            "--out",
            folder.resolve("two"),
            "--json");
    assertThat(made.path("images")).hasSize(2);
  }

  @Test
  void theGeneratorThatComesWithEfferentGivesPicturesBack() throws IOException {
    Path shipped =
        Path.of(System.getProperty("efferent.root"), "configs", "generators", "shapes.yaml");
    Path seen = folder.resolve("seen");
    json(
        "simulate",
        "pictures",
        "--train",
        1,
        "--validation",
        0,
        "--test",
        0,
        "--seed",
        99,
        "--out",
        seen,
        "--json");
    JsonNode made =
        json(
            "generate",
            "--generator",
            shipped,
            "--reconstruct",
            seen.resolve("image-000002.png"),
            "--side",
            64,
            "--out",
            folder.resolve("back"),
            "--json");
    assertThat(made.path("psnr").asDouble()).isGreaterThan(18);
    assertThat(
            Cli.run(
                    "generate",
                    "--generator",
                    shipped,
                    "--reconstruct",
                    seen.resolve("image-000002.png"),
                    "--out",
                    folder.resolve("large"))
                .err())
        .contains("; --side sets the square, now 256");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThat(Cli.run("generate").err())
        .contains("generate needs --generator, --out, and --embeddings or --reconstruct");
    assertThat(Cli.run("generate", "train", "--out", folder.resolve("x"), "--side", 30).err())
        .contains("side must be a multiple of 2^stages, at most 1024; side=30, stages=4");
    assertThat(Cli.run("generate", "train", "--out", folder.resolve("x"), "--name", "a/b").err())
        .contains("--name must be of letters");
    assertThat(Cli.run("simulate", "pictures", "--out", folder.resolve("x"), "--side", 3).err())
        .contains("--side must be from 8 to 1024 pixels; side=3");
    assertThat(
            Cli.run(
                    "generate",
                    "train",
                    "--pictures",
                    folder.resolve("none"),
                    "--out",
                    folder.resolve("x"))
                .status())
        .isEqualTo(3);
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
