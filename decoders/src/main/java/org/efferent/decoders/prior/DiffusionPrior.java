package org.efferent.decoders.prior;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * The network of an image prior: from a noisy embedding, the step of the diffusion and a condition
 * to the noise (Li et al. 2024, "ATM"; {@code DiffusionPriorUNet} of its code, under whose names
 * weights are kept so that published ones can be loaded).
 *
 * <table>
 *   <caption>Its blocks, hidden widths h₀ &gt; … &gt; h_n</caption>
 *   <tr><th>block</th><th>what it does</th></tr>
 *   <tr><td>{@code input_layer}</td><td>Linear, layer normalisation, SiLU: h₀</td></tr>
 *   <tr><td>{@code encode_*.i}</td><td>+ time MLP + condition, then Linear, layer normalisation, SiLU, dropout: h_i to h_i+1</td></tr>
 *   <tr><td>{@code decode_*.i}</td><td>the same upwards: h_n−i to h_n−i−1, + what went into that level on the way down</td></tr>
 *   <tr><td>{@code output_layer}</td><td>Linear: ε</td></tr>
 * </table>
 *
 * A time MLP is Linear, SiLU, Linear on sines and cosines of the step ({@link #timeCodes}). Without
 * a condition its linear layers add nothing at all, not even their bias.
 */
public final class DiffusionPrior {
  private static final double LONGEST = 10_000;

  private final PriorOptions options;

  /**
   * A network without weights.
   *
   * @param options its size
   */
  public DiffusionPrior(PriorOptions options) {
    this.options = options;
  }

  /** Its size. */
  public PriorOptions options() {
    return options;
  }

  private int levels() {
    return options.hidden().size() - 1;
  }

  /** Its weights, in the order of the reference. */
  public List<WeightSpec> weights() {
    List<Integer> hidden = options.hidden();
    int top = hidden.get(0);
    List<WeightSpec> specs =
        new ArrayList<>(WeightSpec.linear("input_layer.0", options.embedding(), top));
    specs.addAll(WeightSpec.layerNorm("input_layer.1", top));
    List<Integer> down = hidden;
    List<Integer> up = new ArrayList<>();
    hidden.forEach(width -> up.add(0, width));
    specs.addAll(way("encode", down));
    specs.addAll(way("decode", up));
    specs.addAll(WeightSpec.linear("output_layer", top, options.embedding()));
    return specs;
  }

  /** One way, down or up: all time MLPs, then all conditions, then all layers. */
  private List<WeightSpec> way(String name, List<Integer> widths) {
    List<WeightSpec> specs = new ArrayList<>();
    for (int i = 0; i < levels(); i++) {
      int width = widths.get(i);
      String time = name + "_time_embedding." + i;
      specs.addAll(WeightSpec.linear(time + ".linear_1", options.timeWidth(), width));
      specs.addAll(WeightSpec.linear(time + ".linear_2", width, width));
    }
    for (int i = 0; i < levels(); i++) {
      specs.addAll(
          WeightSpec.linear(name + "_cond_embedding." + i, options.condition(), widths.get(i)));
    }
    for (int i = 0; i < levels(); i++) {
      String layer = name + "_layers." + i;
      specs.addAll(WeightSpec.linear(layer + ".0", widths.get(i), widths.get(i + 1)));
      specs.addAll(WeightSpec.layerNorm(layer + ".1", widths.get(i + 1)));
    }
    return specs;
  }

  /**
   * The code of steps: cosines, then sines, of the step times 10⁴ to the powers 0 to −1 (Vaswani et
   * al. 2017, section 3.5; cosines first). Rounded to single precision where the reference is,
   * whose weights have learned those codes.
   *
   * @param steps of the diffusion, from 0
   * @return {@code [steps × timeWidth]}, row-major
   */
  public float[] timeCodes(int... steps) {
    int half = options.timeWidth() / 2;
    float[] codes = new float[steps.length * 2 * half];
    float[] frequencies = new float[half];
    for (int i = 0; i < half; i++) {
      float exponent = (float) -Math.log(LONGEST) * i / half;
      frequencies[i] = (float) Math.exp(exponent);
    }
    for (int s = 0; s < steps.length; s++) {
      for (int i = 0; i < half; i++) {
        float angle = steps[s] * frequencies[i];
        codes[s * 2 * half + i] = (float) Math.cos(angle);
        codes[s * 2 * half + half + i] = (float) Math.sin(angle);
      }
    }
    return codes;
  }

  /**
   * The noise that it sees.
   *
   * @param weights of its own shape
   * @param noisy embeddings {@code [batch × embedding]}
   * @param codes of their steps, by {@link #timeCodes}, {@code [batch × timeWidth]} or {@code [1 ×
   *     timeWidth]}
   * @param condition {@code [batch × condition]}; null for none
   * @param keep {@code [batch × 1]}, 0 where a row's condition is left out, else 1; null to keep
   *     all
   * @param pass evaluation or training
   * @return {@code [batch × embedding]}
   */
  @SuppressWarnings("TooManyParameters") // The inputs of the network.
  public NDArray noise(
      Weights weights, NDArray noisy, NDArray codes, NDArray condition, NDArray keep, Pass pass) {
    NDArray x = Layers.linear(noisy, weights, "input_layer.0");
    x = Layers.silu(Layers.layerNorm(x, weights, "input_layer.1"));
    Deque<NDArray> skipped = new ArrayDeque<>();
    for (int i = 0; i < levels(); i++) {
      skipped.push(x);
      x = level("encode", i, weights, x, codes, condition, keep, pass);
    }
    for (int i = 0; i < levels(); i++) {
      x = level("decode", i, weights, x, codes, condition, keep, pass).add(skipped.pop());
    }
    return Layers.linear(x, weights, "output_layer");
  }

  @SuppressWarnings("TooManyParameters") // The inputs of the network, and which level.
  private NDArray level(
      String way,
      int i,
      Weights weights,
      NDArray x,
      NDArray codes,
      NDArray condition,
      NDArray keep,
      Pass pass) {
    String time = way + "_time_embedding." + i;
    NDArray inner = Layers.silu(Layers.linear(codes, weights, time + ".linear_1"));
    NDArray sum = x.add(Layers.linear(inner, weights, time + ".linear_2"));
    if (condition != null) {
      NDArray given = Layers.linear(condition, weights, way + "_cond_embedding." + i);
      sum = sum.add(keep == null ? given : given.mul(keep));
    }
    String layer = way + "_layers." + i;
    NDArray y = Layers.linear(sum, weights, layer + ".0");
    y = Layers.silu(Layers.layerNorm(y, weights, layer + ".1"));
    return Layers.dropout(y, options.dropout(), pass);
  }
}
