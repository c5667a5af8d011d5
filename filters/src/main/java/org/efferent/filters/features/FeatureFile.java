package org.efferent.filters.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * Feature models and models of imagined movements as safetensors files: numbers and text, nothing
 * executed. Metadata {@code format}, {@code version}, {@code kind}, {@code channel.N}, {@code
 * class.N}; a concatenation has {@code parts} and its parts' entries behind {@code N.}. What was
 * saved and loaded computes the same doubles.
 *
 * <table>
 * <caption>Tensors, all of doubles</caption>
 * <tr><td>all</td><td>{@code rate} [1]</td></tr>
 * <tr><td>crossings, power</td><td>{@code band} [4]: corners, order, quiet channels wanted; {@code
 * quiet} [n]; {@code rms} [channels]; {@code threshold} [2]: multiple, refractory time; {@code log}
 * [1]</td></tr>
 * <tr><td>band-power</td><td>{@code bands} [2 n]; {@code settings} [2]: order, window</td></tr>
 * <tr><td>csp, imagery</td><td>{@code imagery} [7]: corners, order, from, to, pairs, window; {@code
 * filters} [n × channels]; {@code weights} [classes × n]; {@code bias} [classes]</td></tr>
 * </table>
 */
public final class FeatureFile {
  static final String FORMAT = "efferent-features";
  static final String VERSION = "1";
  static final int MOST_PARTS = 64;

  private FeatureFile() {}

  /**
   * Saves a feature model; the file appears whole or not at all.
   *
   * @param model a model of this package
   * @param file where to
   * @param overwrite whether an existing file may be replaced
   * @throws UsageException where the model is none of this package or the file cannot be written
   */
  public static void save(FeatureModel model, Path file, boolean overwrite) {
    Content content = new Content(model.input());
    store(content, "", model);
    content.write(file, overwrite);
  }

  /**
   * Saves a model of imagined movements; the file appears whole or not at all.
   *
   * @param model trained
   * @param file where to
   * @param overwrite whether an existing file may be replaced
   * @throws UsageException where the file cannot be written
   */
  public static void save(ImageryModel model, Path file, boolean overwrite) {
    Content content = new Content(model.patterns().input());
    store(content, "", model.patterns());
    content.text.put("kind", "imagery");
    for (int k = 0; k < model.classes().size(); k++) {
      content.text.put("class." + k, model.classes().get(k));
    }
    content.table("weights", model.discriminant().weights());
    content.values("bias", model.discriminant().bias());
    content.write(file, overwrite);
  }

  private static void store(Content out, String prefix, FeatureModel model) {
    if (model instanceof Concatenation all) {
      out.text.put(prefix + "kind", "concatenation");
      out.text.put(prefix + "parts", Integer.toString(all.parts().size()));
      for (int p = 0; p < all.parts().size(); p++) {
        if (all.parts().get(p) instanceof Concatenation) {
          throw new UsageException("a concatenation within a concatenation cannot be saved");
        }
        store(out, prefix + p + ".", all.parts().get(p));
      }
    } else if (model instanceof ThresholdCrossings crossings) {
      out.text.put(prefix + "kind", "crossings");
      out.band(prefix, crossings.band());
      out.values(prefix + "threshold", crossings.multiple(), crossings.refractorySeconds());
    } else if (model instanceof SpikeBandPower power) {
      out.text.put(prefix + "kind", "power");
      out.band(prefix, power.band());
      out.values(prefix + "log", power.log() ? 1 : 0);
    } else if (model instanceof SpikeCounts) {
      out.text.put(prefix + "kind", "counts");
    } else if (model instanceof BandPower power) {
      out.text.put(prefix + "kind", "band-power");
      double[] corners = new double[2 * power.bands().size()];
      for (int b = 0; b < power.bands().size(); b++) {
        corners[2 * b] = power.bands().get(b).lowHz();
        corners[2 * b + 1] = power.bands().get(b).highHz();
      }
      out.values(prefix + "bands", corners);
      out.values(prefix + "settings", power.order(), power.windowSeconds());
    } else if (model instanceof CommonSpatialPatterns patterns) {
      ImageryOptions o = patterns.options();
      out.text.put(prefix + "kind", "csp");
      out.values(
          prefix + "imagery",
          o.band().lowHz(),
          o.band().highHz(),
          o.order(),
          o.fromSeconds(),
          o.toSeconds(),
          o.pairs(),
          o.windowSeconds());
      out.table(prefix + "filters", patterns.weights());
    } else {
      throw new UsageException(
          "only feature models of this package can be saved; class=" + model.getClass().getName());
    }
  }

  /**
   * Loads a feature model.
   *
   * @param file a file that {@link #save(FeatureModel, Path, boolean)} wrote; of a model of
   *     imagined movements the features
   * @return the model
   * @throws InputException where the file is missing or does not hold one
   */
  public static FeatureModel load(Path file) {
    StoredFeatures in = new StoredFeatures(file);
    try {
      return model(in, "", in.input());
    } catch (InputException | UsageException e) {
      throw in.named(e);
    }
  }

  /**
   * Loads a model of imagined movements.
   *
   * @param file a file that {@link #save(ImageryModel, Path, boolean)} wrote
   * @return the model
   * @throws InputException where the file is missing or does not hold one
   */
  public static ImageryModel loadImagery(Path file) {
    StoredFeatures in = new StoredFeatures(file);
    try {
      in.must("kind", "imagery");
      CommonSpatialPatterns patterns = patterns(in, "", in.input());
      List<String> classes = in.list("class.");
      if (classes.size() < 2) {
        throw new InputException(
            "a model of imagined movements must have at least two classes; classes=" + classes);
      }
      double[][] weights = in.table("weights", patterns.names().size());
      return new ImageryModel(
          classes, patterns, new ClassDiscriminant(weights, in.values("bias", classes.size())));
    } catch (InputException | UsageException e) {
      throw in.named(e);
    }
  }

  private static FeatureModel model(StoredFeatures in, String prefix, FeatureInput input) {
    String kind = in.entry(prefix + "kind");
    return switch (kind) {
      case "crossings" -> {
        double[] threshold = in.values(prefix + "threshold", 2);
        yield new ThresholdCrossings(in.band(prefix, input), threshold[0], threshold[1]);
      }
      case "power" ->
          new SpikeBandPower(in.band(prefix, input), in.values(prefix + "log", 1)[0] != 0);
      case "counts" -> new SpikeCounts(input);
      case "band-power" -> bandPower(in, prefix, input);
      case "csp", "imagery" -> patterns(in, prefix, input);
      default -> {
        if (prefix.isEmpty() && kind.equals("concatenation")) {
          yield concatenation(in, input);
        }
        throw new InputException(
            "a feature model's kind must be crossings, power, counts, band-power, csp, imagery or,"
                + " not within one, concatenation; "
                + prefix
                + "kind="
                + kind);
      }
    };
  }

  private static Concatenation concatenation(StoredFeatures in, FeatureInput input) {
    List<FeatureModel> parts = new ArrayList<>();
    int count = in.whole("parts", Double.NaN, MOST_PARTS);
    for (int p = 0; p < count; p++) {
      parts.add(model(in, p + ".", input));
    }
    return new Concatenation(parts);
  }

  private static BandPower bandPower(StoredFeatures in, String prefix, FeatureInput input) {
    List<Band> bands = new ArrayList<>();
    for (double[] corners : in.table(prefix + "bands", 2)) {
      bands.add(new Band(corners[0], corners[1]));
    }
    double[] settings = in.values(prefix + "settings", 2);
    return new BandPower(
        input, bands, in.whole(prefix + "settings", settings[0], MOST_PARTS), settings[1]);
  }

  private static CommonSpatialPatterns patterns(
      StoredFeatures in, String prefix, FeatureInput input) {
    String name = prefix + "imagery";
    double[] o = in.values(name, 7);
    ImageryOptions options =
        new ImageryOptions(
            new Band(o[0], o[1]),
            in.whole(name, o[2], MOST_PARTS),
            o[3],
            o[4],
            in.whole(name, o[5], Integer.MAX_VALUE),
            o[6]);
    return new CommonSpatialPatterns(input, options, in.table(prefix + "filters", input.size()));
  }

  /** What is written. */
  private static final class Content {
    private final Map<String, String> text = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    Content(FeatureInput input) {
      text.put("format", FORMAT);
      text.put("version", VERSION);
      for (int c = 0; c < input.size(); c++) {
        text.put("channel." + c, input.channels().get(c));
      }
      values("rate", input.sampleRateHz());
    }

    void values(String name, double... values) {
      tensors.put(name, Tensor.of(values, values.length));
    }

    void table(String name, double[][] rows) {
      values(name, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    void band(String prefix, SpikeBand band) {
      SpikeBandOptions o = band.options();
      values(prefix + "band", o.lowHz(), o.highHz(), o.order(), o.quietChannels());
      values(prefix + "quiet", Arrays.stream(band.quietChannels()).asDoubleStream().toArray());
      values(prefix + "rms", band.rms());
    }

    void write(Path file, boolean overwrite) {
      new Safetensors(text, tensors).write(file, overwrite);
    }
  }
}
