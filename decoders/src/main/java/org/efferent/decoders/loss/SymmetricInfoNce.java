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
 * Symmetric InfoNCE (Radford et al. 2021): logits = s a bᵀ, the mean of the cross-entropies of rows
 * and columns.
 *
 * @param normalise which sides have unit length: both, image, or none
 * @param scale how the stored scalar becomes s
 * @param start the stored scalar at the start; ln(1/0.07) as published
 * @param learned whether the scalar is a weight, called {@value #WEIGHT}
 */
public record SymmetricInfoNce(Normalise normalise, Scale scale, double start, boolean learned)
    implements Loss {
  /** Its name in files. */
  public static final String KIND = "symmetric InfoNCE";

  /** Name of the scalar among weights. */
  public static final String WEIGHT = "logit_scale";

  /** ln(1/0.07). */
  public static final double START = Math.log(1 / 0.07);

  /** Which sides are divided by their lengths. */
  public enum Normalise {
    /** Brain and image. */
    BOTH("both"),
    /** The image side alone. */
    IMAGE("image"),
    /** Neither. */
    NONE("none");

    private final String word;

    Normalise(String word) {
      this.word = word;
    }

    /** Its word in files. */
    public String word() {
      return word;
    }

    /**
     * By its word.
     *
     * @param word both, image or none
     * @return which sides
     */
    public static Normalise of(String word) {
      return java.util.Arrays.stream(values())
          .filter(n -> n.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "normalise must be both, image or none; normalise='" + word + "'"));
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", KIND);
    out.put("normalise", normalise.word());
    out.put("scale", scale.word());
    out.put("start", start);
    out.put("learned", learned);
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    return learned ? List.of(WeightSpec.parameter(WEIGHT, new Initial.Constant(start))) : List.of();
  }

  @Override
  public void constrain(Weights weights) {
    if (learned && scale == Scale.EXP) {
      Scale.limit(weights.get(WEIGHT));
    }
  }

  /**
   * The loss with a scalar of its own.
   *
   * @param estimates {@code [n × …]}
   * @param candidates {@code [n × …]}
   * @param stored the scalar
   * @param parts told of logits and both directions
   * @return a scalar
   */
  public NDArray with(
      NDArray estimates, NDArray candidates, NDArray stored, BiConsumer<String, NDArray> parts) {
    NDArray a = Flat.rows(estimates);
    NDArray b = Flat.rows(candidates);
    a = normalise == Normalise.BOTH ? Layers.unit(a) : a;
    b = normalise == Normalise.NONE ? b : Layers.unit(b);
    NDArray logits = a.matMul(b.transpose()).mul(scale.apply(stored));
    parts.accept("logits", logits);
    NDArray rows = Layers.diagonalCrossEntropy(logits);
    NDArray columns = Layers.diagonalCrossEntropy(logits.transpose());
    parts.accept("loss_brain_to_image", rows);
    parts.accept("loss_image_to_brain", columns);
    return Layers.times(rows.add(columns), 0.5);
  }

  @Override
  public NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts) {
    NDArray stored =
        learned
            ? weights.get(WEIGHT)
            : estimates.getManager().create(start).toType(estimates.getDataType(), false);
    return with(estimates, candidates, stored, parts);
  }
}
