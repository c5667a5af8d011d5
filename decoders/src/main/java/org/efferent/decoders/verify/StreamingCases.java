package org.efferent.decoders.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.stream.EncoderStream;
import org.efferent.decoders.verify.VerificationReport.Difference;

/** Cases of streaming: the whole signal at once, and the same in chunks. */
final class StreamingCases {
  private final GoldenCase of;
  private final Compute compute;
  private final Computed computed;

  StreamingCases(GoldenCase of, Compute compute, Computed computed) {
    this.of = of;
    this.compute = compute;
    this.computed = computed;
  }

  /** Also says how far the chunks are from the whole, and whether each frame came when it could. */
  Map<String, Difference> run() {
    EncoderCases encoders = new EncoderCases(of, compute, computed);
    if (!(encoders.encoder() instanceof BrainModule module)) {
      throw new InputException(
          of.folder() + ": this architecture is not streamed here: " + of.architecture());
    }
    try (Weights weights = encoders.weights()) {
      Batch batch = encoders.batch("input.", encoders.signals("input."));
      compute.step(
          () -> {
            Pass seen =
                Pass.evaluation().seenBy((name, block) -> computed.put("block." + name, block));
            computed.put("output", module.encode(weights, batch, seen));
            return null;
          });
      SensorLayout layout = batch.layouts().isEmpty() ? null : batch.layouts().get(0);
      int subject = batch.subjects().length == 0 ? 0 : (int) batch.subjects()[0];
      try (EncoderStream stream = new EncoderStream(module, weights, layout, subject)) {
        return chunks(stream, module.channels());
      }
    }
  }

  private Map<String, Difference> chunks(EncoderStream stream, int channels) {
    double[] signal = of.io("input.x").doubles();
    int time = signal.length / channels;
    double[] expected = of.io("output").doubles();
    int dims = expected.length / time;
    double[] said = new double[expected.length];
    int frames = 0;
    int at = 0;
    int late = 0;
    JsonNode chunks = of.json().path("chunks");
    for (int i = 0; i < chunks.size(); i++) {
      int rows = chunks.get(i).asInt();
      double[] part = new double[rows * channels];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < channels; c++) {
          part[r * channels + c] = signal[c * time + at + r];
        }
      }
      frames = place(said, stream.push(part, rows), dims, frames, time);
      at += rows;
      late += frames == of.json().path("frames_available_after_chunk").get(i).asInt() ? 0 : 1;
    }
    frames = place(said, stream.flush(), dims, frames, time);
    double largest = frames == time ? 0 : Double.NaN;
    double peak = 0;
    for (int i = 0; i < said.length; i++) {
      largest = Math.max(largest, Math.abs(said[i] - expected[i]));
      peak = Math.max(peak, Math.abs(expected[i]));
    }
    double bound =
        of.json().path("tolerance").path("tensors").path("output").path("atol").asDouble();
    Map<String, Difference> out = new LinkedHashMap<>();
    out.put("stream.output", new Difference(largest, largest / peak, bound, largest <= bound));
    out.put("stream.frames_available", new Difference(late, late, 0, late == 0));
    out.put(
        "stream.look_ahead",
        wrong(stream.lookAhead() - of.json().path("total_look_ahead").asInt()));
    return out;
  }

  private static Difference wrong(int difference) {
    return new Difference(Math.abs(difference), Math.abs(difference), 0, difference == 0);
  }

  /** Frames are rows of the stream and columns of the case. */
  private static int place(double[] into, double[] rows, int dims, int from, int time) {
    int n = rows.length / dims;
    for (int r = 0; r < n && from + r < time; r++) {
      for (int d = 0; d < dims; d++) {
        into[d * time + from + r] = rows[r * dims + d];
      }
    }
    return from + n;
  }
}
