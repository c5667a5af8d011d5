package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.viz.Curves;
import org.efferent.viz.FigureSize;
import org.efferent.viz.Report;

/**
 * What two runs' folders both have to look at: learning curves in one figure, pictures in pairs.
 */
final class RunPictures {
  /** So many pairs at most, and no file larger than this: a page must open. */
  private static final int MOST = 24;

  private static final long LARGEST = 4_000_000;

  private RunPictures() {}

  /** Adds the section; none where nothing is in both. */
  static void add(Report report, Path a, Path b) {
    List<Path> pictures =
        pictures(a).stream().filter(p -> small(b.resolve(InputFiles.name(p)))).limit(MOST).toList();
    Optional<Curves.Curve> one = losses("A", a);
    Optional<Curves.Curve> other = losses("B", b);
    if (pictures.isEmpty() && (one.isEmpty() || other.isEmpty())) {
      return;
    }
    report.section("Pictures");
    if (one.isPresent() && other.isPresent()) {
      report.figure(
          "The loss on the validation examples, epoch by epoch (log.csv).",
          Curves.of(
              List.of(one.get(), other.get()),
              Curves.Options.of("epoch", "validation loss"),
              FigureSize.PAGE));
    }
    for (Path picture : pictures) {
      String name = InputFiles.name(picture);
      report.sideBySide(name, "A", read(picture), "B", read(b.resolve(name)));
    }
  }

  private static List<Path> pictures(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> InputFiles.name(f).endsWith(".png"))
          .filter(RunPictures::small)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read; name the folder of a run", e);
    }
  }

  private static boolean small(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST;
    } catch (IOException e) {
      return false;
    }
  }

  private static BufferedImage read(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image != null) {
        return image;
      }
    } catch (IOException e) {
      throw new InputException(file + ": is no picture that can be read", e);
    }
    throw new InputException(file + ": is no picture that can be read");
  }

  /** Validation losses over epochs of a training's {@code log.csv}. */
  private static Optional<Curves.Curve> losses(String name, Path folder) {
    Path file = folder.resolve("log.csv");
    if (!small(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      List<String> header = List.of(lines.isEmpty() ? new String[0] : lines.get(0).split(","));
      int epoch = header.indexOf("epoch");
      int loss = header.indexOf("validation_loss");
      if (epoch < 0 || loss < 0 || lines.size() < 2) {
        return Optional.empty();
      }
      double[][] rows =
          lines.stream()
              .skip(1)
              .map(line -> line.split(","))
              .map(c -> new double[] {Double.parseDouble(c[epoch]), Double.parseDouble(c[loss])})
              .toArray(double[][]::new);
      return Optional.of(
          new Curves.Curve(
              name,
              Arrays.stream(rows).mapToDouble(r -> r[0]).toArray(),
              Arrays.stream(rows).mapToDouble(r -> r[1]).toArray()));
    } catch (IOException | RuntimeException e) {
      throw new InputException(file + ": must be a training's log, a row an epoch", e);
    }
  }
}
