package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * A window, flattened channel by channel, through a {@link Projector}: the simplest encoder of
 * images.
 */
public final class ProjectionMlp extends WindowEncoder {
  /** Its name in files. */
  public static final String ARCHITECTURE = "projection-mlp";

  private final Projector projector;

  /**
   * An encoder.
   *
   * @param channels C
   * @param time samples of the window, which the caller cuts
   * @param projectionDim numbers of an embedding
   * @param dropout rate; 0.3 as published
   */
  public ProjectionMlp(int channels, int time, int projectionDim, double dropout) {
    super(channels, time);
    this.projector =
        new Projector(
            "model.0", "model.1.f.1", "model.2", channels * time, projectionDim, dropout, 0);
  }

  static ProjectionMlp of(OptionReader in) {
    int channels = in.whole("channels");
    int time = in.whole("time");
    int from = in.whole("windowStart", 0);
    int to = in.whole("windowEnd", time);
    if (from < 0 || to <= from) {
      throw in.wrong("windowEnd", "more than windowStart");
    }
    ProjectionMlp made =
        new ProjectionMlp(
            channels, to - from, in.whole("projectionDim"), in.number("projectionDropout", 0.3));
    in.ignore("flattenOrder");
    in.end();
    return made;
  }

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public Map<String, Object> options() {
    return Options.map(
        "channels",
        channels,
        "time",
        time,
        "projectionDim",
        projector.outputs(),
        "projectionDropout",
        projector.dropout(),
        "flattenOrder",
        "channel-major");
  }

  @Override
  public List<WeightSpec> weights() {
    return projector.weights();
  }

  @Override
  public NDArray encode(Weights weights, Batch batch, Pass pass) {
    check(batch);
    NDArray flat = batch.signals().reshape(batch.size(), (long) channels * time);
    return projector.apply(flat, weights, pass);
  }
}
