package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.efferent.cohort.recordings.LabelFile;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.decoders.picture.PictureFolder;
import org.efferent.decoders.target.ImageEncoder;
import org.efferent.decoders.target.ImageSquare;
import org.efferent.decoders.target.ModelDescription;
import org.efferent.generation.metrics.Features;
import org.efferent.generation.metrics.PictureComparison;
import org.efferent.generation.metrics.Resampling;
import org.efferent.viz.Figure;
import org.efferent.viz.IfExists;
import org.efferent.viz.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate evaluate}: pictures against what was seen. */
@Command(
    name = "evaluate",
    description =
        "Compares pictures with their stimuli: correlation of pixels, structural similarity, two-way"
            + " identification by features, all beside random pairings.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent generate evaluate --stimuli stimuli --pictures made \\",
      "      --names decoded.npy.csv#stimulus --out compared",
      "  efferent generate evaluate --stimuli stimuli --pictures made --out compared \\",
      "      --features configs/targets/clip-vit-l14.yaml --models models --published",
      "",
      "Picture i, in the order of the files' names, belongs to stimulus --names[i], or to the stimulus of",
      "its own name. Writes pictures.csv (a row a picture), grid.png, report.html and run.json. Two-way",
      "identification is the share of pairs in which a picture's features correlate more with those of its",
      "own stimulus than with those of another; chance is .5."
    })
final class GenerateEvaluateCommand implements Callable<Integer> {
  private static final int MOST = 2000;
  private static final int PIXELS = 64;

  @Mixin private OutputOptions output;

  @Option(
      names = "--stimuli",
      paramLabel = "DIR",
      required = true,
      description = "What was seen: NAME.png, NAME.jpg …")
  private Path stimuli;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      required = true,
      description = "What was made, such as the --out of generate.")
  private Path pictures;

  @Option(
      names = "--names",
      paramLabel = "FILE[#COLUMN]",
      description = "The stimulus of each picture: text, a line each, or a column of a table.")
  private String names;

  @Option(
      names = "--features",
      paramLabel = "DESCRIPTION.yaml",
      split = ",",
      description =
          "Feature extractors (ONNX) for two-way identification, such as configs/targets/clip-vit-l14.yaml.")
  private List<Path> features = List.of();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of the extractors' files (default: each description's folder).")
  private Path models;

  @Option(
      names = "--published",
      description =
          "Scale both to 256 and then to 425 pixels before they are compared, as published evaluations do.")
  private boolean published;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      description = "Random pairings (default: ${DEFAULT-VALUE}).")
  private int permutations = Resampling.DEFAULTS.permutations();

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Results.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    if (permutations < 100 || permutations > 1_000_000) {
      throw new UsageException(
          "--permutations must be from 100 to 1000000; permutations=" + permutations);
    }
    List<Path> made = PictureFolder.files(pictures);
    if (made.size() < 2 || made.size() > MOST) {
      throw new InputException(
          "%s: must hold 2 to %d pictures; pictures=%d".formatted(pictures, MOST, made.size()));
    }
    List<Path> seen = seen(made);
    Resampling resampling =
        new Resampling(Resampling.DEFAULTS.bootstrapDraws(), permutations, 0.95, seed);
    PictureScores scores = compare(seen, made, resampling);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pictures", made.size());
    figures.putAll(scores.figures());
    Map<String, Object> identification = new LinkedHashMap<>();
    identification.put(
        "pixels", PictureScores.twoWay(pixels(seen), pixels(made), resampling, output, "pixels"));
    for (Path description : features) {
      identification.put(
          InputFiles.name(description).replaceFirst("\\.[^.]*$", ""),
          extracted(description, seen, made, resampling));
    }
    figures.put("twoWay", identification);
    RunRecord.folder(out, force);
    RunRecord.writeText(out.resolve("pictures.csv"), scores.table(seen, made), force);
    Figure grid = scores.grid(named(seen), named(made));
    grid.writePng(out.resolve("grid.png"), 2, IfExists.REPLACE);
    figures.put("grid", out.resolve("grid.png").toString());
    keep(seen, made, figures, grid);
    scores.print(output);
    output.result(figures);
    return 0;
  }

  private PictureScores compare(List<Path> seen, List<Path> made, Resampling resampling) {
    List<BufferedImage> one = new ArrayList<>();
    List<BufferedImage> other = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      BufferedImage picture = ImageSquare.read(made.get(i));
      BufferedImage stimulus = ImageSquare.read(seen.get(i));
      boolean same =
          picture.getWidth() == stimulus.getWidth() && picture.getHeight() == stimulus.getHeight();
      if (!published && !same) {
        // The square in the middle, as large as the picture: what encoders of images look at.
        stimulus = ImageSquare.middle(seen.get(i), picture.getWidth());
        if (picture.getWidth() != picture.getHeight()) {
          throw new InputException(
              "%s: must be a square, or of the size of its stimulus; it is %d × %d; or give --published"
                  .formatted(made.get(i), picture.getWidth(), picture.getHeight()));
        }
      }
      one.add(stimulus);
      other.add(picture);
    }
    return PictureScores.of(
        one,
        other,
        published ? PictureComparison.PUBLISHED : PictureComparison.AS_THEY_ARE,
        resampling);
  }

  /** The stimulus of each picture. */
  private List<Path> seen(List<Path> made) {
    Map<String, Path> byName = new LinkedHashMap<>();
    PictureFolder.files(stimuli).forEach(file -> byName.put(stem(file), file));
    List<String> wanted =
        names == null
            ? made.stream().map(GenerateEvaluateCommand::stem).toList()
            : LabelFile.read(names, made.size());
    List<Path> seen = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Path stimulus = byName.get(wanted.get(i));
      if (stimulus == null) {
        throw new InputException(
            "%s: has no picture '%s', the stimulus of %s; %s"
                .formatted(
                    stimuli,
                    wanted.get(i),
                    InputFiles.name(made.get(i)),
                    names == null
                        ? "name the stimuli with --names"
                        : "it has " + byName.size() + " others"));
      }
      seen.add(stimulus);
    }
    return seen;
  }

  private static List<String> named(List<Path> files) {
    return files.stream().map(InputFiles::name).toList();
  }

  private static String stem(Path file) {
    return InputFiles.name(file).replaceFirst("\\.[^.]*$", "");
  }

  private Map<String, Object> extracted(
      Path description, List<Path> seen, List<Path> made, Resampling resampling) {
    ModelDescription its = ModelDescription.read(Yaml.read(description));
    Path file =
        models == null
            ? description.toAbsolutePath().resolveSibling(its.model()).normalize()
            : models.resolve(its.model()).normalize();
    if (!Files.exists(file) && models != null) {
      file = models.resolve(InputFiles.name(file));
    }
    try (ImageEncoder encoder = ImageEncoder.open(its, file, 0)) {
      return PictureScores.twoWay(
          features(encoder, seen),
          features(encoder, made),
          resampling,
          output,
          InputFiles.name(description));
    }
  }

  private static Features features(ImageEncoder encoder, List<Path> files) {
    return Features.of(
        files.stream().map(file -> encoder.encode(List.of(file)).floats()).toArray(float[][]::new));
  }

  /** The pixels themselves, of small squares. */
  private static Features pixels(List<Path> files) {
    return Features.of(
        files.stream()
            .map(
                file -> {
                  int[] rgb =
                      ImageSquare.middle(file, PIXELS)
                          .getRGB(0, 0, PIXELS, PIXELS, null, 0, PIXELS);
                  float[] values = new float[3 * rgb.length];
                  IntStream.range(0, values.length)
                      .forEach(i -> values[i] = rgb[i / 3] >> (8 * (i % 3)) & 0xFF);
                  return values;
                })
            .toArray(float[][]::new));
  }

  private void keep(List<Path> seen, List<Path> made, Map<String, Object> figures, Figure grid) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("stimuli", stimuli.toString());
    configuration.put("pictures", pictures.toString());
    configuration.put("names", names);
    configuration.put("features", features.stream().map(Path::toString).toList());
    configuration.put("published", published);
    configuration.put("permutations", permutations);
    RunRecord run = new RunRecord("generate evaluate", configuration, seed);
    features.forEach(run::input);
    for (int i = 0; i < made.size(); i++) {
      run.input(made.get(i));
      run.input(seen.get(i));
    }
    run.figures(figures);
    run.write(out.resolve("run.json"), force);
    Map<?, ?> twoWay = (Map<?, ?>) ((Map<?, ?>) figures.get("twoWay")).get("pixels");
    new RunReport(
            made.size() + " pictures against what was seen",
            "Pictures that were drawn are compared with their stimuli, pair by pair, and with random pairings.",
            out,
            force)
        .highlight(
            "%.3f",
            figures.get("pixelCorrelation"), "mean correlation of pixels; random pairings below")
        .highlight("%.3f", figures.get("ssim"), "mean structural similarity; 1 is the same picture")
        .highlight(
            "%.3f", twoWay.get("accuracy"), "two-way identification by pixels; chance is 0.5")
        .figure("What was seen above, what was drawn below, from the best pair to the worst.", grid)
        .write(run, Terms.PICTURES);
  }
}
