package org.efferent.decoders.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.prior.PriorListener.Epoch;
import org.efferent.decoders.train.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A joint normal distribution: the condition c is standard, the embedding is 3 + 0.02 (0.8 c + 0.6
 * e), so that given c it has the mean 3 + 0.016 c and the deviation 0.012.
 */
class ImagePriorTest {
  private static final PriorOptions SIZE = new PriorOptions(2, 2, List.of(64, 32), 64, 0);
  private static final double UNIT = 0.02;

  @TempDir private Path folder;
  private Compute compute;

  @BeforeEach
  void open() {
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
  }

  @AfterEach
  void close() {
    compute.close();
  }

  private static PriorRows rows(int count, long seed) {
    Random random = new Random(seed);
    float[] conditions = new float[2 * count];
    float[] targets = new float[2 * count];
    for (int i = 0; i < conditions.length; i++) {
      double c = random.nextGaussian();
      conditions[i] = (float) c;
      targets[i] = (float) (3 + UNIT * (0.8 * c + 0.6 * random.nextGaussian()));
    }
    return new PriorRows(conditions, 2, targets, 2, "toy");
  }

  private static PriorTraining training(int epochs, int patience) {
    return new PriorTraining(
        3e-3,
        1,
        new Schedule(Schedule.Kind.COSINE, 0.05),
        128,
        epochs,
        patience,
        0.1,
        4,
        true,
        true,
        false,
        1);
  }

  private PriorTrainer.Result train(PriorTraining how, PriorRows rows, List<Epoch> told) {
    return new PriorTrainer(
            compute, new DiffusionPrior(SIZE), DiffusionOptions.DEFAULTS, how, told::add)
        .run(rows, rows(200, 8), SamplingOptions.DEFAULTS, Map.of("word", "toy"));
  }

  private static double[] moments(float[][] samples) {
    double mean = 0;
    for (float[] sample : samples) {
      mean += sample[0] / samples.length;
    }
    double squares = 0;
    for (float[] sample : samples) {
      squares += (sample[0] - mean) * (sample[0] - mean) / samples.length;
    }
    return new double[] {mean, Math.sqrt(squares)};
  }

  @Test
  void aTrainedPriorDrawsTheConditionalDistribution() {
    List<Epoch> told = new ArrayList<>();
    PriorTrainer.Result result = train(training(80, 0), rows(4000, 7), told);
    assertThat(told).hasSize(80);
    assertThat(result.best().validationLoss()).isLessThan(told.get(0).validationLoss());
    Path file = folder.resolve("prior.safetensors");
    result.prior().write(file, false);
    SamplingOptions all = new SamplingOptions(SamplingOptions.Method.DDPM, 500, 1, 0);
    try (ImagePrior prior = ImagePrior.open(PriorFile.read(file).sampledBy(all), compute)) {
      for (float c : new float[] {-1.5f, 0, 1.5f}) {
        double[] moments = moments(prior.sample(new float[] {c, 0.5f}, 2000, 4));
        assertThat((moments[0] - 3) / UNIT).as("mean given " + c).isCloseTo(0.8 * c, within(0.2));
        assertThat(moments[1] / UNIT).as("spread given " + c).isCloseTo(0.6, within(0.12));
      }
    }
    SamplingOptions unguided = new SamplingOptions(SamplingOptions.Method.DDPM, 500, 0, 0);
    try (ImagePrior prior = ImagePrior.open(PriorFile.read(file).sampledBy(unguided), compute)) {
      double[] moments = moments(prior.sample(new float[] {1.5f, 0.5f}, 2000, 4));
      assertThat((moments[0] - 3) / UNIT).as("mean without condition").isCloseTo(0, within(0.2));
      assertThat(moments[1] / UNIT).as("spread without condition").isCloseTo(1, within(0.15));
    }
  }

  @Test
  void theSameSeedGivesTheSamePriorAndTheSameEmbeddings() {
    PriorTrainer.Result first = train(training(2, 0), rows(200, 7), new ArrayList<>());
    PriorTrainer.Result again = train(training(2, 0), rows(200, 7), new ArrayList<>());
    assertThat(again.best().validationLoss()).isEqualTo(first.best().validationLoss());
    Path file = folder.resolve("prior.safetensors");
    first.prior().write(file, false);
    float[] condition = {0.3f, -1};
    try (ImagePrior written = ImagePrior.open(file, compute);
        ImagePrior other = ImagePrior.open(again.prior(), compute)) {
      float[][] samples = written.sample(condition, 3, 5);
      assertThat(other.sample(condition, 3, 5)).isDeepEqualTo(samples);
      assertThat(samples[1]).isNotEqualTo(samples[0]);
      assertThat(written.sample(condition, 3, 6)[0]).isNotEqualTo(samples[0]);
      float[] rows = written.sampleRows(new float[] {0.3f, -1, 9, 9}, 3, 5);
      assertThat(rows).hasSize(12);
      assertThat(rows[2])
          .as("the same noise in a larger batch")
          .isCloseTo(samples[1][0], within(1e-4f));
      assertThat(written.file().about()).containsEntry("word", "toy").containsEntry("rows", 200);
    }
  }

  @Test
  void trainingEndsWhenValidationNoLongerImproves() {
    List<Epoch> told = new ArrayList<>();
    PriorTrainer.Result result = train(training(400, 3), rows(20, 7), told);
    assertThat(told).hasSizeLessThan(400).hasSize(result.best().number() + 3);
    assertThat(told.stream().filter(Epoch::best).map(Epoch::number))
        .last()
        .isEqualTo(result.best().number());
  }

  @Test
  void wrongRowsAndConditionsAreRefused() {
    assertThatThrownBy(() -> new PriorRows(new float[4], 2, new float[6], 2, "toy"))
        .isInstanceOf(InputException.class)
        .hasMessage("toy: there must be as many conditions as targets; conditions=2, targets=3");
    assertThatThrownBy(
            () -> new PriorRows(new float[] {0, 0, Float.NaN, 0}, 2, new float[4], 2, "toy"))
        .isInstanceOf(InputException.class)
        .hasMessage("toy: condition 1 holds NaN at 0; every number must be finite");
    PriorRows wide = new PriorRows(new float[6], 3, new float[4], 2, "toy");
    assertThatThrownBy(() -> train(training(1, 0), wide, new ArrayList<>()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the prior is for conditions of 2 numbers and embeddings of 2; training rows have 3 and 2");
    PriorTrainer.Result result = train(training(1, 0), rows(200, 7), new ArrayList<>());
    try (ImagePrior prior = ImagePrior.open(result.prior(), compute)) {
      assertThatThrownBy(() -> prior.sample(new float[3], 1, 1))
          .isInstanceOf(InputException.class)
          .hasMessage("a condition of this prior must have 2 numbers; it has 3");
      assertThatThrownBy(() -> prior.sample(new float[] {0, Float.POSITIVE_INFINITY}, 1, 1))
          .isInstanceOf(InputException.class)
          .hasMessage("condition 0 holds Infinity at 1; every number must be finite");
    }
  }

  @Test
  void damagedFilesAreRefused() {
    Path file = folder.resolve("prior.safetensors");
    train(training(1, 0), rows(200, 7), new ArrayList<>()).prior().write(file, false);
    Safetensors whole = Safetensors.read(file);
    Map<String, String> words = new LinkedHashMap<>(whole.metadata());
    Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());

    words.put("format", "efferent-encoder-1");
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> PriorFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "prior.safetensors: is no prior of Efferent (format 'efferent-encoder-1'); one is made by encoder prior");

    words.put("format", PriorFile.FORMAT);
    words.put("sampling", "{\"steps\": 2000}");
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> PriorFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "prior.safetensors: sampling.steps must be at most those of the diffusion, 1000; steps=2000");

    words.put("sampling", "{");
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> PriorFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("prior.safetensors: sampling: is not JSON: ");

    words.put("sampling", "{}");
    tensors.put("target.scale", Tensor.of(new float[] {1, 0}, 2));
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> PriorFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "prior.safetensors: target: means must be finite and scales above 0; column=1, mean=");

    tensors.put("target.scale", Tensor.of(new float[] {1, 1}, 2));
    tensors.remove("weight.output_layer.bias");
    new Safetensors(words, tensors).write(file, true);
    assertThatThrownBy(() -> ImagePrior.open(file, compute))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "prior.safetensors: does not hold the weights of this network: output_layer.bias is missing");
  }

  @Test
  void publishedWeightsComeAsTheyAre() {
    Path file = folder.resolve("published.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    new DiffusionPrior(SIZE)
        .weights()
        .forEach(w -> tensors.put(w.name(), Tensor.of(new float[w.elements()], w.sizes())));
    new Safetensors(Map.of(), tensors).write(file, false);
    SamplingOptions ddim = new SamplingOptions(SamplingOptions.Method.DDIM, 1, 5, 0);
    try (ImagePrior prior = ImagePrior.open(PriorFile.published(file, SIZE, ddim), compute)) {
      // Weights of zero see no noise: one step divides by √ᾱ of step 0.
      float[] made = prior.sample(new float[2], 1, 3)[0];
      float[] noise =
          new PriorSampler(DiffusionOptions.DEFAULTS.schedule(), ddim)
              .sample((x, step) -> new float[2], 1, 2, 3, 0);
      assertThat(made).containsExactly(noise);
    }
    assertThatThrownBy(
            () ->
                ImagePrior.open(PriorFile.published(file, PriorOptions.small(2, 2), ddim), compute))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "published.safetensors: does not hold the weights of this network: input_layer.0.weight is [64, 2] instead of");
  }
}
