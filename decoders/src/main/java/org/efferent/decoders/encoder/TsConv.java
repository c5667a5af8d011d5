package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * Temporal–spatial convolutions and a projector (Song et al.: Decoding natural images from EEG for
 * object recognition, ICLR 2024), in its two published forms.
 *
 * <table>
 *   <caption>Blocks, 63 channels of 250 samples</caption>
 *   <tr><th>block</th><th>a</th><th>b</th></tr>
 *   <tr><td>{@link TemporalSpatial}</td><td>40 × 1 × 36</td><td>40 × 1 × 36</td></tr>
 *   <tr><td>pointwise convolution</td><td>36 tokens of 40</td><td>none</td></tr>
 *   <tr><td>flatten</td><td>time slowest: 1440</td><td>filter slowest: 1440</td></tr>
 *   <tr><td>{@link Projector}</td><td>P</td><td>P</td></tr>
 * </table>
 */
public final class TsConv extends WindowEncoder implements PooledEncoder {
  /** Name of the form with a pointwise convolution. */
  public static final String A = "tsconv-a";

  /** Name of the form without. */
  public static final String B = "tsconv-b";

  private final String architecture;
  private final TemporalSpatial convolutions;
  private final int pointwise;
  private final Projector projector;

  private TsConv(
      String architecture, TemporalSpatial convolutions, int pointwise, Projector projector) {
    super(convolutions.channels(), convolutions.time());
    this.architecture = architecture;
    this.convolutions = convolutions;
    this.pointwise = pointwise;
    this.projector = projector;
  }

  /**
   * The published size of form a.
   *
   * @param channels C
   * @param time T
   * @param projectionDim numbers of an embedding
   * @return 1,802,496 parameters for 63 × 250 and 768
   */
  public static TsConv a(int channels, int time, int projectionDim) {
    return of(
        A,
        new OptionReader(
            "tsconv-a",
            Options.map("channels", channels, "time", time, "projectionDim", projectionDim)));
  }

  /**
   * The published size of form b.
   *
   * @param channels C
   * @param time T
   * @param projectionDim numbers of an embedding
   * @return 2,629,273 parameters for 63 × 250 and 1024, with its loss's scale
   */
  public static TsConv b(int channels, int time, int projectionDim) {
    return of(
        B,
        new OptionReader(
            "tsconv-b",
            Options.map("channels", channels, "time", time, "projectionDim", projectionDim)));
  }

  static TsConv of(String architecture, OptionReader in) {
    boolean a = architecture.equals(A);
    int channels = in.whole("channels");
    int time = in.whole("time");
    TemporalSpatial convolutions =
        TemporalSpatial.of(
            in, a ? "Enc_eeg.0.tsconv" : "backbone", channels, time, "dropout", a ? 0.02 : 0);
    int pointwise = in.whole("pointwiseOut", a ? 40 : 0);
    if (!a && pointwise != 0) {
      throw in.wrong("pointwiseOut", "null for " + B);
    }
    int width = a ? pointwise : convolutions.filters();
    int flat = width * convolutions.pooledTime();
    Projector projector =
        a
            ? new Projector(
                "Proj_eeg.0",
                "Proj_eeg.1.fn.1",
                "Proj_eeg.2",
                flat,
                in.whole("projectionDim"),
                in.number("projectionDropout", 0.5),
                0.02)
            : new Projector(
                "project.1",
                "project.2.f.1",
                "project.3",
                flat,
                in.whole("projectionDim"),
                in.number("projectionDropout", 0.5),
                0);
    in.ignore("flattenOrder");
    in.end();
    return new TsConv(architecture, convolutions, pointwise, projector);
  }

  @Override
  public String architecture() {
    return architecture;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("channels", channels());
    out.put("time", time());
    out.putAll(convolutions.options());
    out.put("dropout", convolutions.dropout());
    out.put("pointwiseOut", pointwise == 0 ? null : pointwise);
    out.put("flattenOrder", pointwise == 0 ? "filter-major" : "time-major");
    out.put("projectionDim", projector.outputs());
    out.put("projectionDropout", projector.dropout());
    return out;
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> specs = new ArrayList<>(convolutions.weights());
    if (pointwise > 0) {
      specs.addAll(
          Tokens.weights("Enc_eeg.0.projection.0", convolutions.filters(), pointwise, 0.02));
    }
    specs.addAll(projector.weights());
    return specs;
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray y = convolutions.apply(batch.signals(), weights, pass);
    NDArray flat;
    if (pointwise > 0) {
      NDArray tokens =
          pass.block("pointwise_tokens", Tokens.apply(y, weights, "Enc_eeg.0.projection.0"));
      flat = pass.block("flat", tokens.reshape(batch.size(), -1));
    } else {
      flat = y.reshape(batch.size(), -1);
    }
    return projector.apply(flat, weights, pass);
  }

  @Override
  public int stride() {
    return convolutions.poolStride();
  }

  @Override
  public int reach() {
    return convolutions.kernel() + convolutions.poolKernel() - 1;
  }

  @Override
  public int frames() {
    return convolutions.pooledTime();
  }

  @Override
  public NDArray pooled(Weights weights, NDArray signals) {
    NDArray y = convolutions.apply(signals, weights, Pass.evaluation());
    NDArray rows =
        pointwise > 0
            ? Tokens.apply(y, weights, "Enc_eeg.0.projection.0")
            : y.squeeze(2).transpose(0, 2, 1);
    return rows.squeeze(0);
  }

  @Override
  public NDArray project(Weights weights, NDArray frames) {
    NDArray ordered = pointwise > 0 ? frames : frames.transpose();
    return projector.apply(ordered.reshape(1, -1), weights, Pass.evaluation());
  }

  @Override
  public int dimensions() {
    return projector.outputs();
  }

  /** The convolution that makes tokens of pooled samples. */
  static final class Tokens {
    private Tokens() {}

    static List<WeightSpec> weights(String name, int filters, int out, double deviation) {
      Initial weight = deviation == 0 ? Initial.fanIn(filters) : new Initial.Normal(0, deviation);
      return List.of(
          WeightSpec.parameter(name + ".weight", weight, out, filters, 1, 1),
          WeightSpec.parameter(name + ".bias", Initial.fanIn(filters), out));
    }

    /** {@code [batch × filters × 1 × T']} to {@code [batch × T' × out]}. */
    static NDArray apply(NDArray y, Weights weights, String name) {
      return Layers.conv2d(y, weights, name).squeeze(2).transpose(0, 2, 1);
    }
  }
}
