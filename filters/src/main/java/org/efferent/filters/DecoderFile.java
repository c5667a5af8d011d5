package org.efferent.filters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/**
 * Trained decoders as files in the safetensors format: names, shapes and numbers, nothing that is
 * executed when it is read. A decoder that was saved and loaded decodes to the same bits.
 */
public final class DecoderFile {
  private DecoderFile() {}

  /**
   * Saves a decoder; the file appears whole or not at all.
   *
   * @param decoder trained
   * @param file where to
   * @param overwrite whether an existing file may be replaced
   * @throws InputException where the file cannot be written
   */
  public static void save(CursorDecoder decoder, Path file, boolean overwrite) {
    DecoderState state = decoder.toState();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              long[] shape = new long[tensor.shape().length];
              for (int i = 0; i < shape.length; i++) {
                shape[i] = tensor.shape()[i];
              }
              tensors.put(name, Tensor.of(tensor.values(), shape));
            });
    new Safetensors(state.metadata(), tensors).write(file, overwrite);
  }

  /**
   * Loads a decoder.
   *
   * @param file a file that {@link #save} wrote
   * @return the decoder, at its start
   * @throws InputException where the file is missing or does not hold a decoder
   */
  public static CursorDecoder load(Path file) {
    Safetensors content = Safetensors.read(file);
    Map<String, DecoderState.Tensor> tensors = new LinkedHashMap<>();
    content.tensors().forEach((name, tensor) -> tensors.put(name, plain(file, name, tensor)));
    try {
      return CursorDecoder.fromState(new DecoderState(tensors, content.metadata()));
    } catch (InputException e) {
      throw new InputException(InputFiles.name(file) + ": " + e.getMessage(), e);
    }
  }

  private static DecoderState.Tensor plain(Path file, String name, Tensor tensor) {
    if (tensor.type() != TensorType.F64) {
      throw new InputException(
          "%s: tensor '%s' must be F64, as decoders are saved; type=%s"
              .formatted(InputFiles.name(file), name, tensor.type()));
    }
    long[] shape = tensor.shape();
    int[] sizes = new int[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape[i]);
    }
    return new DecoderState.Tensor(tensor.doubles(), sizes);
  }
}
