package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efferent.data.Safetensors;
import org.efferent.data.Sha256;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.target.EmbeddingTable;
import org.efferent.decoders.target.ModelDescription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTargetsCommandTest {
  private static final String IMAGES =
      """
      model: image.onnx
      kind: image
      input: pixel_values
      output: image_embeds
      crop: 4
      mean: [0, 0, 0]
      std: [1, 1, 1]
      """;
  private static final String AUDIO =
      """
      model: audio.onnx
      kind: audio
      input: input_values
      output: [layers.0, last_hidden_state]
      standardize: false
      """;

  @TempDir private Path folder;
  private Path images;
  private Path audio;

  @BeforeEach
  void models() throws IOException {
    for (String name : List.of("image.onnx", "audio.onnx")) {
      try (InputStream in = EncoderTargetsCommandTest.class.getResourceAsStream("onnx/" + name)) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
    images = Files.writeString(folder.resolve("images.yaml"), IMAGES);
    audio = Files.writeString(folder.resolve("audio.yaml"), AUDIO);
  }

  private Path picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48; i++) {
      image.setRGB(i % 8, i / 8, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** A tone of 800 Hz, 16 bits at 16 kHz. */
  private Path tone(String name, int samples) throws IOException {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) Math.round(8192 * (1 + Math.sin(2 * Math.PI * 800 * i / 16_000))));
    }
    return Files.write(folder.resolve(name), wav.array());
  }

  @Test
  void imagesBecomeATableOfNamedRows() throws IOException {
    Path red = picture("red.png", 0xFF0000);
    Path green = picture("green.png", 0x00FF00);
    Path blue = picture("blue.png", 0x0000FF);
    Path out = folder.resolve("targets.npy");
    JsonNode json =
        Cli.run(
                "encoder",
                "targets",
                "--model",
                images,
                red,
                green,
                blue,
                "--batch",
                2,
                "--out",
                out,
                "--threads",
                1,
                "--json")
            .json();
    assertThat(json.path("rows").intValue()).isEqualTo(3);
    assertThat(json.path("names").textValue())
        .isEqualTo(folder.resolve("targets.names.txt").toString());
    try (EmbeddingTable table =
        EmbeddingTable.open(out, Optional.of(folder.resolve("targets.names.txt")))) {
      assertThat(table.names()).containsExactly("red.png", "green.png", "blue.png");
      assertThat(table.row("red.png")).containsExactly(1, 0);
      assertThat(table.row("green.png")).containsExactly(-1, 0);
      assertThat(table.row("blue.png")).containsExactly(0, 2);
    }
    JsonNode record = new ObjectMapper().readTree(folder.resolve("targets.run.json").toFile());
    assertThat(record.path("command").textValue()).isEqualTo("encoder targets");
    assertThat(record.path("data").path("image.onnx").textValue())
        .isEqualTo(Sha256.of(folder.resolve("image.onnx")));
    assertThat(record.path("data").has("images.yaml")).isTrue();
    assertThat(record.path("data").path("red.png").textValue()).isEqualTo(Sha256.of(red));
    Cli.run("encoder", "targets", "--model", images, red, "--out", out)
        .failed(2, out + " exists already; choose another name or give --force to replace it");
  }

  @Test
  void namesLieInsideSafetensorsAndAreWholePathsWhereTwoAreAlike() throws IOException {
    Path one = picture("a/x.png", 0xFF0000);
    Path two = picture("b/x.png", 0x0000FF);
    Path out = folder.resolve("targets.safetensors");
    Cli.Result result =
        Cli.run(
            "encoder",
            "targets",
            "--model",
            images,
            "--onnx",
            folder.resolve("image.onnx"),
            one,
            two,
            "--out",
            out);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("2 file(s), each [2]");
    try (EmbeddingTable table = EmbeddingTable.open(out, Optional.empty())) {
      assertThat(table.names()).containsExactly(one.toString(), two.toString());
      assertThat(table.row(1)).containsExactly(0, 2);
    }
    Cli.run("encoder", "targets", "--model", images, one, one, "--out", folder.resolve("y.npy"))
        .failed(2, one + " is given twice; each file is a row of its own");
  }

  @Test
  void audioBecomesRowsInTime() throws IOException {
    Path one = tone("one.wav", 16_000);
    Path two = tone("two.wav", 16_000);
    Path longer = tone("longer.wav", 24_000);
    Path out = folder.resolve("speech.npy");
    Cli.run("encoder", "targets", "--model", audio, one, two, "--rate", 100, "--out", out, "--json")
        .json();
    Tensor made = Npy.read(out);
    assertThat(made.shape()).containsExactly(2, 2, 100);
    // The mean of the tone, 1/4, and of once and three times it.
    assertThat(made.floats()[50]).isCloseTo(0.5f, within(1e-3f));
    assertThat(made.floats()[150]).isCloseTo(-0.5f, within(1e-3f));
    Path other = folder.resolve("other.npy");
    Cli.run("encoder", "targets", "--model", audio, one, longer, "--out", other)
        .failed(
            2,
            other
                + ": in one .npy all must be of one length; one.wav is [2, 120], longer.wav is"
                + " [2, 180]; give --out FILE.safetensors, or one file at a time");
    assertThat(other).doesNotExist();
    Path several = folder.resolve("several.safetensors");
    Cli.run("encoder", "targets", "--model", audio, one, longer, "--out", several);
    assertThat(Safetensors.read(several).tensor("longer.wav").shape()).containsExactly(2, 180);
  }

  @Test
  void melsAndEnvelopesAreComputedHere() throws IOException {
    Path wav = tone("tone.wav", 32_000);
    Path mel = folder.resolve("mel.npy");
    Cli.run("encoder", "targets", "--mel", wav, "--out", mel);
    Tensor bands = Npy.read(mel);
    assertThat(bands.shape()).containsExactly(1, 120, 240);
    int loudest = 0;
    for (int b = 0; b < 120; b++) {
      loudest = bands.floats()[b * 240 + 120] > bands.floats()[loudest * 240 + 120] ? b : loudest;
    }
    // 800 Hz is 859 mel of 2840.
    assertThat(loudest).isEqualTo(Math.round(859.0 / 2840 * 121) - 1);
    for (String kind : List.of("hilbert", "rectified", "gammatone", "mel")) {
      Path out = folder.resolve("envelope-" + kind + ".npy");
      Cli.run("encoder", "targets", "--envelope", kind, wav, "--rate", 64, "--out", out);
      assertThat(Npy.read(out).shape()[1]).as(kind).isEqualTo(1);
      assertThat(Npy.read(out).shape()[2]).as(kind).isBetween(128L, 129L);
    }
  }

  @Test
  void whatIsWronglyAskedIsSaid() throws IOException {
    Path wav = tone("tone.wav", 3200);
    Path out = folder.resolve("x.npy");
    Cli.run("encoder", "targets", "--envelope", "loud", wav, "--out", out)
        .failed(2, "--envelope must be hilbert, rectified, gammatone or mel; envelope=loud");
    Cli.run("encoder", "targets", "--mel", wav, "--out", folder.resolve("x.csv"))
        .failed(2, "--out must end in .npy or .safetensors; out=" + folder.resolve("x.csv"));
    Cli.run("encoder", "targets", "--mel", wav, "--out", out, "--rate", 0)
        .failed(2, "--rate must be from 1 to 1000 Hz; rate=0");
    Cli.run("encoder", "targets", "--mel", wav, "--onnx", wav, "--out", out)
        .failed(2, "--onnx is the file of a --model; name that too");
    Cli.run("encoder", "targets", "--model", images, wav, "--out", out)
        .failed(3, "tone.wav: is no image that can be read; give PNG, JPEG, BMP or GIF");
    Files.writeString(images, IMAGES + "flavour: sweet\n");
    assertThat(Cli.run("encoder", "targets", "--model", images, wav, "--out", out).err())
        .startsWith("efferent: images.yaml.flavour is unknown; known here: [");
    Files.writeString(images, IMAGES.replace("image_embeds", "embeds"));
    assertThat(Cli.run("encoder", "targets", "--model", images, wav, "--out", out).err())
        .startsWith("efferent: image.onnx: has no output 'embeds'; it has 'image_embeds' FLOAT");
    Files.writeString(folder.resolve("audio.onnx"), "broken");
    Cli.Result broken = Cli.run("encoder", "targets", "--model", audio, wav, "--out", out);
    assertThat(broken.status()).isEqualTo(3);
    assertThat(broken.err())
        .startsWith("efferent: audio.onnx: cannot be loaded as an ONNX model: ");
    assertThat(Cli.run("encoder", "targets", wav, "--out", out).status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void everyDescriptionThatIsShippedIsOne() throws IOException {
    Path shipped = Path.of(System.getProperty("efferent.root"), "configs", "targets");
    try (Stream<Path> files = Files.list(shipped)) {
      assertThat(files.sorted().toList())
          .hasSize(5)
          .allSatisfy(
              file -> {
                ModelDescription read = ModelDescription.read(Yaml.read(file));
                assertThat(read.model()).startsWith("onnx/");
                assertThat(Files.readString(file)).contains("not tried against the real");
              });
    }
  }
}
