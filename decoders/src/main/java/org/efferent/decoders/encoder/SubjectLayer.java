package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * A matrix a subject over channels: y_t = x_tᵀ W[subject] (+ b[subject]).
 *
 * @param subjects subjects
 * @param inputDim channels in
 * @param outputDim channels out
 * @param bias whether there is one
 * @param subjectDropout probability that an example is taken for one of an average subject in
 *     training, which has a row of its own, the last; −1 where there is no such row
 */
public record SubjectLayer(
    int subjects, int inputDim, int outputDim, boolean bias, double subjectDropout) {
  /** Name of the matrices. */
  static final String WEIGHTS = "subject_layers.weights";

  /** Name of the biases. */
  static final String BIAS = "subject_layers.bias";

  /** Checks the numbers. */
  public SubjectLayer {
    Checks.positive("subjectLayer.subjects", subjects);
    Checks.positive("subjectLayer.inputDim", inputDim);
    Checks.positive("subjectLayer.outputDim", outputDim);
    if (!(subjectDropout == -1 || (subjectDropout >= 0 && subjectDropout < 1))) {
      throw new IllegalArgumentException(
          "subjectLayer.subjectDropout must be from 0 to less than 1; subjectDropout="
              + subjectDropout);
    }
  }

  /** Rows of the tables: one a subject, and one for the average subject where there is one. */
  int rows() {
    return subjectDropout >= 0 ? subjects + 1 : subjects;
  }

  List<WeightSpec> weights() {
    Initial initial = new Initial.Normal(0, 1 / Math.sqrt(inputDim));
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.parameter(WEIGHTS, initial, rows(), inputDim, outputDim));
    if (bias) {
      specs.add(WeightSpec.parameter(BIAS, initial, rows(), outputDim));
    }
    return specs;
  }

  /** {@code [batch × inputDim × time]} to {@code [batch × outputDim × time]}. */
  NDArray apply(NDArray x, Weights weights, Batch batch, Pass pass) {
    long[] rows = batch.subjects();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = subjectDropout > 0 && pass.happens(subjectDropout) ? subjects : rows[i];
    }
    NDArray which = weights.compute().indices(rows, rows.length);
    NDArray flat = weights.get(WEIGHTS).reshape(rows(), (long) inputDim * outputDim);
    NDArray matrices = Layers.rows(flat, which).reshape(rows.length, inputDim, outputDim);
    NDArray y = Layers.products(matrices.transpose(0, 2, 1), x);
    return bias ? y.add(Layers.rows(weights.get(BIAS), which).expandDims(2)) : y;
  }

  Map<String, Object> options() {
    return Options.map(
        "subjects", subjects,
        "rows", rows(),
        "inputDim", inputDim,
        "outputDim", outputDim,
        "bias", bias,
        "subjectDropout", subjectDropout < 0 ? null : (Object) subjectDropout);
  }

  static SubjectLayer of(OptionReader in, int inputDim) {
    int dim = in.whole("inputDim", inputDim);
    SubjectLayer made =
        new SubjectLayer(
            in.whole("subjects"),
            dim,
            in.whole("outputDim", dim),
            in.yes("bias", false),
            in.number("subjectDropout", -1));
    in.mustBe("rows", made.rows());
    in.end();
    return made;
  }
}
