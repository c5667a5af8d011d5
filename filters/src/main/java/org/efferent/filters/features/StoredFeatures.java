package org.efferent.filters.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/** A feature file that is read; every complaint names the tensor or the entry. */
final class StoredFeatures {
  private final Safetensors content;
  private final String file;

  StoredFeatures(Path path) {
    content = Safetensors.read(path);
    file = InputFiles.name(path);
    try {
      must("format", FeatureFile.FORMAT);
      must("version", FeatureFile.VERSION);
    } catch (InputException e) {
      throw named(e);
    }
  }

  InputException named(EfferentException e) {
    return new InputException(file + ": " + e.getMessage(), e);
  }

  String entry(String name) {
    return String.valueOf(content.metadata().get(name));
  }

  void must(String name, String wanted) {
    if (!wanted.equals(content.metadata().get(name))) {
      throw new InputException(
          "a feature file's %s must be '%s'; %s=%s".formatted(name, wanted, name, entry(name)));
    }
  }

  List<String> list(String prefix) {
    List<String> list = new ArrayList<>();
    while (content.metadata().containsKey(prefix + list.size())) {
      list.add(entry(prefix + list.size()));
    }
    return list;
  }

  FeatureInput input() {
    return new FeatureInput(list("channel."), values("rate", 1)[0]);
  }

  /** A tensor of so many values; of any number, if -1. */
  double[] values(String name, int count) {
    Tensor tensor = content.tensors().get(name);
    double[] values = tensor == null ? new double[0] : tensor.doubles();
    boolean good = tensor != null && (count < 0 || values.length == count);
    if (!good || !Arrays.stream(values).allMatch(SectionFilter::usable)) {
      throw new InputException(
          "a feature file must have the tensor '%s' of %s finite values; %s"
              .formatted(
                  name,
                  count < 0 ? "any number of" : Integer.toString(count),
                  tensor == null ? "it is missing" : "values=" + values.length));
    }
    return values;
  }

  double[][] table(String name, int columns) {
    double[] values = values(name, -1);
    if (values.length == 0 || values.length % columns != 0) {
      throw new InputException(
          "a feature file's tensor '%s' must hold whole rows of %d; values=%d"
              .formatted(name, columns, values.length));
    }
    double[][] rows = new double[values.length / columns][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(values, r * columns, (r + 1) * columns);
    }
    return rows;
  }

  /** A whole number from 0 to a limit: the value, or that of an entry if it is NaN. */
  int whole(String name, double value, int most) {
    double number = value;
    if (Double.isNaN(value)) {
      String entry = entry(name);
      number = entry.matches("[0-9]{1,9}") ? Integer.parseInt(entry) : -1;
    }
    if (!(number >= 0 && number <= most) || number != Math.rint(number)) {
      throw new InputException(
          "a feature file's '%s' must be a whole number from 0 to %d; %s=%s"
              .formatted(name, most, name, Double.isNaN(value) ? entry(name) : number));
    }
    return (int) number;
  }

  SpikeBand band(String prefix, FeatureInput input) {
    double[] o = values(prefix + "band", 4);
    SpikeBandOptions options =
        new SpikeBandOptions(
            o[0],
            o[1],
            whole(prefix + "band", o[2], FeatureFile.MOST_PARTS),
            whole(prefix + "band", o[3], Integer.MAX_VALUE));
    double[] wanted = values(prefix + "quiet", -1);
    int[] quiet = new int[wanted.length];
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = whole(prefix + "quiet", wanted[i], input.size() - 1);
    }
    return new SpikeBand(input, options, quiet, values(prefix + "rms", input.size()));
  }
}
