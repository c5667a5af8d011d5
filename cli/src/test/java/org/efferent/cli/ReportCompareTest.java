package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCompareTest {
  private static final String RECORD =
      """
      {"command": "encoder train", "configuration": {"training": {"epochs": %s, "batch": 16}, "loss": "a<b"},
       "data": {"data/": "%s"}, "seed": 3, "version": "1", "java": "17", "machine": "m", "time": "t",
       "figures": {"test": {"top1": %s, "queries": 48}, "device": "cpu", "r": [0.5, null]}}
      """;

  @TempDir private Path folder;
  private Path a;
  private Path b;

  @BeforeEach
  void write() throws IOException {
    a = run("a", RECORD.formatted("4", "aa", "0.25"), "0.9");
    b = run("b", RECORD.formatted("6", "bb", "0.375"), "0.8");
  }

  private Path run(String name, String record, String loss) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(run.resolve("run.json"), record);
    Files.writeString(
        run.resolve("log.csv"), "epoch,train_loss,validation_loss\n1,1,1.2\n2,0.5," + loss + "\n");
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", run.resolve("curve.png").toFile());
    ImageIO.write(image, "png", run.resolve("only-" + name + ".png").toFile());
    return run;
  }

  private Cli.Result compare(Path one, Path other, Object... more) {
    Path out = folder.resolve("ab.html");
    return Cli.run(Cli.words(new Object[] {"report", "compare", one, other, "--out", out}, more));
  }

  @Test
  void saysWhatDiffersInSettingsAndFigures() throws IOException {
    JsonNode said = compare(a, b.resolve("run.json"), "--json").json();
    assertThat(said.path("sameCommand").booleanValue()).isTrue();
    assertThat(said.path("settings")).hasSize(1);
    assertThat(said.path("settings").path("training.epochs").path("b").textValue()).isEqualTo("6");
    JsonNode top = said.path("figures").path("test.top1");
    assertThat(top.path("a").doubleValue()).isEqualTo(0.25);
    assertThat(top.path("difference").doubleValue()).isEqualTo(0.125);
    assertThat(said.path("figures")).hasSize(2);
    String page = Files.readString(folder.resolve("ab.html"));
    assertThat(page)
        .contains("test.top1\t0.2500\t0.3750\t+0.1250", "training.epochs\t4\t6")
        .contains("Settings that differ; 2 others are the same.")
        .contains("test.queries\t48\t48\t0", "r\t0.5000, –\t0.5000, –\t0")
        .contains("validation loss over epoch: A from 1.2 to 0.9; B from 1.2 to 0.8.")
        .contains("alt=\"curve.png, A\"", "alt=\"curve.png, B\"", "SHA-256 of data/\taa\tbb")
        .doesNotContain("only-a", "<script");
  }

  @Test
  void aRunIsTheSameAsItself() throws IOException {
    assertThat(compare(a, a).out())
        .startsWith("settings that differ: 0; figures of both: 2; wrote ");
    assertThat(Files.readString(folder.resolve("ab.html")))
        .contains("Nothing: all 3 settings are the same.", "<p>None.</p>");
    compare(a, b)
        .failed(
            2,
            folder.resolve("ab.html")
                + " exists already; choose another name or give --force to replace it");
    assertThat(compare(a, b, "--force").status()).isZero();
  }

  @Test
  void whatIsNoRunIsRefused() throws IOException {
    Path none = Files.createDirectories(folder.resolve("none"));
    Path file = none.resolve("run.json");
    compare(a, none)
        .failed(3, file + ": is missing; name the folder of a run, in which run.json stands");
    Files.writeString(file, "{\"command\": ");
    compare(a, none).failed(3, file + ": is not JSON; name the folder of a run");
    Files.writeString(file, "[]");
    compare(a, none).failed(3, file + ": must be a run's record; it names no command");
    Path wrong = run("c", RECORD.formatted("4", "aa", "0.25"), "many");
    compare(a, wrong)
        .failed(3, wrong.resolve("log.csv") + ": must be a training's log, a row an epoch");
    Files.delete(wrong.resolve("log.csv"));
    Files.writeString(wrong.resolve("curve.png"), "no picture");
    compare(a, wrong).failed(3, wrong.resolve("curve.png") + ": is no picture that can be read");
    assertThat(folder.resolve("ab.html")).doesNotExist();
  }

  @Test
  void otherCommandsAreComparedWithAWarning() throws IOException {
    String other = RECORD.formatted("4", "aa", "0.25").replace("encoder train", "encoder prior");
    Files.writeString(b.resolve("run.json"), other);
    assertThat(compare(a, b, "--json").json().path("sameCommand").booleanValue()).isFalse();
    assertThat(Files.readString(folder.resolve("ab.html")))
        .contains("They are runs of different commands");
  }

  @Test
  void numbersHaveFourDigits() {
    assertThat(RunFacts.number(0)).isEqualTo("0");
    assertThat(RunFacts.number(0.0625)).isEqualTo("0.06250");
    assertThat(RunFacts.number(-1234.56)).isEqualTo("-1235");
    assertThat(RunFacts.number(12)).isEqualTo("12.00");
    assertThat(RunFacts.number(3e-7)).isEqualTo("3.000e-07");
  }
}
