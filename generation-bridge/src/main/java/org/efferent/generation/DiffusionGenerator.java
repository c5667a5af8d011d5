package org.efferent.generation;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.efferent.core.InputException;

/** Embeddings to pictures by {@link LatentDiffusion}. */
final class DiffusionGenerator implements Generator {
  private final GeneratorConfig config;
  private final LatentDiffusion model;
  private final Sampler sampler;
  private final DenoiserNetwork denoiser;
  private final Network decoder;
  private final Map<String, String> provenance;

  /** A generator that owns its networks. */
  DiffusionGenerator(
      GeneratorConfig config,
      LatentDiffusion model,
      DenoiserNetwork denoiser,
      Network decoder,
      Map<String, String> provenance) {
    this.config = config;
    this.model = model;
    this.sampler = new Sampler(model.sampler());
    this.denoiser = denoiser;
    this.decoder = decoder;
    this.provenance = Map.copyOf(provenance);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public int width() {
    return config.latent().width();
  }

  @Override
  public void check(float[] embedding) {
    Embeddings.check(config.name(), config.latent(), embedding);
  }

  @Override
  public Optional<List<Integer>> startsFrom() {
    return Optional.of(model.latent().shape());
  }

  @Override
  public Picture generate(float[] embedding, long seed) {
    return generate(embedding, Optional.empty(), seed);
  }

  @Override
  public Picture generate(float[] embedding, Optional<InitialLatent> start, long seed) {
    double[] latent = denoise(embedding, start, seed);
    GeneratorConfig.Latent its = model.latent();
    float[] scaled = new float[latent.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (latent[i] / its.scale() + its.shift());
    }
    BufferedImage image;
    try {
      image =
          Planes.sum(decoder.run(scaled, GraphNetwork.batchOfOne(its.shape()), 0))
              .picture(config.low(), config.high());
    } catch (InputException e) {
      throw new InputException("%s: %s".formatted(config.name(), e.getMessage()), e);
    }
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Generator", config.name());
    words.putAll(new TreeMap<>(provenance));
    words.put("Sampler", model.sampler().toString());
    start.ifPresent(given -> words.put("Start", "a latent, strength " + given.strength()));
    words.put("Seed", Long.toString(seed));
    return new Picture(image, words);
  }

  /**
   * The latent without noise, {@code [channels × height × width]}: the first noise and that of
   * ancestral steps are drawn in the order of the latent from one generator of the seed.
   */
  double[] denoise(float[] embedding, Optional<InitialLatent> start, long seed) {
    check(embedding);
    start.ifPresent(this::checkStart);
    Random random = new Random(seed);
    double[] noise = new double[model.latent().width()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
    }
    int first = start.map(given -> sampler.first(given.strength())).orElse(0);
    double[] y =
        start
            .map(given -> sampler.noisy(wide(given.values()), noise, first))
            .orElseGet(() -> sampler.start(noise));
    SamplerOptions options = model.sampler();
    Map<String, Values> wanted = denoiser.conditions(embedding);
    Map<String, Values> none =
        options.guided() ? denoiser.conditions(new float[embedding.length]) : Map.of();
    for (int step = first; step < sampler.steps(); step++) {
      float[] x = sampler.given(y, step);
      double[] predicted = wide(denoiser.predict(x, sampler.timestep(step), wanted));
      if (options.guided()) {
        float[] plain = denoiser.predict(x, sampler.timestep(step), none);
        for (int i = 0; i < predicted.length; i++) {
          predicted[i] = plain[i] + options.guidance() * (predicted[i] - plain[i]);
        }
      }
      sampler.step(y, predicted, step, random);
    }
    return y;
  }

  private void checkStart(InitialLatent start) {
    float[] values = start.values();
    if (values.length != model.latent().width()) {
      throw new InputException(
          "a latent that %s starts from must have %d numbers, %s; numbers=%d"
              .formatted(
                  config.name(), model.latent().width(), model.latent().shape(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "a latent that %s starts from must be finite; number %d is %s"
                .formatted(config.name(), i, values[i]));
      }
    }
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Override
  public void close() {
    denoiser.close();
    decoder.close();
  }
}
