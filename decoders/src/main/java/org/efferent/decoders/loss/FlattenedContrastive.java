package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * The contrastive loss of vision from MEG on flattened embeddings: score_ij = s ⟨z_i, y_j⟩ / (10⁻¹⁵
 * + lengths), with the candidate's length or the product of both, cross-entropy over rows or over
 * both.
 *
 * @param bothNormalised whether the estimate is divided by its length too
 * @param symmetric whether columns count as much as rows
 * @param scaled whether there is s = e^x; else s = 1
 * @param start x, at the start where it is learned; ln(1/0.07) as published
 * @param learned whether x is a weight, called {@value #WEIGHT}
 */
public record FlattenedContrastive(
    boolean bothNormalised, boolean symmetric, boolean scaled, double start, boolean learned)
    implements Loss {
  /** Its name in files. */
  public static final String KIND = "flattened contrastive";

  /** Name of the logarithm of the scale among weights. */
  public static final String WEIGHT = "log_scale";

  private static final double EPSILON = 1e-15;

  /** As published: the candidate's length, rows alone, no scale. */
  public static final FlattenedContrastive PUBLISHED =
      new FlattenedContrastive(false, false, false, SymmetricInfoNce.START, false);

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", KIND);
    out.put("bothNormalised", bothNormalised);
    out.put("symmetric", symmetric);
    out.put("scaled", scaled);
    out.put("start", start);
    out.put("learned", learned);
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    return scaled && learned
        ? List.of(WeightSpec.parameter(WEIGHT, new Initial.Constant(start)))
        : List.of();
  }

  @Override
  public NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts) {
    NDArray x = null;
    if (scaled) {
      x =
          learned
              ? weights.get(WEIGHT)
              : estimates.getManager().create(start).toType(estimates.getDataType(), false);
    }
    return with(estimates, candidates, x, parts);
  }

  @Override
  public void constrain(Weights weights) {
    if (scaled && learned) {
      Scale.limit(weights.get(WEIGHT));
    }
  }

  /**
   * The loss with a scalar of its own.
   *
   * @param estimates {@code [n × …]}
   * @param candidates {@code [n or more × …]}
   * @param logScale logarithm of s; null for s = 1
   * @param parts told of the scores
   * @return a scalar
   */
  public NDArray with(
      NDArray estimates, NDArray candidates, NDArray logScale, BiConsumer<String, NDArray> parts) {
    NDArray a = Flat.rows(estimates);
    NDArray b = Flat.rows(candidates);
    NDArray lengths = Flat.lengths(b).expandDims(0);
    lengths = bothNormalised ? Flat.lengths(a).expandDims(1).mul(lengths) : lengths;
    NDArray scores = a.matMul(b.transpose()).mul(Layers.inverse(lengths.add(EPSILON)));
    scores = logScale == null ? scores : scores.mul(logScale.exp());
    parts.accept("scores", scores);
    NDArray rows = Layers.diagonalCrossEntropy(scores);
    return symmetric
        ? Layers.times(rows.add(Layers.diagonalCrossEntropy(scores.transpose())), 0.5)
        : rows;
  }
}
