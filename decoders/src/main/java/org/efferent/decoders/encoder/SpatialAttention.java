package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * Attention over the positions of sensors (Défossez et al. 2023): each virtual channel is a
 * weighted mean of the sensors, weighted by the softmax over sensors of heads · code(position).
 *
 * <p>A virtual channel all of whose sensors are left out is zero.
 *
 * @param outputChannels virtual channels
 * @param axes 2 or 3
 * @param frequenciesPerAxis K; the code has 2 K^axes numbers
 * @param margin around the layout, in its own extent
 * @param dropRadius sensors nearer than this to a random point are left out in training
 */
public record SpatialAttention(
    int outputChannels, int axes, int frequenciesPerAxis, double margin, double dropRadius) {
  private static final String HEADS = "merger.heads";

  /** Checks the numbers. */
  public SpatialAttention {
    Checks.positive("spatialAttention.outputChannels", outputChannels);
    Checks.positive("spatialAttention.frequenciesPerAxis", frequenciesPerAxis);
    if (axes != 2 && axes != 3) {
      throw new IllegalArgumentException("spatialAttention.axes must be 2 or 3; axes=" + axes);
    }
    Checks.notNegative("spatialAttention.margin", margin);
    Checks.notNegative("spatialAttention.dropRadius", dropRadius);
  }

  /** Numbers of a position's code. */
  public int embeddingDim() {
    return 2 * frequenciesPerAxis * frequenciesPerAxis * (axes == 3 ? frequenciesPerAxis : 1);
  }

  List<WeightSpec> weights() {
    return List.of(
        WeightSpec.parameter(
            HEADS,
            new Initial.Normal(0, 1 / Math.sqrt(embeddingDim())),
            outputChannels,
            embeddingDim()));
  }

  /**
   * The weights of every sensor for every virtual channel.
   *
   * @param weights of the encoder
   * @param layout positions
   * @param centre of the spatial dropout; empty for none
   * @return {@code [outputChannels × sensors]}
   */
  NDArray attention(Weights weights, SensorLayout layout, double[] centre) {
    NDArray code =
        weights.constant(
            layout,
            () ->
                weights
                    .compute()
                    .array(
                        layout.code(frequenciesPerAxis, margin),
                        layout.channels(),
                        embeddingDim()));
    double[] mask = layout.mask(centre, dropRadius);
    NDArray scores = weights.get(HEADS).matMul(code.transpose());
    NDArray masked = scores.add(weights.compute().array(mask, 1, mask.length));
    boolean all = java.util.Arrays.stream(mask).allMatch(m -> m != 0);
    return all ? Layers.times(scores, 0) : Layers.softmax(masked);
  }

  /** {@code [batch × sensors × time]} to {@code [batch × outputChannels × time]}. */
  NDArray apply(NDArray x, Weights weights, Batch batch, Pass pass) {
    double[] centre = pass.centre();
    NDList each = new NDList();
    boolean fixed = !pass.training() && centre.length == 0;
    for (SensorLayout layout : batch.layouts()) {
      each.add(
          fixed
              ? weights.derived(
                  List.of("attention", layout), () -> attention(weights, layout, centre))
              : attention(weights, layout, centre));
    }
    NDArray perExample;
    if (each.size() == 1) {
      perExample = each.get(0).expandDims(0);
    } else {
      NDList ofExamples = new NDList();
      for (int which : batch.layoutOfExample()) {
        ofExamples.add(each.get(which));
      }
      perExample = NDArrays.stack(ofExamples);
    }
    pass.block("spatial_attention.weights", perExample);
    return perExample.getShape().get(0) == batch.size()
        ? Layers.products(perExample, x)
        : perExample.matMul(x);
  }

  Map<String, Object> options() {
    return Options.map(
        "outputChannels", outputChannels,
        "axes", axes,
        "frequenciesPerAxis", frequenciesPerAxis,
        "embeddingDim", embeddingDim(),
        "margin", margin,
        "missingPosition", -0.1,
        "dropRadius", dropRadius);
  }

  static SpatialAttention of(OptionReader in) {
    SpatialAttention made =
        new SpatialAttention(
            in.whole("outputChannels"),
            in.whole("axes", 2),
            in.whole("frequenciesPerAxis"),
            in.number("margin", 0.2),
            in.number("dropRadius", 0.2));
    in.mustBe("embeddingDim", made.embeddingDim());
    in.mustBe("missingPosition", -0.1);
    in.mustBe("perSubject", false);
    in.end();
    return made;
  }
}
