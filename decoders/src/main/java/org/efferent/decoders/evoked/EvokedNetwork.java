package org.efferent.decoders.evoked;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.Batch;
import org.efferent.decoders.encoder.Encoder;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.encoder.Encoders;
import org.efferent.decoders.loss.CrossEntropy;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.preprocess.Epochs;
import org.efferent.decoders.train.Adam;
import org.efferent.decoders.train.AdamOptions;

/**
 * An encoder whose two outputs are the logits of two classes, trained by their cross-entropy. Each
 * run of the training trials in turn is held back to say when to stop; the networks that come of
 * it, one a run, vote by the mean of their differences of logits.
 */
public final class EvokedNetwork implements EvokedTraining {
  private final String architecture;
  private final NetworkOptions options;
  private final Compute compute;

  /**
   * A way to train.
   *
   * @param architecture one of {@link Encoders#architectures()} whose options are channels, time
   *     and {@code projectionDim}: {@code eegnet}, {@code shallownet}
   * @param options how
   * @param compute where; stays open as long as what is trained is used
   */
  public EvokedNetwork(String architecture, NetworkOptions options, Compute compute) {
    this.architecture = architecture;
    this.options = options;
    this.compute = compute;
  }

  @Override
  public EvokedDecoder fit(EvokedTrials trials) {
    List<Integer> runs = trials.runs();
    if (runs.size() < 2) {
      throw new UsageException(
          "%s needs two runs to learn from at least, one of which says when to stop; runs=%d"
              .formatted(architecture, runs.size()));
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      EvokedTrials training = trials.without(runs.get(i));
      Member member = member(training.epochs());
      member.train(training, trials.only(runs.get(i)), options.seed() + i);
      members.add(member);
    }
    return epochs -> {
      double[] sum = new double[epochs.count()];
      for (Member member : members) {
        double[] own = member.scores(epochs);
        Arrays.setAll(sum, e -> sum[e] + own[e] / members.size());
      }
      return sum;
    };
  }

  private Member member(Epochs epochs) {
    Epochs input = new WindowMeans(options.inputHz()).reduce(epochs);
    Map<String, Object> sizes = new LinkedHashMap<>();
    sizes.put("channels", input.channels());
    sizes.put("time", input.samples());
    sizes.put("projectionDim", 2);
    Encoder encoder = Encoders.of(architecture, sizes, "epochs", input.samples());
    return new Member(encoder, scaling(input));
  }

  /** Mean and standard deviation of each channel. */
  private EncoderInput scaling(Epochs input) {
    int channels = input.channels();
    int samples = input.samples();
    float[] centre = new float[channels];
    float[] scale = new float[channels];
    List<String> labels = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double[] all = new double[input.count() * samples];
      for (int e = 0; e < input.count(); e++) {
        System.arraycopy(input.values(), (e * channels + c) * samples, all, e * samples, samples);
      }
      double deviation = Math.sqrt(StatUtils.variance(all));
      centre[c] = (float) StatUtils.mean(all);
      scale[c] = deviation > 0 ? (float) deviation : 1; // a constant channel says nothing
      labels.add(Integer.toString(c));
    }
    return new EncoderInput(
        labels, input.sampleRateHz(), samples, List.of(), centre, scale, options.clamp());
  }

  /** One network. Its weights lie in memory of Java between uses. */
  private final class Member {
    private final Encoder encoder;
    private final EncoderInput scaling;
    private Map<String, Tensor> best;

    Member(Encoder encoder, EncoderInput scaling) {
      this.encoder = encoder;
      this.scaling = scaling;
    }

    /** {@code [epochs × channels × time]}, as the network wants them. */
    private float[] input(Epochs epochs) {
      Epochs reduced = new WindowMeans(options.inputHz()).reduce(epochs);
      double[] values = reduced.values();
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      scaling.apply(floats, reduced.count(), reduced.samples());
      return floats;
    }

    private NDArray logits(float[] windows, Weights weights, Pass pass) {
      int size = encoder.channels() * encoder.time();
      NDArray signals =
          compute.array(windows, windows.length / size, encoder.channels(), encoder.time());
      return encoder.encode(weights, Batch.of(signals), pass);
    }

    private NDArray loss(NDArray logits, int[] labels) {
      float[] oneHot = new float[2 * labels.length];
      for (int i = 0; i < labels.length; i++) {
        oneHot[2 * i + labels[i]] = 1;
      }
      return CrossEntropy.of(logits, compute.array(oneHot, labels.length, 2));
    }

    void train(EvokedTrials training, EvokedTrials validation, long seed) {
      float[] windows = input(training.epochs());
      float[] held = input(validation.epochs());
      SplittableRandom random = new SplittableRandom(seed);
      Compute.seed(seed);
      try (Weights weights = Weights.draw(compute, encoder.weights(), seed);
          Adam adam = new Adam(AdamOptions.adam(options.learningRate()), weights)) {
        double least = Double.POSITIVE_INFINITY;
        int since = 0;
        for (int epoch = 0; epoch < options.epochs() && since < options.patience(); epoch++) {
          pass(windows, training.labels(), weights, adam, random);
          double loss =
              compute.step(
                  () ->
                      Compute.doubles(
                          loss(logits(held, weights, Pass.evaluation()), validation.labels()))[0]);
          since++;
          if (loss < least) {
            least = loss;
            since = 0;
            best = weights.tensors();
          }
        }
      }
      if (best == null) {
        throw new InputException(
            "training of %s gave no finite loss; lower the learning rate; learningRate=%s"
                .formatted(architecture, options.learningRate()));
      }
    }

    /** All training trials once, in a new order. A last batch of one trial has no variance. */
    private void pass(
        float[] windows, int[] labels, Weights weights, Adam adam, SplittableRandom random) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
      Collections.shuffle(order, new java.util.Random(random.nextLong()));
      int size = windows.length / labels.length;
      for (int from = 0; from + 1 < labels.length; from += options.batch()) {
        List<Integer> some = order.subList(from, Math.min(labels.length, from + options.batch()));
        float[] batch = new float[some.size() * size];
        int[] classes = new int[some.size()];
        for (int i = 0; i < classes.length; i++) {
          System.arraycopy(windows, some.get(i) * size, batch, i * size, size);
          classes[i] = labels[some.get(i)];
        }
        compute.differentiable(
            () -> {
              weights.clearGradients();
              Compute.backward(loss(logits(batch, weights, Pass.training(random)), classes));
              weights.countBatch();
              adam.step(1);
              return null;
            });
      }
    }

    double[] scores(Epochs epochs) {
      float[] windows = input(epochs);
      try (Weights weights = Weights.of(compute, encoder.weights(), best, architecture)) {
        return compute.step(
            () -> {
              double[] logits = Compute.doubles(logits(windows, weights, Pass.evaluation()));
              double[] differences = new double[logits.length / 2];
              Arrays.setAll(differences, i -> logits[2 * i + 1] - logits[2 * i]);
              return differences;
            });
      }
    }
  }
}
