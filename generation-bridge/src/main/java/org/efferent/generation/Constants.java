package org.efferent.generation;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.data.onnx.Onnx;

/** Reads numbers that a configuration names: from files, or written down in it. */
final class Constants {
  private Constants() {}

  /**
   * Reads them.
   *
   * @param constant where they are
   * @param models folder of the files
   * @return the numbers in the shape that is asked for
   * @throws InputException if the file is missing, has no such tensor, or other numbers than the
   *     shape; or if a number is not finite
   */
  static Values read(LatentDiffusion.Constant constant, Path models) {
    float[] floats;
    long[] shape;
    if (constant.file().isEmpty()) {
      floats = new float[constant.numbers().size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = constant.numbers().get(i).floatValue();
      }
      shape = new long[] {floats.length};
    } else {
      Tensor tensor = tensor(constant, models);
      floats = tensor.floats();
      shape = tensor.shape();
    }
    if (constant.shape().isPresent()) {
      long[] wanted = constant.shape().get().stream().mapToLong(size -> size).toArray();
      long count = 1;
      for (long size : wanted) {
        count *= size;
      }
      if (count != floats.length) {
        throw new InputException(
            "%s must have as many numbers as its shape; shape=%s, file=%s"
                .formatted(constant.input().place(), Onnx.shown(wanted), Onnx.shown(shape)));
      }
      shape = wanted;
    }
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw new InputException(
            "%s must be finite; number %d is %s".formatted(constant.input().place(), i, floats[i]));
      }
    }
    return new Values(floats, shape);
  }

  private static Tensor tensor(LatentDiffusion.Constant constant, Path models) {
    GeneratorConfig.Named name = constant.file().orElseThrow();
    Path file = ModelFiles.resolve(name, models);
    ModelFiles.check(name, file);
    if (!InputFiles.name(file).endsWith(".safetensors")) {
      if (constant.tensor().isPresent()) {
        throw new InputException(
            "%s: only a .safetensors file has tensors by name; file=%s"
                .formatted(constant.tensor().get().place(), name.value()));
      }
      return Npy.read(file);
    }
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    if (constant.tensor().isEmpty()) {
      Iterator<Tensor> one = tensors.values().iterator();
      if (tensors.size() != 1) {
        throw new InputException(
            "%s: %s has %d tensors; name one by 'tensor': %s"
                .formatted(
                    name.place(), InputFiles.name(file), tensors.size(), some(tensors.keySet())));
      }
      return one.next();
    }
    GeneratorConfig.Named its = constant.tensor().get();
    Tensor tensor = tensors.get(its.value());
    if (tensor == null) {
      throw new InputException(
          "%s: %s has no tensor '%s'; it has %s"
              .formatted(its.place(), InputFiles.name(file), its.value(), some(tensors.keySet())));
    }
    return tensor;
  }

  private static String some(java.util.Set<String> names) {
    int most = 10;
    String shown = String.join(", ", names.stream().sorted().limit(most).toList());
    return names.size() > most ? shown + ", …" : shown;
  }
}
