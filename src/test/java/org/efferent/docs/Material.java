package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.efferent.cli.DocumentedCommand;

/**
 * What a page takes for granted, because another page of the book makes it: {@code session.xdf}, a
 * recording of simulated EEG with markers; {@code x.csv} and {@code z.csv}, features and velocity
 * of 1,500 bins; {@code trained}, the encoder and the data of {@code configs/tutorial-small.yaml}.
 * Made once, when it is first asked for, and copied.
 */
final class Material {
  private static final Pattern NAMED = Pattern.compile("<!-- material: ([^>]*?) -->");
  private static final int BINS = 1500;

  private final Path folder;

  Material(Path folder) {
    this.folder = folder;
  }

  void provide(MarkdownPage page, Path into) throws Exception {
    Matcher matcher = NAMED.matcher(page.text());
    if (matcher.find()) {
      for (String name : matcher.group(1).split(",\\s*", -1)) {
        provide(name, into);
      }
    }
  }

  void provide(String name, Path into) throws Exception {
    Files.createDirectories(folder);
    Path from = folder.resolve(name);
    if (!Files.exists(from)) {
      switch (name) {
        case "session.xdf" -> recording();
        case "x.csv", "z.csv" -> bins();
        case "trained" -> train();
        default -> throw new AssertionError("no such material: " + name);
      }
    }
    copy(from, into.resolve(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private void call(String call) {
    DocumentedCommand.Outcome outcome = DocumentedCommand.run(folder, call);
    assertThat(outcome.status()).as("%s%n%s", call, outcome.said()).isZero();
  }

  private void recording() throws InterruptedException {
    Thread publisher =
        new Thread(
            () ->
                call(
                    "./efferent simulate eeg --loopback --channels 8 --imagery --seconds 40 --speed 10"
                        + " --seed 1"));
    publisher.start();
    call(
        "./efferent record --loopback --until-end --wait 20 --stream SimEEG --stream SimEEG-markers"
            + " --out session.xdf");
    publisher.join();
  }

  private void train() throws IOException {
    Path config = Files.createDirectories(folder.resolve("configs")).resolve("tutorial-small.yaml");
    Files.copy(Project.ROOT.resolve("configs/tutorial-small.yaml"), config);
    call("./efferent encoder train configs/tutorial-small.yaml --out trained --threads 1");
  }

  /** Ten features that tell a smooth velocity in a plane, with noise; seed 3. */
  private void bins() throws IOException {
    Random random = new Random(3);
    double[] z = new double[2];
    StringBuilder features = new StringBuilder();
    StringBuilder states = new StringBuilder();
    for (int t = 0; t < BINS; t++) {
      for (int d = 0; d < z.length; d++) {
        z[d] = 0.9 * z[d] + 0.4 * random.nextGaussian();
      }
      for (int f = 0; f < 10; f++) {
        double angle = 2 * Math.PI * f / 10;
        double tuned = Math.tanh(z[0] * Math.cos(angle) + z[1] * Math.sin(angle));
        features.append(f == 0 ? "" : ",").append(tuned + 0.5 * random.nextGaussian());
      }
      features.append('\n');
      states.append(z[0]).append(',').append(z[1]).append('\n');
    }
    Files.writeString(folder.resolve("x.csv"), features);
    Files.writeString(folder.resolve("z.csv"), states);
  }
}
