package org.efferent.decoders.target;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.preprocess.SincResampler;

/**
 * A pretrained encoder of audio: wav2vec 2.0, Whisper and their like. One thread at a time.
 *
 * <p>Audio is brought to the network's rate and encoded whole or in blocks; a rest shorter than
 * half a block goes with the block before. The rows of a block, some 50 a second, are brought to
 * the wanted rate as PyTorch's {@code F.interpolate(mode="nearest")} does.
 */
public final class AudioEncoder implements AutoCloseable {
  /** Added to the variance, as in the published preprocessing of wav2vec 2.0. */
  private static final double EPSILON = 1e-7;

  /** The ends of a block may cost or gain this many rows. */
  private static final double ROWS_OFF = 2;

  private final ModelDescription description;
  private final AudioInput takes;
  private final OnnxModel model;
  private final WhisperMel mel = new WhisperMel();

  private AudioEncoder(ModelDescription description, AudioInput takes, OnnxModel model) {
    this.description = description;
    this.takes = takes;
    this.model = model;
  }

  /**
   * Opens an encoder.
   *
   * @param description what it takes and gives
   * @param file the ONNX file
   * @param threads of one operation; 0 for all cores
   * @return the encoder
   * @throws InputException as {@link OnnxModel#open}, or if it is none of audio
   */
  public static AudioEncoder open(ModelDescription description, Path file, int threads) {
    if (!(description.takes() instanceof AudioInput takes)) {
      throw new InputException("kind must be audio for audio; kind=image");
    }
    OnnxModel model = OnnxModel.open(file, description.input(), description.outputs(), threads);
    return new AudioEncoder(description, takes, model);
  }

  /**
   * Encodes audio.
   *
   * @param audio {@code [samples]}, mono
   * @param rateHz of the audio
   * @param targetHz wanted rows a second
   * @return {@code [dimensions × ⌊samples targetHz / rateHz⌋]}; {@code [dimensions]} where rows are
   *     pooled
   * @throws InputException if the audio is too short or not finite, or the network does not fit the
   *     description
   */
  public Tensor encode(double[] audio, int rateHz, int targetHz) {
    double[] x = Audio.checked(audio, false);
    double[] heard = new SincResampler(rateHz, takes.sampleRateHz()).apply(x, 1);
    int outputs = Math.toIntExact((long) audio.length * targetHz / rateHz);
    if (heard.length == 0 || outputs == 0) {
      throw new InputException(
          "audio must be longer than one row; samples=%d, rate=%d".formatted(audio.length, rateHz));
    }
    List<double[]> blocks = new ArrayList<>();
    int width = 0;
    for (int[] block : blocks(heard.length)) {
      Tensor rows = rows(Arrays.copyOfRange(heard, block[0], block[1]));
      width = (int) rows.shape()[1];
      int first = (int) ((long) outputs * block[0] / heard.length);
      int end = (int) ((long) outputs * block[1] / heard.length);
      boolean pooled = description.pool() == ModelDescription.Pool.MEAN;
      if (pooled || end > first) {
        blocks.add(
            pooled
                ? rows.doubles()
                : NearestInterpolation.apply(rows.doubles(), width, end - first));
      }
    }
    return description.pool() == ModelDescription.Pool.MEAN
        ? mean(blocks, width)
        : turned(blocks, width, outputs);
  }

  /** Where blocks begin and end. */
  private List<int[]> blocks(int samples) {
    int block =
        takes.blockSeconds() == 0
            ? samples
            : (int) Math.min(samples, Math.round(takes.blockSeconds() * takes.sampleRateHz()));
    // Whisper's window is always 30 s long, and the last one may be almost empty.
    boolean fixed = takes.features() == AudioInput.Features.WHISPER;
    List<int[]> blocks = new ArrayList<>();
    for (int from = 0; from < samples; ) {
      int end = Math.min(samples, from + block);
      if (!fixed && samples - end < block / 2) {
        end = samples;
      }
      blocks.add(new int[] {from, end});
      from = end;
    }
    return blocks;
  }

  /** {@code [rows × dimensions]} of one block. */
  private Tensor rows(double[] block) {
    double seconds = (double) block.length / takes.sampleRateHz();
    Tensor given =
        takes.features() == AudioInput.Features.WHISPER
            ? model.run(mel.of(block), 1, WhisperMel.MELS, WhisperMel.FRAMES)
            : model.run(waveform(block), 1, block.length);
    long[] shape = given.shape();
    if (shape.length != 3 || shape[0] != 1 || shape[1] < 1) {
      throw new InputException(
          "a network of audio must give [1 × rows × dimensions]; it gives %s"
              .formatted(Arrays.toString(shape)));
    }
    double heard = takes.features() == AudioInput.Features.WHISPER ? WhisperMel.SECONDS : seconds;
    if (Math.abs(shape[1] - heard * takes.rateHz()) > ROWS_OFF) {
      throw new InputException(
          "rateHz must be the rows that the network gives a second; rateHz=%s, rows=%d, seconds=%s"
              .formatted(takes.rateHz(), shape[1], heard));
    }
    int width = (int) shape[2];
    int rows = (int) Math.min(shape[1], (long) Math.ceil(seconds * takes.rateHz()));
    float[] values = Arrays.copyOf(given.floats(), rows * width);
    if (description.normalise() && description.pool() == ModelDescription.Pool.NONE) {
      Pooling.normalise(values, width);
    }
    return Tensor.of(values, rows, width);
  }

  private float[] waveform(double[] block) {
    double mean = 0;
    double square = 0;
    for (double value : block) {
      mean += value / block.length;
    }
    for (double value : block) {
      square += (value - mean) * (value - mean) / block.length;
    }
    double deviation = Math.sqrt(square + EPSILON);
    float[] out = new float[block.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (takes.standardize() ? (block[i] - mean) / deviation : block[i]);
    }
    return out;
  }

  /** The mean of all rows. */
  private Tensor mean(List<double[]> blocks, int width) {
    float[] mean = new float[width];
    long rows = 0;
    double[] sum = new double[width];
    for (double[] block : blocks) {
      for (int i = 0; i < block.length; i++) {
        sum[i % width] += block[i];
      }
      rows += block.length / width;
    }
    for (int d = 0; d < width; d++) {
      mean[d] = (float) (sum[d] / rows);
    }
    if (description.normalise()) {
      Pooling.normalise(mean, width);
    }
    return Tensor.of(mean, width);
  }

  /** Rows in time to {@code [dimensions × time]}. */
  private static Tensor turned(List<double[]> blocks, int width, int outputs) {
    float[] out = new float[Math.multiplyExact(width, outputs)];
    int t = 0;
    for (double[] block : blocks) {
      for (int i = 0; i < block.length; i++) {
        out[i % width * outputs + t + i / width] = (float) block[i];
      }
      t += block.length / width;
    }
    return Tensor.of(out, width, outputs);
  }

  @Override
  public void close() {
    model.close();
  }
}
