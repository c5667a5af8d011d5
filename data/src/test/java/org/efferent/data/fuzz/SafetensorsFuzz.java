package org.efferent.data.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/** Named tensors. */
final class SafetensorsFuzz {
  private SafetensorsFuzz() {}

  static List<FuzzTarget> targets() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", new Tensor(TensorType.BOOL, new long[] {3}, new byte[] {1, 0, 1}));
    tensors.put("A", Tensor.of(new double[] {1, -2.5, Math.PI, 4, 5, 6}, 2, 3));
    tensors.put("f", Tensor.of(new float[] {0.5f, 7}, 2));
    tensors.put("h", new Tensor(TensorType.F16, new long[] {2}, new byte[] {0, 0x3c, 1, 0}));
    tensors.put("scalar", Tensor.of(new long[] {42}));
    tensors.put("empty", Tensor.of(new double[0], 0, 5));
    Safetensors sound = new Safetensors(Map.of("kind", "kalman ä"), tensors);
    byte[] bytes = Written.by("sound.safetensors", path -> sound.write(path, false));
    return List.of(
        new FuzzTarget(
            "safetensors",
            path -> Safetensors.read(path).tensors().values().forEach(Tensor::doubles),
            FuzzSeed.of("case.safetensors", bytes, Structure.TEXT)));
  }
}
