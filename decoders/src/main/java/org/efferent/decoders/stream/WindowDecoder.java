package org.efferent.decoders.stream;

import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Embedding;
import org.efferent.core.Window;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/** Any encoder as a decoder: every window is encoded whole, as in training. */
public final class WindowDecoder implements Decoder<Embedding> {
  private final Encoder encoder;
  private final Weights weights;
  private final EncoderInput input;
  private final SensorLayout layout;
  private final int subject;

  /**
   * A decoder.
   *
   * @param encoder the network
   * @param weights its weights; not owned
   * @param input how channels are scaled, and how long windows are
   * @param layout positions of the sensors; null where the encoder needs none
   * @param subject whose signals they are; ignored where the encoder tells none apart
   */
  public WindowDecoder(
      Encoder encoder, Weights weights, EncoderInput input, SensorLayout layout, int subject) {
    if (encoder.needsLayout() && layout == null) {
      throw new IllegalArgumentException(
          encoder.architecture() + " attends to positions of sensors; there is no layout");
    }
    this.encoder = encoder;
    this.weights = weights;
    this.input = input;
    this.layout = layout;
    this.subject = subject;
  }

  /**
   * Encodes a window.
   *
   * @param window {@code [time × channels]}, of the length of training
   * @return the embedding, flattened row-major
   */
  @Override
  public Embedding decode(Window window) {
    int channels = input.channels();
    int time = window.rows();
    if (window.channels() != channels || (encoder.time() > 0 && time != encoder.time())) {
      throw new IllegalArgumentException(
          "windows must be [%s × %d]; window=[%d × %d]"
              .formatted(
                  encoder.time() > 0 ? encoder.time() : "time", channels, time, window.channels()));
    }
    double[] rows = window.values();
    float[] signals = new float[channels * time];
    for (int t = 0; t < time; t++) {
      for (int c = 0; c < channels; c++) {
        signals[c * time + t] = (float) rows[t * channels + c];
      }
    }
    input.apply(signals, 1, time);
    Compute compute = weights.compute();
    return new Embedding(
        compute.step(
            () -> {
              Batch batch = Batch.of(compute.array(signals, 1, channels, time)).subjects(subject);
              batch = layout == null ? batch : batch.layouts(java.util.List.of(layout));
              return Compute.floats(encoder.encode(weights, batch, Pass.evaluation()));
            }));
  }
}
