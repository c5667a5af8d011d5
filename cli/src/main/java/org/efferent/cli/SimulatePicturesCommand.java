package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.decoders.simulated.SimulatedPictures;
import org.efferent.generation.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate pictures}: stimuli for simulated responses. */
@Command(
    name = "pictures",
    description =
        "Draws pictures of simple things as files: the stimuli of simulated responses to images.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent simulate pictures --out stimuli",
      "  efferent simulate pictures --train 60 --validation 12 --test 20 --out stimuli",
      "",
      "Writes image-000000.png and so on, in the order in which data.simulated.targets of a training wants",
      "their latents: four images of each training concept, then of each of validation, then one of each",
      "of test. Their latents come by encoder targets, with configs/generators/shapes-target.yaml."
    })
final class SimulatePicturesCommand implements Callable<Integer> {
  private static final int IMAGES = 4;
  private static final int MOST = 100_000;

  @Mixin private OutputOptions output;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "Concepts of training, four images each (default: ${DEFAULT-VALUE}).")
  private int train = 500;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "Concepts of validation, four images each (default: ${DEFAULT-VALUE}).")
  private int validation = 50;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Concepts of the test, one image each (default: ${DEFAULT-VALUE}).")
  private int test = 100;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description = "Side of a picture (default: ${DEFAULT-VALUE}).")
  private int side = 64;

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "The pictures.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() {
    long all = IMAGES * ((long) train + validation) + test;
    if (train < 0 || validation < 0 || test < 0 || all < 1 || all > MOST) {
      throw new UsageException(
          "--train, --validation and --test must be at least 0 and make 1 to %d pictures; pictures=%d"
              .formatted(MOST, all));
    }
    if (side < 8 || side > 1024) {
      throw new UsageException("--side must be from 8 to 1024 pixels; side=" + side);
    }
    RunRecord.folder(out, force);
    SimulatedPictures pictures = new SimulatedPictures(seed, side);
    int several = IMAGES * (train + validation);
    for (int row = 0; row < all; row++) {
      Map<String, String> words = new LinkedHashMap<>();
      words.put("Software", "efferent " + Versions.program());
      words.put("Source", "simulated picture, seed %d, row %d".formatted(seed, row));
      new Picture(pictures.stimulus(row, several), words)
          .writePng(out.resolve("image-%06d.png".formatted(row)), force);
    }
    output.text("%d pictures in %s", all, out);
    output.result(Map.of("pictures", all, "folder", out.toString()));
    return 0;
  }
}
