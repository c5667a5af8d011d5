package org.efferent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.interpret.WindowEdits;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;
import org.efferent.decoders.train.Inference;
import org.efferent.decoders.train.WindowEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encoder encode}: windows to embeddings. */
@Command(
    name = "encode",
    description = "Encodes the windows of a data set into embeddings (.npy).",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent encoder encode trained/encoder.safetensors trained/data --split test --out test.npy \\",
      "    --gallery gallery.npy",
      "",
      "Row i is the i-th example of the split in the order of examples.csv; FILE.csv beside it says whose",
      "it is and of what, for retrieve evaluate; FILE.targets.npy names the row of the target."
    })
final class EncoderEncodeCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;
  @Mixin private DeviceOptions device;

  @Parameters(index = "0", paramLabel = "ENCODER", description = "An encoder's file.")
  private Path encoder;

  @Parameters(index = "1", paramLabel = "DATA", description = "Folder of a data set.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "train|validation|test|all",
      description = "Which examples (default: ${DEFAULT-VALUE}).")
  private String split = "all";

  @Option(names = "--out", paramLabel = "FILE.npy", required = true, description = "Embeddings.")
  private Path out;

  @Option(
      names = "--gallery",
      paramLabel = "FILE.npy",
      description =
          "Write the targets of these examples too, each stimulus once; FILE.npy.txt has their names.")
  private Path gallery;

  @Option(
      names = "--edit",
      paramLabel = "none|noise|shift",
      description =
          "Encode noise instead, or windows turned by half of their length: controls of an"
              + " evaluation (default: ${DEFAULT-VALUE}).")
  private String edit = "none";

  @Option(
      names = "--average",
      description =
          "One row a stimulus (of each subject): the mean of its repetitions' embeddings.")
  private boolean average;

  @Option(names = "--seed", description = "Of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    Path rows = out.resolveSibling(out.getFileName() + ".targets.npy");
    RunRecord.refuseExisting(out, force);
    RunRecord.refuseExisting(rows, force);
    Path table = out.resolveSibling(out.getFileName() + ".csv");
    RunRecord.refuseExisting(table, force);
    if (gallery != null) {
      RunRecord.refuseExisting(gallery, force);
      RunRecord.refuseExisting(names(gallery), force);
    }
    EncoderFile file = EncoderFile.read(encoder);
    try (WindowDataset set = WindowDataset.open(data);
        Compute compute = device.open(Precision.SINGLE, output);
        Weights weights = file.on(compute)) {
      String wrong = difference(file, set);
      if (!wrong.isEmpty()) {
        throw new InputException(data + ": " + wrong);
      }
      int[] examples = examples(set);
      if (examples.length == 0) {
        throw new InputException(data + ": has no examples of split " + split);
      }
      Inference.Embeddings each =
          new Inference(set, file.encoder(), file.input(), weights).encode(examples, edit(set));
      Tensor made = Tensor.of(each.values(), each.shape());
      if (average) {
        int[] all = examples;
        examples = firsts(set, all);
        made = averaged(set, all, examples, each);
      }
      Npy.write(out, made, force);
      long[] targets = IntStream.of(examples).mapToLong(e -> set.example(e).target()).toArray();
      Npy.write(rows, Tensor.of(targets, targets.length), force);
      RunRecord.writeText(table, table(set, examples), force);
      output.text("wrote %s: %d embeddings of %d numbers", out, examples.length, each.width());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", out.toString());
      result.put("examples", table.toString());
      if (gallery != null) {
        result.put("gallery", gallery.toString());
        result.put("candidates", writeGallery(set, examples));
      }
      result.put("targets", rows.toString());
      result.put("embeddings", examples.length);
      result.put("dimensions", each.width());
      output.result(result);
    }
    return 0;
  }

  /** The first example of each stimulus of each subject, in their order. */
  private static int[] firsts(WindowDataset set, int[] examples) {
    Map<String, Integer> first = new LinkedHashMap<>();
    for (int i : examples) {
      first.putIfAbsent(key(set, i), i);
    }
    return first.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private static String key(WindowDataset set, int example) {
    return set.example(example).subject() + " " + set.example(example).stimulus();
  }

  /** The mean embedding of each stimulus of each subject. */
  private static Tensor averaged(
      WindowDataset set, int[] examples, int[] firsts, Inference.Embeddings each) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (int i : firsts) {
      rows.put(key(set, i), rows.size());
    }
    int width = each.values().length / examples.length;
    double[] sums = new double[Math.multiplyExact(firsts.length, width)];
    int[] counts = new int[firsts.length];
    for (int e = 0; e < examples.length; e++) {
      int row = rows.get(key(set, examples[e]));
      counts[row]++;
      for (int d = 0; d < width; d++) {
        sums[row * width + d] += each.values()[e * width + d];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / counts[i / width]);
    }
    long[] shape = each.shape().clone();
    shape[0] = firsts.length;
    return Tensor.of(means, shape);
  }

  private WindowEdit edit(WindowDataset set) {
    return switch (edit) {
      case "none" -> WindowEdit.NONE;
      case "noise" -> WindowEdits.noise(seed);
      case "shift" -> WindowEdits.shifted(set.time() / 2);
      default -> throw new UsageException("--edit must be none, noise or shift; edit=" + edit);
    };
  }

  private static Path names(Path gallery) {
    return gallery.resolveSibling(gallery.getFileName() + ".txt");
  }

  private static String table(WindowDataset set, int[] examples) {
    StringBuilder text = new StringBuilder("example,subject,session,stimulus,target\n");
    for (int i : examples) {
      Example of = set.example(i);
      String stimulus = LiveOutput.quoted(of.stimulus());
      text.append(
          "%d,%d,%d,%s,%d\n".formatted(i, of.subject(), of.session(), stimulus, of.target()));
    }
    return text.toString();
  }

  /** Writes the targets of the stimuli, each once, and says how many there are. */
  private int writeGallery(WindowDataset set, int[] examples) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (int i : examples) {
      rows.putIfAbsent(set.example(i).stimulus(), set.example(i).target());
    }
    String target = set.targets().keySet().iterator().next();
    long[] shape = set.targets().get(target);
    int[] of = rows.values().stream().mapToInt(Integer::intValue).toArray();
    int width = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    float[] values = new float[Math.multiplyExact(of.length, width)];
    set.readTarget(target, of, of.length, values);
    long[] all = new long[shape.length + 1];
    all[0] = of.length;
    System.arraycopy(shape, 0, all, 1, shape.length);
    Npy.write(gallery, Tensor.of(values, all), force);
    RunRecord.writeText(names(gallery), String.join("\n", rows.keySet()) + "\n", force);
    return of.length;
  }

  /** What keeps an encoder from data that it was not trained for; empty for nothing. */
  static String difference(EncoderFile file, WindowDataset set) {
    String wrong = file.input().difference(set.labels());
    if (wrong.isEmpty() && file.encoder().time() > 0 && set.time() != file.encoder().time()) {
      wrong =
          "the encoder is for windows of %d samples; these have %d"
              .formatted(file.encoder().time(), set.time());
    }
    if (wrong.isEmpty() && set.rateHz() != file.input().rateHz()) {
      wrong =
          "the encoder was trained at %s Hz; these windows are at %s Hz"
              .formatted(file.input().rateHz(), set.rateHz());
    }
    if (wrong.isEmpty() && file.encoder().needsLayout() && set.layouts().isEmpty()) {
      wrong = "the encoder attends to positions of sensors; dataset.json has no layouts";
    }
    if (wrong.isEmpty()
        && file.encoder().subjects() > 0
        && set.subjects() > file.encoder().subjects()) {
      wrong =
          "the encoder knows subjects 0 to %d; examples.csv names subject %d; fit it to new subjects by encoder train"
              .formatted(file.encoder().subjects() - 1, set.subjects() - 1);
    }
    return wrong;
  }

  private int[] examples(WindowDataset set) {
    if (split.equals("all")) {
      return IntStream.range(0, set.size()).toArray();
    }
    for (Split one : Split.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(split)) {
        return set.indices(one);
      }
    }
    throw new UsageException("--split must be train, validation, test or all; split=" + split);
  }
}
