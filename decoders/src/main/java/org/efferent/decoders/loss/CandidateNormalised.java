package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Weights;

/**
 * The contrastive loss of speech decoding (Défossez et al. 2023, equation 2 as it was computed):
 * score_ij = ⟨z_i, y_j⟩ / (ε + ‖y_j‖) over features and time, cross-entropy over candidates alone,
 * no temperature.
 *
 * @param epsilon 10⁻⁸ as published
 * @param meanOverTime whether both sides are averaged over their last axis first
 * @param centred whether the mean over features and time is subtracted from both sides first
 */
public record CandidateNormalised(double epsilon, boolean meanOverTime, boolean centred)
    implements Loss {
  /** Its name in files. */
  public static final String KIND = "candidate-normalised contrastive";

  /** As published. */
  public static final CandidateNormalised PUBLISHED = new CandidateNormalised(1e-8, false, false);

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", KIND);
    out.put("epsilon", epsilon);
    out.put("meanOverTime", meanOverTime);
    out.put("centred", centred);
    return out;
  }

  /**
   * Scores of candidates.
   *
   * @param estimates {@code [n × …]}
   * @param candidates {@code [m × …]}
   * @return {@code [n × m]}
   */
  public NDArray scores(NDArray estimates, NDArray candidates) {
    NDArray z = prepared(estimates);
    NDArray y = prepared(candidates);
    NDArray shares = Layers.inverse(Flat.lengths(y).add(epsilon));
    return z.matMul(y.transpose()).mul(shares.expandDims(0));
  }

  private NDArray prepared(NDArray side) {
    NDArray x = side;
    if (meanOverTime && x.getShape().dimension() > 2) {
      x = x.mean(new int[] {x.getShape().dimension() - 1});
    }
    NDArray rows = Flat.rows(x);
    return centred ? rows.sub(rows.mean(new int[] {1}, true)) : rows;
  }

  @Override
  public NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts) {
    NDArray scores = scores(estimates, candidates);
    parts.accept("scores", scores);
    return Layers.diagonalCrossEntropy(scores);
  }
}
