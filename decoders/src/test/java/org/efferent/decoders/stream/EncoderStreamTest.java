package org.efferent.decoders.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.efferent.core.Window;
import org.efferent.decoders.encoder.Activation;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.BrainModule;
import org.efferent.decoders.encoder.ChannelMix;
import org.efferent.decoders.encoder.Context;
import org.efferent.decoders.encoder.ConvStack;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Head;
import org.efferent.decoders.encoder.SensorLayout;
import org.efferent.decoders.encoder.SpatialAttention;
import org.efferent.decoders.encoder.SubjectLayer;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncoderStreamTest {
  private static final int CHANNELS = 5;
  private static final int TIME = 230;
  private static final int DIMENSIONS = 3;

  private Compute compute;
  private SensorLayout layout;

  @BeforeEach
  void open() {
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.DOUBLE));
    boolean[] valid = new boolean[CHANNELS];
    Arrays.fill(valid, true);
    valid[3] = false;
    layout = new SensorLayout(CHANNELS, 2, new Random(4).doubles(2 * CHANNELS).toArray(), valid);
  }

  @AfterEach
  void close() {
    compute.close();
  }

  private static BrainModule module(Context context, Activation activation, Head head) {
    return new BrainModule(
        CHANNELS,
        DIMENSIONS,
        new SpatialAttention(4, 2, 3, 0.2, 0.2),
        new ChannelMix(4, 6, 1, false),
        new SubjectLayer(2, 6, 7, true, -1),
        new ConvStack(
            7,
            8,
            5,
            3,
            2,
            3,
            true,
            activation,
            true,
            2,
            1,
            context,
            head == Head.NONE ? DIMENSIONS : 0),
        head);
  }

  private static double[] signal(long seed) {
    Random random = new Random(seed);
    return random.doubles(TIME * CHANNELS, -1, 1).toArray();
  }

  /** The module over the whole signal, [TIME x DIMENSIONS]. */
  private double[] whole(BrainModule module, Weights weights, double[] rows) {
    double[] columns = new double[rows.length];
    for (int t = 0; t < TIME; t++) {
      for (int c = 0; c < CHANNELS; c++) {
        columns[c * TIME + t] = rows[t * CHANNELS + c];
      }
    }
    double[] said =
        compute.step(
            () ->
                Compute.doubles(
                    module.encode(
                        weights,
                        Batch.of(compute.array(columns, 1, CHANNELS, TIME))
                            .subjects(1)
                            .layouts(List.of(layout)),
                        Pass.evaluation())));
    double[] out = new double[said.length];
    for (int t = 0; t < TIME; t++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        out[t * DIMENSIONS + d] = said[d * TIME + t];
      }
    }
    return out;
  }

  /** Moves running statistics away from 0 and 1, as training does. */
  private void train(BrainModule module, Weights weights) {
    compute.step(
        () ->
            module
                .encode(
                    weights,
                    Batch.of(compute.array(signal(9), 1, CHANNELS, TIME))
                        .subjects(0)
                        .layouts(List.of(layout)),
                    Pass.trainingWithoutDropout())
                .size());
  }

  private static double[] concat(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Test
  void chunksOfAnySizeSayWhatTheWholeSignalSays() {
    for (Context context : List.of(Context.CENTRED, Context.CAUSAL, new Context(2))) {
      for (Activation activation : Activation.values()) {
        for (Head head : Head.values()) {
          BrainModule module = module(context, activation, head);
          try (Weights weights = Weights.draw(compute, module.weights(), 7)) {
            train(module, weights);
            double[] rows = signal(1);
            double[] expected = whole(module, weights, rows);
            Random sizes = new Random(3);
            try (EncoderStream stream = new EncoderStream(module, weights, layout, 1)) {
              double[] said = new double[0];
              int at = 0;
              while (at < TIME) {
                int n = Math.min(TIME - at, sizes.nextInt(12));
                double[] part = Arrays.copyOfRange(rows, at * CHANNELS, (at + n) * CHANNELS);
                said = concat(said, stream.push(part, n));
                at += n;
                assertThat(stream.said()).isEqualTo(Math.max(0, at - module.lookAhead()));
              }
              said = concat(said, stream.flush());
              assertThat(said).as("%s %s %s", context, activation, head).hasSize(expected.length);
              for (int i = 0; i < said.length; i++) {
                assertThat(said[i]).isCloseTo(expected[i], within(1e-12));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void whatIsRememberedGoesOnElsewhereToTheLastBit() {
    BrainModule module = module(new Context(1), Activation.GELU, Head.TWO_LAYER);
    try (Weights weights = Weights.draw(compute, module.weights(), 7);
        EncoderStream first = new EncoderStream(module, weights, layout, 1);
        EncoderStream second = new EncoderStream(module, weights, layout, 1)) {
      double[] rows = signal(2);
      first.push(Arrays.copyOf(rows, 100 * CHANNELS), 100);
      EncoderStream.Snapshot snapshot = first.snapshot();
      second.restore(snapshot);
      double[] rest = Arrays.copyOfRange(rows, 100 * CHANNELS, TIME * CHANNELS);
      assertThat(second.push(rest, TIME - 100)).containsExactly(first.push(rest, TIME - 100));
      assertThat(second.said()).isEqualTo(first.said());
      long size = snapshot.size();
      first.push(rows, TIME);
      assertThat(first.snapshot().size()).as("state does not grow").isEqualTo(size);
    }
  }

  @Test
  void nothingBeyondTheLookAheadChangesAnEmbedding() {
    for (Context context : List.of(Context.CAUSAL, new Context(2))) {
      BrainModule module = module(context, Activation.GELU, Head.TWO_LAYER);
      try (Weights weights = Weights.draw(compute, module.weights(), 7)) {
        double[] rows = signal(1);
        double[] before = whole(module, weights, rows);
        int changed = 150;
        double[] other = rows.clone();
        other[changed * CHANNELS] += 1;
        double[] after = whole(module, weights, other);
        int first = 0;
        while (before[first] == after[first]) {
          first++;
        }
        assertThat(first / DIMENSIONS).isEqualTo(changed - module.lookAhead());
      }
    }
  }

  @Test
  void theDecoderSaysTheLatestEmbeddingsAndFillsGaps() {
    BrainModule module = module(Context.CAUSAL, Activation.GELU, Head.TWO_LAYER);
    EncoderInput input =
        new EncoderInput(
            Collections.nCopies(CHANNELS, "c"),
            100,
            TIME,
            List.of(),
            new float[CHANNELS],
            ones(),
            0);
    try (Weights weights = Weights.draw(compute, module.weights(), 7);
        StreamDecoder decoder =
            new StreamDecoder(new EncoderStream(module, weights, layout, 1), input, 2, 50)) {
      double[] rows = signal(6);
      double[] expected = whole(module, weights, rows);
      float[] said = new float[0];
      for (int at = 0; at < TIME; at += 10) {
        Window window = new Window(10, CHANNELS);
        System.arraycopy(rows, at * CHANNELS, window.values(), 0, 10 * CHANNELS);
        said = decoder.decode(window).values();
      }
      for (int d = 0; d < DIMENSIONS; d++) {
        assertThat(said[d * 2])
            .isCloseTo((float) expected[(TIME - 2) * DIMENSIONS + d], within(1e-5f));
        assertThat(said[d * 2 + 1])
            .isCloseTo((float) expected[(TIME - 1) * DIMENSIONS + d], within(1e-5f));
      }
      Window broken = new Window(1, CHANNELS);
      broken.values()[2] = Double.NaN;
      for (float value : decoder.decode(broken).values()) {
        assertThat(value).isFinite();
      }
      assertThat(decoder.notNumbers()).isEqualTo(1);
      assertThatThrownBy(() -> decoder.decode(new Window(1, CHANNELS + 1)))
          .hasMessage("windows must have the encoder's channels; encoder=5, window=6");
    }
  }

  private static float[] ones() {
    float[] ones = new float[CHANNELS];
    Arrays.fill(ones, 1);
    return ones;
  }
}
