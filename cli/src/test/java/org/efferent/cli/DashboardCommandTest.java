package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DashboardCommandTest {
  @TempDir private Path folder;

  /** Twenty seconds of three sines at 100 Hz. */
  private Path recording() throws IOException {
    StringBuilder csv = new StringBuilder("time,F3,Cz,other\n");
    for (int r = 0; r < 2_000; r++) {
      csv.append(String.format(Locale.ROOT, "%.2f", r / 100.0));
      for (int c = 0; c < 3; c++) {
        csv.append(String.format(Locale.ROOT, ",%.3f", 10 * Math.sin(r * 0.3 * (c + 1))));
      }
      csv.append('\n');
    }
    Path file = folder.resolve("sines.csv");
    Files.writeString(file, csv);
    return file;
  }

  @Test
  void aReplayIsDrawnWithoutADisplay() throws IOException {
    Path out = folder.resolve("new/out.png");
    JsonNode json =
        Cli.run(
                "dashboard",
                "--replay",
                recording(),
                "--screenshot",
                out,
                "--width",
                800,
                "--height",
                500,
                "--theme",
                "dark",
                "--panels",
                "signals,spectrum",
                "--filter",
                "bandpass:1:30,notch:40",
                "--montage",
                "average",
                "--json")
            .json();
    assertThat(json.path("streams").get(0).path("samples").longValue()).isEqualTo(2_000);
    assertThat(json.path("streams").get(0).path("lost").longValue()).isZero();
    assertThat(json.path("streams").get(0).path("channels").intValue()).isEqualTo(3);
    assertThat(json.path("panels")).hasSize(2);
    assertThat(json.path("panels").get(1).textValue()).isEqualTo("spectrum");
    assertThat(json.path("screenshot").textValue()).isEqualTo(out.toString());
    assertThat(json.path("framesPerSecond").doubleValue()).isPositive();
    assertThat(json.path("decodeP99Micros").doubleValue()).isPositive();
    BufferedImage image = ImageIO.read(out.toFile());
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(500);
    int light = 0;
    for (int x = 0; x < 400; x++) {
      for (int y = 50; y < 450; y++) {
        light += (image.getRGB(x, y) & 0xFF) > 150 ? 1 : 0;
      }
    }
    assertThat(light).as("pixels of traces").isGreaterThan(1_000);
  }

  @Test
  void secondsEndAReplayEarlyAndPicturesAreNotOverwritten() throws IOException {
    Path file = recording();
    Path out = folder.resolve("out.png");
    JsonNode json =
        Cli.run("dashboard", "--replay", file, "--screenshot", out, "--seconds", 5, "--json")
            .json();
    assertThat(json.path("streams").get(0).path("samples").longValue()).isBetween(500L, 1_600L);
    Cli.run("dashboard", "--replay", file, "--screenshot", out)
        .failed(2, out + ": exists and is not overwritten; choose another name or add --force");
    assertThat(Cli.run("dashboard", "--replay", file, "--screenshot", out, "--force").status())
        .isZero();
  }

  @Test
  void wrongInputIsNamed() throws IOException {
    Path file = recording();
    Path out = folder.resolve("out.png");
    Cli.run("dashboard", "--replay", folder.resolve("no.xdf"), "--screenshot", out)
        .failed(3, folder.resolve("no.xdf") + ": there is no such file; check the path");
    Cli.run("dashboard", "--replay", file, "--stream", "EEG", "--screenshot", out)
        .failed(3, "sines.csv: has no stream of numbers of this name or type; stream=EEG");
    Cli.run("dashboard", "--replay", file, "--screenshot", out, "--filter", "band:1")
        .failed(
            2,
            "--filter is a list of bandpass:LOW:HIGH, highpass:HZ, lowpass:HZ, notch:HZ;"
                + " filter=band:1");
    Cli.run("dashboard", "--replay", file, "--screenshot", out, "--montage", "laplace")
        .failed(2, "--montage is recorded, average, or bipolar:A-B,C-D,…; montage=laplace");
    Cli.run("dashboard", "--speed", "2", "--screenshot", out)
        .failed(2, "--speed goes with --replay");
    Cli.run("dashboard", "--replay", file, "--screenshot", out, "--width", 10)
        .failed(
            2, "--width and --height must lie in 320 x 200 to 16384 x 16384; width=10, height=900");
    assertThat(out).doesNotExist();
  }

  @Test
  void theWebNeedsNoDisplayAndCountsAtTheEnd() throws IOException {
    Path file = recording();
    Cli.Result run =
        Cli.run(
            "dashboard",
            "--replay",
            file,
            "--speed",
            "max",
            "--seconds",
            5,
            "--web",
            "--panels",
            "health,signals",
            "--json");
    JsonNode json = run.json();
    assertThat(json.path("viewers").intValue()).isZero();
    assertThat(json.path("updatesSent").isIntegralNumber()).isTrue();
    assertThat(json.path("updatesDropped").intValue()).isZero();
    assertThat(json.path("serialiseP99Micros").isNull()).isTrue();
    assertThat(json.path("panels").get(0).textValue()).isEqualTo("health");
    assertThat(json.path("streams").get(0).path("samples").longValue()).isGreaterThanOrEqualTo(500);
    assertThat(run.err())
        .containsPattern("open http://127\\.0\\.0\\.1:[0-9]+/\\?token=[\\w-]{43} in");
    Cli.run("dashboard", "--replay", file, "--port", 8010)
        .failed(2, "--web does not go with --screenshot, and --port goes with --web");
    Cli.run("dashboard", "--replay", file, "--web", "--port", 70_000)
        .failed(2, "a port lies in 0 to 65535, 0 for a free one; port=70000");
  }

  @Test
  void withoutADisplayItSaysHowToDraw() throws IOException {
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    Cli.run("dashboard", "--replay", recording())
        .failed(5, "no display; draw a picture by --screenshot OUT.png, or set DISPLAY");
  }

  @Test
  void aRecordingWithMarkersIsDrawn() {
    Path xdf = Cli.shared("data/xdf").resolve("switch_example.xdf");
    Path out = folder.resolve("switch.png");
    JsonNode json =
        Cli.run("dashboard", "--replay", xdf, "--screenshot", out, "--seconds", 30, "--json")
            .json();
    assertThat(json.path("streams").get(0).path("name").textValue()).isEqualTo("g.USBamp-1");
    assertThat(json.path("panels").toString()).contains("signals", "quality", "evoked", "health");
    assertThat(out).isNotEmptyFile();
  }
}
