package org.efferent.decoders.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.EegNet;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.encoder.PooledEncoder;
import org.efferent.decoders.encoder.TimeAggregatedBrainModule;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlidingStreamTest {
  private static final int CHANNELS = 3;
  private static final int TOTAL = 260;

  private Compute compute;
  private float[] rows;

  @BeforeEach
  void open() {
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
    Random random = new Random(8);
    rows = new float[TOTAL * CHANNELS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
  }

  @AfterEach
  void close() {
    compute.close();
  }

  /** Samples [from, to) as [1 x channels x time]. */
  private float[] columns(int from, int to) {
    float[] out = new float[CHANNELS * (to - from)];
    for (int t = from; t < to; t++) {
      for (int c = 0; c < CHANNELS; c++) {
        out[c * (to - from) + t - from] = rows[t * CHANNELS + c];
      }
    }
    return out;
  }

  private float[] encode(Encoder encoder, Weights weights, int from, int to) {
    return compute.step(
        () ->
            Compute.floats(
                encoder.encode(
                    weights,
                    Batch.of(compute.array(columns(from, to), 1, CHANNELS, to - from)),
                    Pass.evaluation())));
  }

  private static float[] feed(SlidingStream stream, float[] rows, long seed) {
    Random sizes = new Random(seed);
    float[] said = new float[0];
    int at = 0;
    while (at < TOTAL) {
      int n = Math.min(TOTAL - at, sizes.nextInt(17));
      float[] more = stream.push(Arrays.copyOfRange(rows, at * CHANNELS, (at + n) * CHANNELS), n);
      float[] all = Arrays.copyOf(said, said.length + more.length);
      System.arraycopy(more, 0, all, said.length, more.length);
      said = all;
      at += n;
    }
    return said;
  }

  @Test
  void everyEmbeddingIsThatOfItsWindowEncodedWhole() {
    for (String form : List.of("tsconv-a", "tsconv-b", "shallownet")) {
      PooledEncoder encoder =
          (PooledEncoder)
              Encoders.of(
                  form, Map.of("channels", CHANNELS, "time", 120, "projectionDim", 6), "test", 0);
      int stride = form.equals("shallownet") ? 15 : 5;
      try (Weights weights = Weights.draw(compute, encoder.weights(), 2);
          SlidingStream stream = SlidingStream.of(encoder, weights)) {
        float[] said = feed(stream, rows, 1);
        // Windows begin every stride; the last of 120 that fits into 260 begins at 140 or before.
        // Samples behind the last pooled frame of a window are not waited for.
        int needed = encoder.reach() + (encoder.frames() - 1) * stride;
        assertThat(said.length / 6).isEqualTo((TOTAL - needed) / stride + 1);
        for (int w = 0; w < said.length / 6; w++) {
          int from = stride * w;
          if (from + 120 > TOTAL) {
            continue;
          }
          float[] whole = encode(encoder, weights, from, from + 120);
          for (int d = 0; d < 6; d++) {
            assertThat(said[w * 6 + d]).isCloseTo(whole[d], within(2e-5f));
          }
        }
      }
    }
  }

  private static EegNet eegNet(int time, int outputs, String context) {
    return (EegNet)
        Encoders.of(
            "eegnet",
            Map.of(
                "channels", CHANNELS,
                "time", time,
                "projectionDim", outputs,
                "temporalKernel", 16,
                "context", context),
            "test",
            0);
  }

  @Test
  void framesOfEegNetAreThoseInsideALongWindow() {
    Map<String, Integer> lookAhead =
        Map.of("centred", 8 + 4 * 8, "causal", 0, "look-ahead-8", 8 + 4 * 2);
    for (String context : lookAhead.keySet()) {
      // A window of 256 samples whose embedding is its 8 frames of 16 maps, maps first.
      EegNet encoder = eegNet(256, 8 * 16, context);
      assertThat(encoder.lookAhead()).isEqualTo(lookAhead.get(context));
      try (Weights weights = Weights.draw(compute, encoder.weights(), 2)) {
        Map<String, Tensor> tensors = new HashMap<>(weights.tensors());
        float[] identity = new float[128 * 128];
        for (int i = 0; i < 128; i++) {
          identity[i * 129] = 1;
        }
        tensors.put("output.weight", Tensor.of(identity, 128, 128));
        tensors.put("output.bias", Tensor.of(new float[128], 128));
        weights.set(tensors);
        float[] whole = encode(encoder, weights, 0, 256);
        // Frame j sees samples from 32 j − before on.
        int before = encoder.reach() - encoder.stride() - encoder.lookAhead();
        int first = (before + 31) / 32;
        int from = 32 * first - before;
        float[] inside =
            compute.step(
                () ->
                    Compute.floats(
                        encoder.pooled(
                            weights, compute.array(columns(from, 256), 1, CHANNELS, 256 - from))));
        assertThat(inside.length / 16).isGreaterThan(3);
        for (int j = 0; j < inside.length / 16; j++) {
          for (int map = 0; map < 16; map++) {
            assertThat(inside[j * 16 + map])
                .as("%s, frame %d", context, j)
                .isCloseTo(whole[map * 8 + first + j], within(2e-5f));
          }
        }
      }
    }
  }

  @Test
  void chunksOfAnySizeGiveTheEmbeddingsOfTheContinuousSignal() {
    EegNet encoder = eegNet(64, 6, "causal");
    try (Weights weights = Weights.draw(compute, encoder.weights(), 2);
        SlidingStream stream = SlidingStream.of(encoder, weights)) {
      float[] said = feed(stream, rows, 4);
      int needed = encoder.reach() + encoder.stride();
      assertThat(said.length / 6).isEqualTo((TOTAL - needed) / 32 + 1).isGreaterThan(2);
      for (int w = 0; w < said.length / 6; w++) {
        float[] signal = columns(32 * w, 32 * w + needed);
        float[] whole =
            compute.step(
                () ->
                    Compute.floats(
                        encoder.project(
                            weights,
                            encoder.pooled(weights, compute.array(signal, 1, CHANNELS, needed)))));
        for (int d = 0; d < 6; d++) {
          assertThat(said[w * 6 + d]).isCloseTo(whole[d], within(2e-5f));
        }
      }
    }
  }

  @Test
  void aTimeAggregatedModulePoolsTheFeaturesOfTheContinuousSignal() {
    Map<String, Object> options = new HashMap<>();
    options.put("inputChannels", CHANNELS);
    options.put("outputs", 4);
    options.put("context", "causal");
    options.put("convStack", Map.of("width", 5, "depth", 3));
    options.put("head", "pointwise");
    options.put("backboneOut", 4);
    options.put("timeAggregation", "mean");
    TimeAggregatedBrainModule encoder =
        (TimeAggregatedBrainModule) Encoders.of("brain-module-time-aggregated", options, "test", 0);
    try (Weights weights = Weights.draw(compute, encoder.weights(), 2);
        SlidingStream stream = SlidingStream.of(encoder, weights, null, 0, 50, 30)) {
      float[] said = feed(stream, rows, 3);
      // The first when 50 are there, then every 30: at 50, 80, … 260.
      assertThat(said.length / 4).isEqualTo((260 - 50) / 30 + 1);
      // The first window begins the stream, with zeros before: the module run over it says the
      // same.
      float[] whole = encode(encoder, weights, 0, 50);
      for (int d = 0; d < 4; d++) {
        assertThat(said[d]).isCloseTo(whole[d], within(2e-5f));
      }
    }
  }
}
