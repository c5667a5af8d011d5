package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small trained encoder on what is played to it. */
class EncoderRunTest {
  @TempDir private static Path folder;
  private static Path trained;

  @BeforeAll
  static void train() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            seed: 3
            data:
              simulated: {kind: images, channels: 12, train: 12, validation: 12, test: 10, snrDb: -8}
            encoder:
              architecture: projection-mlp
            loss: {kind: symmetric InfoNCE}
            optimiser: {learningRate: 1.0e-3}
            training: {batch: 16, epochs: 3, distinctTargets: true}
            """);
    trained = folder.resolve("trained");
    Cli.Result result =
        Cli.run("encoder", "train", config, "--out", trained, "--device", "cpu", "--threads", 1);
    assertThat(result.status()).as(result.err()).isZero();
  }

  private Cli.Result run(Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "encoder",
              "run",
              trained.resolve("encoder.safetensors"),
              "--device",
              "cpu",
              "--threads",
              1,
              "--headless",
              "--loopback",
              "--json"
            },
            more));
  }

  private static JsonNode json(Cli.Result result) throws IOException {
    assertThat(result.status()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void repetitionsAreDecidedAndCalibratedAnswersAreMostlyRight() throws IOException {
    Path out = folder.resolve("session");
    Path data = trained.resolve("data");
    JsonNode said =
        json(
            run(
                "--replay",
                data,
                "--speed",
                "max",
                "--gallery",
                data,
                "--calibrate",
                data,
                "--decide-at",
                0.8,
                "--out",
                out));
    JsonNode retrieval = said.path("retrieval");
    assertThat(said.path("windows").asInt()).isEqualTo(said.path("events").asInt()).isEqualTo(40);
    assertThat(retrieval.path("candidates").asInt()).isEqualTo(10);
    double single = retrieval.path("single").path("top1").asDouble();
    assertThat(single).isGreaterThan(0.2);
    assertThat(retrieval.path("decided").asInt()).isPositive();
    assertThat(retrieval.path("decidedRight").asDouble()).isGreaterThan(single);
    List<String> lines = Files.readAllLines(out.resolve("answers.csv"));
    assertThat(lines).hasSize(41);
    assertThat(lines.get(0)).isEqualTo("stamp,event,best,probability,repetitions,verdict");
    Tensor embeddings = Npy.read(out.resolve("embeddings.npy"));
    assertThat(embeddings.shape()[0]).isEqualTo(40);

    // Offline encoding of the same windows says the same.
    Path encoded = folder.resolve("test.npy");
    Cli.Result offline =
        Cli.run(
            "encoder",
            "encode",
            trained.resolve("encoder.safetensors"),
            data,
            "--split",
            "test",
            "--out",
            encoded,
            "--device",
            "cpu");
    assertThat(offline.status()).as(offline.err()).isZero();
    float[] expected = Npy.read(encoded).floats();
    float[] live = embeddings.floats();
    assertThat(live).hasSize(expected.length);
    for (int i = 0; i < live.length; i++) {
      assertThat(live[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void aSessionInTimeSaysWhatTheOfflineRunSays() throws IOException {
    Path data = trained.resolve("data");
    JsonNode live = json(run("--replay", data, "--speed", 200, "--gallery", data));
    JsonNode offline = json(run("--replay", data, "--speed", "max", "--gallery", data));
    assertThat(live.path("lost").asInt()).isZero();
    assertThat(live.path("retrieval")).isEqualTo(offline.path("retrieval"));
    assertThat(live.path("latencyMicros").path("p50").asDouble()).isPositive();
    JsonNode sliding = json(run("--replay", data, "--speed", "max", "--sliding", "--every", 0.5));
    assertThat(sliding.path("windows").asInt()).isGreaterThan(40);
    assertThat(sliding.path("events").isMissingNode()).isTrue();
  }

  private static Path generator(String name, int width) {
    Path out = folder.resolve(name);
    Cli.Result made =
        Cli.run(
            "generate",
            "train",
            "--out",
            out,
            "--side",
            16,
            "--width",
            width,
            "--channels",
            "4,4",
            "--steps",
            2,
            "--batch",
            4,
            "--threads",
            1);
    assertThat(made.status()).as(made.err()).isZero();
    return out.resolve("small.yaml");
  }

  @Test
  void everyPictureSaysWhichWindowItCameFrom() throws IOException {
    Path data = trained.resolve("data");
    Path generator = generator("draws", 64);
    Path out = folder.resolve("drawn");
    JsonNode all =
        json(run("--replay", data, "--speed", "max", "--generator", generator, "--out", out))
            .path("pictures");
    assertThat(all.path("drawn").asInt()).isEqualTo(40).isEqualTo(all.path("accepted").asInt());
    List<String> table = Files.readAllLines(out.resolve("pictures.csv"));
    assertThat(table).hasSize(41);
    String[] last = table.get(40).split(",", -1);
    BufferedImage picture = ImageIO.read(out.resolve(last[0]).toFile());
    assertThat(picture.getWidth()).isEqualTo(16);
    assertThat(last[0]).endsWith("%012d.png".formatted(Long.parseLong(last[1])));
    assertThat(last[4]).startsWith("image-");

    // In time none of them is lost silently: drawn, cancelled or failed.
    JsonNode live =
        json(run("--replay", data, "--speed", 200, "--generator", generator)).path("pictures");
    assertThat(live.path("accepted").asInt()).isEqualTo(40);
    assertThat(
            live.path("drawn").asInt()
                + live.path("cancelled").asInt()
                + live.path("failed").asInt())
        .isEqualTo(40);
    assertThat(live.path("drawn").asInt()).isPositive();
    assertThat(live.path("failed").asInt()).isZero();
  }

  private Cli.Result seen(Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "encoder",
              "run",
              trained.resolve("encoder.safetensors"),
              "--device",
              "cpu",
              "--threads",
              1,
              "--loopback",
              "--dashboard",
              "--json"
            },
            more));
  }

  @Test
  void aDashboardShowsASessionWithoutChangingWhatItSays() throws IOException {
    assumeFalse(GraphicsEnvironment.isHeadless(), "this JVM has no display");
    Path data = trained.resolve("data");
    JsonNode shown =
        json(
            seen(
                "--replay",
                data,
                "--speed",
                10,
                "--gallery",
                data,
                "--generator",
                generator("seen", 64)));
    JsonNode plain = json(run("--replay", data, "--speed", "max", "--gallery", data));
    assertThat(shown.path("dashboard").path("frames").asLong()).isPositive();
    assertThat(shown.path("retrieval")).isEqualTo(plain.path("retrieval"));
    assertThat(shown.path("pictures").path("accepted").asInt()).isEqualTo(40);
  }

  @Test
  void aDashboardNeedsADisplayAndASessionInTime() {
    Path data = trained.resolve("data");
    seen("--replay", data, "--speed", "max")
        .failed(
            2,
            "--dashboard goes without --headless and with a session in time; choose another --speed");
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    assertThat(seen("--replay", data).status()).isEqualTo(5);
  }

  @Test
  void aGeneratorOfAnotherWidthIsRefused() {
    Path generator = generator("narrow", 7);
    Cli.Result result = run("--replay", trained.resolve("data"), "--generator", generator);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .contains("small.yaml: takes 7 numbers, the encoder gives 64: train the encoder on this");
    assertThat(run("--replay", trained.resolve("data"), "--models", folder).err())
        .contains("--models, --prior and --drawing-seed go with --generator");
  }

  @Test
  void whatWasEncodedIsEvaluatedWithItsControlsAndReported() throws IOException {
    Path data = trained.resolve("data");
    Path queries = folder.resolve("queries.npy");
    Path gallery = folder.resolve("gallery.npy");
    Object[] encode = {
      "encoder",
      "encode",
      trained.resolve("encoder.safetensors"),
      data,
      "--split",
      "test",
      "--device",
      "cpu",
      "--out"
    };
    Cli.Result encoded = Cli.run(Cli.words(encode, queries, "--gallery", gallery));
    assertThat(encoded.status()).as(encoded.err()).isZero();
    Path noise = folder.resolve("noise.npy");
    Cli.Result edited = Cli.run(Cli.words(encode, noise, "--edit", "noise", "--seed", 3));
    assertThat(edited.status()).as(edited.err()).isZero();
    assertThat(Npy.read(noise).floats()).isNotEqualTo(Npy.read(queries).floats());
    assertThat(Npy.read(gallery).shape()[0]).isEqualTo(10);
    Cli.run(Cli.words(encode, folder.resolve("other.npy"), "--edit", "sing"))
        .failed(2, "--edit must be none, noise or shift; edit=sing");

    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    List<String> names = Files.readAllLines(Path.of(gallery + ".txt"));
    BufferedImage red = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    red.setRGB(3, 3, 0xFF0000);
    ImageIO.write(red, "png", pictures.resolve(names.get(0) + ".png").toFile());
    Path out = folder.resolve("evaluated");
    JsonNode said =
        json(
            Cli.run(
                "retrieve",
                "evaluate",
                "--queries",
                queries,
                "--ids",
                queries + ".csv#stimulus",
                "--subjects",
                queries + ".csv#subject",
                "--gallery",
                gallery,
                "--gallery-ids",
                gallery + ".txt",
                "--controls",
                "--noise-queries",
                noise,
                "--pictures",
                pictures,
                "--out",
                out,
                "--bootstrap",
                200,
                "--json"));
    assertThat(said.path("queries").asInt()).isEqualTo(40);
    assertThat(said.path("gallery").asInt()).isEqualTo(10);
    assertThat(said.path("top1").asDouble()).isGreaterThan(0.2);
    JsonNode averaged = said.path("byRepetitions");
    assertThat(averaged.fieldNames()).toIterable().containsExactly("1", "2", "4");
    double single = said.path("top1").asDouble();
    assertThat(averaged.path("1").path("top1").asDouble()).isCloseTo(single, within(1e-12));
    assertThat(averaged.path("4").path("top1").asDouble()).isGreaterThanOrEqualTo(single);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .contains(
            "Protocol",
            "Controls",
            "Published figures",
            "top-1",
            "top-1 of 10",
            names.get(0),
            "image/png;base64")
        .doesNotContain("%.");
    for (String picture :
        List.of("k-way.png", "top-k.png", "examples.png", "subjects.png", "repetitions.png")) {
      assertThat(ImageIO.read(out.resolve(picture).toFile()).getWidth()).isGreaterThan(500);
    }
  }

  @Test
  void whatAnEncoderListensToIsDrawn() throws IOException {
    Path out = folder.resolve("explained");
    JsonNode said =
        json(
            Cli.run(
                "encoder",
                "explain",
                trained.resolve("encoder.safetensors"),
                trained.resolve("data"),
                "--out",
                out,
                "--device",
                "cpu",
                "--threads",
                1,
                "--json"));
    double whole = said.path("top1").asDouble();
    assertThat(said.path("noise").asDouble()).isLessThan(whole);
    assertThat(said.path("chance").asDouble()).isCloseTo(0.1, within(1e-12));
    assertThat(said.path("growing").get(said.path("growing").size() - 1).asDouble())
        .isCloseTo(whole, within(1e-12));
    assertThat(said.path("sensorDrop").size()).isEqualTo(12);
    assertThat(said.path("representationalSimilarity").asDouble()).isBetween(0.05, 1.0);
    for (JsonNode picture : said.path("pictures")) {
      assertThat(Path.of(picture.asText())).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Regions", "Sensors", "Frequencies", "Times", "Saliency", "Temporal");
    Cli.run(
            "encoder",
            "explain",
            trained.resolve("encoder.safetensors"),
            trained.resolve("data"),
            "--out",
            folder.resolve("no"),
            "--split",
            "train",
            "--device",
            "cpu")
        .failed(2, "--split must be validation or test; split=train");
  }

  @Test
  void wrongInputIsToldInOneLine() throws IOException {
    Path data = trained.resolve("data");
    run("--replay", data, "--sliding", "--markers", "M")
        .failed(2, "--markers goes with --stream; a replay brings its own");
    run("--replay", data, "--ids", data).failed(2, "--ids and --calibrate go with --gallery");
    run("--replay", data, "--speed", "max", "--event", "(")
        .failed(2, "--event is no regular expression: Unclosed group at 1");
    Path narrow = folder.resolve("narrow.npy");
    Npy.write(narrow, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), true);
    run("--replay", data, "--gallery", narrow)
        .failed(
            3,
            "narrow.npy: its candidates have 2 numbers, the encoder's embeddings 64; take the gallery of the encoder's target");
    Path zero = folder.resolve("zero.npy");
    Npy.write(zero, Tensor.of(new float[] {1, 2, 0, 0}, 2, 2), true);
    run("--replay", data, "--gallery", zero)
        .failed(3, "zero.npy: row 1 is zero; take the candidate out or embed it anew");
    Path names = Files.writeString(folder.resolve("names.txt"), "a\n\nb\nc\n");
    run("--replay", data, "--gallery", narrow, "--ids", names)
        .failed(3, "narrow.npy has 2 candidates; the file of names has 3 lines");
    Path csv = Files.writeString(folder.resolve("few.csv"), "time,Fz,Cz\n0,1,2\n0.01,1,2\n");
    Cli.Result few = run("--replay", csv);
    assertThat(few.status()).isEqualTo(3);
    assertThat(few.err()).contains("few");
    Cli.Result nobody = run("--stream", "NobodySendsThis", "--timeout", 0.3);
    assertThat(nobody.status()).isNotZero();
    assertThat(nobody.err())
        .contains("no stream matched \"name='NobodySendsThis' or type='NobodySendsThis'\"");
  }
}
