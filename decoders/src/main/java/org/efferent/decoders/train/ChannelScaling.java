package org.efferent.decoders.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.train.TrainingOptions.Scaling;

/**
 * The scaling of channels by what the training examples say. Robust: centre the median, scale the
 * distance of the quartiles, both taken without interpolation at index ⌊q n⌋ of the sorted samples,
 * as in Défossez et al. 2023; a scale of 0 becomes 1.
 */
public final class ChannelScaling {
  /** Windows that are looked at: evenly spread over the training examples. */
  private static final int WINDOWS = 400;

  private ChannelScaling() {}

  /**
   * The description of a data set's input.
   *
   * @param data the data
   * @param training its training examples
   * @param options scaling and clamp
   * @param notes told of channels that never change
   * @return channels, rate, layouts, centre and scale
   */
  public static EncoderInput fit(
      WindowDataset data, int[] training, TrainingOptions options, List<String> notes) {
    int channels = data.channels();
    float[] centre = new float[channels];
    float[] scale = new float[channels];
    Arrays.fill(scale, 1);
    if (options.scaling() != Scaling.NONE) {
      int[] some = spread(training);
      float[] windows = new float[some.length * channels * data.time()];
      data.read(some, some.length, windows);
      List<String> constant = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        float[] samples = channel(windows, some.length, channels, data.time(), c);
        if (options.scaling() == Scaling.ROBUST) {
          robust(samples, centre, scale, c);
        } else {
          standard(samples, centre, scale, c);
        }
        if (constant(samples)) {
          constant.add(data.labels().get(c));
          scale[c] = 1;
        }
      }
      if (!constant.isEmpty()) {
        notes.add("channels that never change in the training examples: " + constant);
      }
    }
    return new EncoderInput(
        data.labels(), data.rateHz(), data.time(), data.layouts(), centre, scale, options.clamp());
  }

  private static int[] spread(int[] all) {
    int n = Math.min(WINDOWS, all.length);
    int[] some = new int[n];
    for (int i = 0; i < n; i++) {
      some[i] = all[(int) ((long) i * all.length / n)];
    }
    return some;
  }

  private static float[] channel(float[] windows, int count, int channels, int time, int c) {
    float[] samples = new float[count * time];
    int n = 0;
    for (int w = 0; w < count; w++) {
      for (int t = 0; t < time; t++) {
        float value = windows[(w * channels + c) * time + t];
        if (Float.isFinite(value)) {
          samples[n++] = value;
        }
      }
    }
    return Arrays.copyOf(samples, n);
  }

  private static boolean constant(float[] samples) {
    for (float s : samples) {
      if (s != samples[0]) {
        return false;
      }
    }
    return true;
  }

  private static void robust(float[] samples, float[] centre, float[] scale, int c) {
    if (samples.length == 0) {
      return;
    }
    Arrays.sort(samples);
    centre[c] = samples[samples.length / 2];
    float range = samples[(int) (0.75 * samples.length)] - samples[(int) (0.25 * samples.length)];
    scale[c] = range > 0 ? range : 1;
  }

  private static void standard(float[] samples, float[] centre, float[] scale, int c) {
    double sum = 0;
    for (float s : samples) {
      sum += s;
    }
    double mean = samples.length == 0 ? 0 : sum / samples.length;
    double squares = 0;
    for (float s : samples) {
      squares += (s - mean) * (s - mean);
    }
    double deviation = samples.length == 0 ? 0 : Math.sqrt(squares / samples.length);
    centre[c] = (float) mean;
    scale[c] = deviation > 0 ? (float) deviation : 1;
  }
}
