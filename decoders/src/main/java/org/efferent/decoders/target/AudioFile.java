package org.efferent.decoders.target;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.wav.WavFile;

/** Audio of a file, in memory. */
public final class AudioFile {
  private static final int BLOCK = 1 << 16;

  private final double[] samples;
  private final int rateHz;

  private AudioFile(double[] samples, int rateHz) {
    this.samples = samples;
    this.rateHz = rateHz;
  }

  /**
   * Reads a file.
   *
   * @param file WAV
   * @return the mean of its channels
   * @throws InputException if it is missing, damaged, no WAV, or empty
   */
  public static AudioFile read(Path file) {
    try (RecordingFile opened = WavFile.open(file)) {
      Recording audio = opened.main();
      if (audio.rows() == 0) {
        throw new InputException(InputFiles.name(file) + ": audio must not be empty; samples=0");
      }
      if (audio.rows() > Integer.MAX_VALUE - 8) {
        throw new UnsupportedInputException(
            "%s: audio must have fewer than 2³¹ samples; samples=%d; cut it"
                .formatted(InputFiles.name(file), audio.rows()));
      }
      double[] mono = new double[(int) audio.rows()];
      int channels = audio.channels();
      double[] block = new double[Math.multiplyExact(BLOCK, channels)];
      for (int from = 0; from < mono.length; from += BLOCK) {
        int rows = Math.min(BLOCK, mono.length - from);
        audio.read(from, rows, block, 0);
        for (int i = 0; i < rows; i++) {
          double sum = 0;
          for (int c = 0; c < channels; c++) {
            sum += block[i * channels + c];
          }
          mono[from + i] = sum / channels;
        }
      }
      return new AudioFile(mono, (int) Math.min(Integer.MAX_VALUE, audio.info().sampleRateHz()));
    }
  }

  /** A copy of the samples, relative to full scale. */
  public double[] samples() {
    return samples.clone();
  }

  /** Samples a second. */
  public int rateHz() {
    return rateHz;
  }
}
