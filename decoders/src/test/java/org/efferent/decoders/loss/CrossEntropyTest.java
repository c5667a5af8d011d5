package org.efferent.decoders.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  @Test
  void itIsTheMeanLogarithmOfTheRightClassesProbability() {
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE))) {
      compute.step(
          () -> {
            NDArray logits = compute.array(new double[] {0, Math.log(3), 2, 2}, 2, 2);
            NDArray classes = compute.array(new double[] {0, 1, 1, 0}, 2, 2);
            double expected = -(Math.log(0.75) + Math.log(0.5)) / 2;
            assertThat(Compute.doubles(CrossEntropy.of(logits, classes))[0])
                .isCloseTo(expected, within(1e-12));
            NDArray others = compute.array(new double[] {0, 1}, 1, 2);
            assertThatThrownBy(() -> CrossEntropy.of(logits, others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "logits and classes must both be [n × classes]; logits=(2, 2), classes=(1, 2)");
            return null;
          });
    }
  }
}
