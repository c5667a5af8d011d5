package org.efferent.decoders.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients still read the numbers of the forward pass after the garbage was collected. */
class NumbersTest {
  private static List<Double> gradients(UnaryOperator<NDArray> function) {
    List<Double> found = new ArrayList<>();
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE))) {
      for (int i = 0; i < 8; i++) {
        compute.differentiable(
            () -> {
              NDArray x = compute.array(new double[] {2, 4}, 2);
              x.setRequiresGradient(true);
              NDArray y = function.apply(x).sum();
              System.gc();
              List<ByteBuffer> others = new ArrayList<>();
              for (int b = 0; b < 2000; b++) {
                others.add(ByteBuffer.allocateDirect(8).putDouble(0, -1));
              }
              Compute.backward(y);
              found.add(Compute.doubles(x.getGradient())[others.isEmpty() ? 0 : 1]);
              return others.size();
            });
      }
    }
    return found;
  }

  @Test
  void aProductWithANumberKeepsItsGradient() {
    assertThat(gradients(x -> Layers.times(x, 3))).containsOnly(3.0);
  }

  @Test
  void whatIsAtLeastANumberKeepsItsGradient() {
    assertThat(gradients(x -> Layers.atLeast(x, 3))).containsOnly(1.0);
    assertThat(gradients(x -> Layers.atLeast(x, 5))).containsOnly(0.0);
  }

  @Test
  void oneOverKeepsItsGradient() {
    assertThat(gradients(Layers::inverse)).containsOnly(-1.0 / 16);
  }
}
