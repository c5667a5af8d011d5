package org.efferent.decoders.encoder;

import java.util.Arrays;
import java.util.List;

/**
 * What an encoder was trained on, so that nothing else is given to it: which channels in which
 * order, at which rate, how they were scaled.
 */
public final class EncoderInput {
  private final List<String> labels;
  private final double rateHz;
  private final int time;
  private final List<SensorLayout> layouts;
  private final float[] centre;
  private final float[] scale;
  private final double clamp;

  /**
   * A description.
   *
   * @param labels of the channels, in order
   * @param rateHz samples a second
   * @param time samples of a window
   * @param layouts of the recordings; empty where there were none
   * @param centre subtracted from a channel, {@code [channels]}
   * @param scale divides a channel then, {@code [channels]}
   * @param clamp the largest size of a scaled sample; 0 for none
   */
  @SuppressWarnings("TooManyParameters") // They are the rows of the description.
  public EncoderInput(
      List<String> labels,
      double rateHz,
      int time,
      List<SensorLayout> layouts,
      float[] centre,
      float[] scale,
      double clamp) {
    this.labels = List.copyOf(labels);
    this.rateHz = rateHz;
    this.time = time;
    this.layouts = List.copyOf(layouts);
    this.centre = centre.clone();
    this.scale = scale.clone();
    this.clamp = clamp;
    if (centre.length != labels.size() || scale.length != labels.size()) {
      throw new IllegalArgumentException(
          "centre and scale must be one a channel; channels=%d, centre=%d, scale=%d"
              .formatted(labels.size(), centre.length, scale.length));
    }
  }

  /** Labels of the channels, in order. */
  public List<String> labels() {
    return labels;
  }

  /** Channels. */
  public int channels() {
    return labels.size();
  }

  /** Samples a second. */
  public double rateHz() {
    return rateHz;
  }

  /** Samples of a window. */
  public int time() {
    return time;
  }

  /** Layouts of the recordings; empty where there were none. */
  public List<SensorLayout> layouts() {
    return layouts;
  }

  /** What is subtracted, {@code [channels]}. */
  public float[] centre() {
    return centre.clone();
  }

  /** What divides, {@code [channels]}. */
  public float[] scale() {
    return scale.clone();
  }

  /** The largest size of a scaled sample; 0 for none. */
  public double clamp() {
    return clamp;
  }

  /**
   * Scales windows in place.
   *
   * @param windows {@code [count × channels × samples]}, row-major
   * @param count windows
   * @param samples of each
   */
  public void apply(float[] windows, int count, int samples) {
    int at = 0;
    for (int w = 0; w < count; w++) {
      for (int c = 0; c < centre.length; c++) {
        at = channel(windows, at, samples, c, 1);
      }
    }
  }

  /**
   * Scales frames in place.
   *
   * @param frames {@code [rows × channels]}, row-major
   * @param rows how many
   */
  public void applyToRows(float[] frames, int rows) {
    for (int c = 0; c < centre.length; c++) {
      channel(frames, c, rows, c, centre.length);
    }
  }

  private int channel(float[] values, int from, int samples, int c, int stride) {
    float limit = clamp > 0 ? (float) clamp : Float.POSITIVE_INFINITY;
    int at = from;
    for (int t = 0; t < samples; t++, at += stride) {
      float scaled = (values[at] - centre[c]) / scale[c];
      values[at] = Math.max(-limit, Math.min(limit, scaled));
    }
    return at;
  }

  /**
   * Says why channels are not these.
   *
   * @param given labels in order
   * @return nothing if they are; else one sentence
   */
  public String difference(List<String> given) {
    if (given.equals(labels)) {
      return "";
    }
    if (given.size() != labels.size()) {
      return "the encoder was trained on %d channels; there are %d"
          .formatted(labels.size(), given.size());
    }
    for (int c = 0; c < labels.size(); c++) {
      if (!given.get(c).equals(labels.get(c))) {
        return "channel %d must be '%s', as the encoder was trained; it is '%s'"
            .formatted(c, labels.get(c), given.get(c));
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return "EncoderInput[channels=%d, rateHz=%s, time=%d, centre=%s]"
        .formatted(labels.size(), rateHz, time, Arrays.toString(centre));
  }
}
