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
 * Pairwise sigmoid loss (Zhai et al. 2023, SigLIP): every pair is a question of its own, right on
 * the diagonal.
 *
 * <p>Plain: both sides of unit length, −Σ log σ(label · logit) / n. With duplicates (d'Ascoli et
 * al. 2025): pairs whose targets are equal (cosine ≥ 0.999) are right too, the sum is not divided
 * by n, and a side is divided by ε + its length.
 *
 * @param form which of the two, and which sides of the second are normalised
 * @param duplicates what equal targets off the diagonal are, in the second
 */
public record PairwiseSigmoid(Form form, Duplicates duplicates) implements Loss {
  /** Its name in files. */
  public static final String KIND = "pairwise sigmoid";

  /** Name of the logarithm of the scale among weights; ln 10 at the start. */
  public static final String SCALE = "log_scale";

  /** Name of the bias among weights; −10 at the start. */
  public static final String BIAS = "logit_bias";

  private static final double SAME = 0.999;
  private static final double EPSILON = 1e-15;

  /** How sides are normalised and the loss is summed. */
  public enum Form {
    /** Both of unit length, divided by n. */
    PLAIN("plain"),
    /** The candidate alone divided by its length; summed. */
    CANDIDATE("candidate"),
    /** The product of the lengths; summed. */
    BOTH("both");

    private final String word;

    Form(String word) {
      this.word = word;
    }

    /** Its word in files. */
    public String word() {
      return word;
    }
  }

  /** What pairs with equal targets are. */
  public enum Duplicates {
    /** Wrong, as every pair off the diagonal. */
    WRONG("wrong"),
    /** Right. */
    RIGHT("right"),
    /** Left out. */
    LEFT_OUT("left-out");

    private final String word;

    Duplicates(String word) {
      this.word = word;
    }

    /** Its word in files. */
    public String word() {
      return word;
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
    out.put("form", form.word());
    out.put("duplicates", duplicates.word());
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    return List.of(
        WeightSpec.parameter(SCALE, new Initial.Constant(Math.log(10))),
        WeightSpec.parameter(BIAS, new Initial.Constant(-10)));
  }

  @Override
  public NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts) {
    return with(estimates, candidates, weights.get(SCALE), weights.get(BIAS), parts);
  }

  /**
   * The loss with scalars of its own.
   *
   * @param estimates {@code [n × …]}
   * @param candidates {@code [n × …]}
   * @param logScale logarithm of the scale
   * @param bias added to every logit
   * @param parts told of the logits
   * @return a scalar
   */
  public NDArray with(
      NDArray estimates,
      NDArray candidates,
      NDArray logScale,
      NDArray bias,
      BiConsumer<String, NDArray> parts) {
    NDArray a = Flat.rows(estimates);
    NDArray b = Flat.rows(candidates);
    long n = a.getShape().get(0);
    NDArray logits = products(a, b).mul(logScale.exp()).add(bias);
    parts.accept("logits", logits);
    NDArray diagonal = a.getManager().eye((int) n).toType(a.getDataType(), false);
    NDArray right = diagonal;
    NDArray counted = null;
    if (duplicates != Duplicates.WRONG) {
      NDArray equal = equalTargets(b).toType(a.getDataType(), false);
      if (duplicates == Duplicates.RIGHT) {
        right = equal;
      } else {
        right = equal;
        counted = equal.sub(diagonal).neg().add(1);
      }
    }
    // Binary cross-entropy with logits: softplus(x) − x · right.
    NDArray each = stableSoftplus(logits).sub(logits.mul(right));
    each = counted == null ? each : each.mul(counted);
    return form == Form.PLAIN ? Layers.times(each.sum(), 1.0 / n) : each.sum();
  }

  private NDArray products(NDArray a, NDArray b) {
    if (form == Form.PLAIN) {
      return Layers.unit(a).matMul(Layers.unit(b).transpose());
    }
    NDArray lengths = Flat.lengths(b).expandDims(0);
    if (form == Form.BOTH) {
      lengths = Flat.lengths(a).expandDims(1).mul(lengths);
    }
    return a.matMul(b.transpose()).mul(Layers.inverse(lengths.add(EPSILON)));
  }

  private static NDArray equalTargets(NDArray b) {
    NDArray fixed = b.stopGradient();
    NDArray lengths = Flat.lengths(fixed);
    NDArray products = lengths.expandDims(1).mul(lengths.expandDims(0)).add(EPSILON);
    return fixed.matMul(fixed.transpose()).div(products).gte(SAME);
  }

  /** max(x, 0) + log(1 + e^−|x|): the engine's softplus is linear above 20. */
  private static NDArray stableSoftplus(NDArray x) {
    return Layers.relu(x).add(x.abs().neg().exp().add(1).log());
  }
}
