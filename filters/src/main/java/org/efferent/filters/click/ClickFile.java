package org.efferent.filters.click;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/**
 * Trained click decoders as safetensors files, beside the cursor's: tensors {@code weights} [m],
 * {@code bias}, {@code enter}, {@code leave}, {@code threshold} [1]; metadata {@code format},
 * {@code version}, {@code kind}. One that was saved and loaded decodes to the same bits.
 */
public final class ClickFile {
  private static final String FORMAT = "efferent-click-decoder";
  private static final String VERSION = "1";

  private ClickFile() {}

  /**
   * Saves a decoder; the file appears whole or not at all.
   *
   * @param decoder trained
   * @param file where to
   * @param overwrite whether an existing file may be replaced
   * @throws InputException where the file cannot be written
   */
  public static void save(ClickDecoder decoder, Path file, boolean overwrite) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", VERSION);
    metadata.put("kind", decoder.kind().name().toLowerCase(Locale.ROOT));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    LinearDiscriminant discriminant = decoder.discriminant();
    tensors.put("weights", Tensor.of(discriminant.weights(), discriminant.inputs()));
    tensors.put("bias", Tensor.of(new double[] {discriminant.bias()}, 1));
    tensors.put("enter", Tensor.of(new double[] {decoder.enter()}, 1));
    tensors.put("leave", Tensor.of(new double[] {decoder.leave()}, 1));
    tensors.put("threshold", Tensor.of(new double[] {decoder.threshold()}, 1));
    new Safetensors(metadata, tensors).write(file, overwrite);
  }

  /**
   * Loads a decoder.
   *
   * @param file a file that {@link #save} wrote
   * @return the decoder, at its start
   * @throws InputException where the file is missing or does not hold a click decoder
   */
  public static ClickDecoder load(Path file) {
    Safetensors content = Safetensors.read(file);
    String name = InputFiles.name(file);
    text(content, name, "format", FORMAT);
    text(content, name, "version", VERSION);
    String kind = content.metadata().get("kind");
    ClickDecoder.Kind found =
        Arrays.stream(ClickDecoder.Kind.values())
            .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        name + ": a click decoder's kind must be lda or hmm; kind=" + kind));
    try {
      return new ClickDecoder(
          found,
          new LinearDiscriminant(values(content, "weights"), scalar(content, "bias")),
          scalar(content, "enter"),
          scalar(content, "leave"),
          scalar(content, "threshold"));
    } catch (InputException e) {
      throw new InputException(name + ": " + e.getMessage(), e);
    }
  }

  private static void text(Safetensors content, String file, String entry, String wanted) {
    String value = content.metadata().get(entry);
    if (!wanted.equals(value)) {
      throw new InputException(
          file
              + ": a click decoder's "
              + entry
              + " must be '"
              + wanted
              + "'; "
              + entry
              + "="
              + value);
    }
  }

  private static double[] values(Safetensors content, String name) {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null || tensor.type() != TensorType.F64 || tensor.shape().length != 1) {
      throw new InputException(
          "a click decoder must have the tensor '"
              + name
              + "', F64 of one dimension; tensors="
              + content.tensors().keySet());
    }
    return tensor.doubles();
  }

  private static double scalar(Safetensors content, String name) {
    double[] values = values(content, name);
    if (values.length != 1) {
      throw new InputException(
          "a click decoder's tensor '" + name + "' must hold one value; values=" + values.length);
    }
    return values[0];
  }
}
