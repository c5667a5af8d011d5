package org.efferent.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.loss.FlattenedContrastive;
import org.efferent.decoders.loss.Objective;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.train.EncoderFile;

/**
 * The published ATM, never trained, for windows of a second of the channels of a recording: what it
 * says means nothing and takes as long. {@code benchmarks/cohort} calls this.
 */
public final class CohortEncoder {
  private CohortEncoder() {}

  /**
   * Writes the encoder.
   *
   * @param args a recording; the encoder's file
   */
  public static void main(String[] args) {
    StreamInfo info;
    try (RecordingFile file = RecordingFiles.open(Path.of(args[0]))) {
      info = file.main().info();
    }
    int channels = info.channelCount();
    int time = (int) info.sampleRateHz();
    Encoder encoder =
        Encoders.of(
            "channel-token-transformer",
            Map.of("channels", channels, "time", time, "projectionDim", 1024),
            "benchmark",
            0);
    Objective objective = Objective.of(FlattenedContrastive.PUBLISHED);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    List<String> labels = info.channels().stream().map(ChannelInfo::label).toList();
    EncoderInput input =
        new EncoderInput(
            labels, info.sampleRateHz(), time, List.of(), new float[channels], ones, 0);
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
        Weights weights = Weights.draw(compute, EncoderFile.specs(encoder, objective), 1)) {
      new EncoderFile(encoder, objective, input, weights.tensors(), Map.of(), Map.of())
          .write(Path.of(args[1]), true);
    }
  }
}
