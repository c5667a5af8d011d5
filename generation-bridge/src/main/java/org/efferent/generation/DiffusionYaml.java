package org.efferent.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.diffusion.NoiseSchedule;

/** Reads what is said of {@link LatentDiffusion} in a YAML file. */
final class DiffusionYaml {
  /** Those of Stable Diffusion, XL and Turbo. */
  private static final int TRAINING_STEPS = 1000;

  private static final double FIRST_BETA = 0.00085;
  private static final double LAST_BETA = 0.012;

  private DiffusionYaml() {}

  static LatentDiffusion read(ConfigEntry in) {
    return new LatentDiffusion(
        GeneratorYaml.maybe(in, "adapter").map(GeneratorYaml::graph),
        denoiser(in.get("unet")),
        GeneratorYaml.latent(in.get("latent")),
        GeneratorYaml.graph(in.get("decoder")),
        sampler(in.get("scheduler")));
  }

  private static LatentDiffusion.Denoiser denoiser(ConfigEntry in) {
    in.only("graph", "latent", "timestep", "text", "image", "adapterScale", "constants", "output");
    List<LatentDiffusion.Constant> constants = new ArrayList<>();
    if (in.has("constants")) {
      for (String name : in.get("constants").names()) {
        ConfigEntry its = in.get("constants").get(name);
        constants.add(constant(new GeneratorConfig.Named(name, its.place()), its));
      }
    }
    return new LatentDiffusion.Denoiser(
        GeneratorYaml.named(in.get("graph")),
        GeneratorYaml.named(in.get("latent")),
        GeneratorYaml.named(in.get("timestep")),
        GeneratorYaml.maybe(in, "text").map(DiffusionYaml::text),
        GeneratorYaml.maybe(in, "image").map(GeneratorYaml::named),
        GeneratorYaml.maybe(in, "adapterScale").map(DiffusionYaml::scale),
        constants,
        GeneratorYaml.named(in.get("output")));
  }

  private static LatentDiffusion.Text text(ConfigEntry in) {
    in.only("input", "tokens", "imageTokens");
    GeneratorConfig.Named input = GeneratorYaml.named(in.get("input"));
    return new LatentDiffusion.Text(
        input,
        constant(input, in.get("tokens")),
        in.has("imageTokens") && in.get("imageTokens").yes());
  }

  private static LatentDiffusion.Constant scale(ConfigEntry in) {
    in.only("input", "value");
    return new LatentDiffusion.Constant(
        GeneratorYaml.named(in.get("input")),
        Optional.empty(),
        Optional.empty(),
        List.of(in.get("value").number()),
        Optional.empty());
  }

  private static LatentDiffusion.Constant constant(GeneratorConfig.Named input, ConfigEntry in) {
    in.only("file", "tensor", "numbers", "shape");
    List<Double> numbers = new ArrayList<>();
    if (in.has("numbers")) {
      in.get("numbers").items().forEach(item -> numbers.add(item.number()));
    }
    return new LatentDiffusion.Constant(
        new GeneratorConfig.Named(input.value(), in.place()),
        GeneratorYaml.maybe(in, "file").map(GeneratorYaml::named),
        GeneratorYaml.maybe(in, "tensor").map(GeneratorYaml::named),
        numbers,
        GeneratorYaml.maybe(in, "shape").map(GeneratorYaml::shape));
  }

  private static SamplerOptions sampler(ConfigEntry in) {
    in.only("kind", "steps", "spacing", "offset", "prediction", "guidance", "betas");
    SamplerOptions.Spacing spacing =
        in.has("spacing")
            ? in.get("spacing").one(SamplerOptions.Spacing.values())
            : SamplerOptions.Spacing.TRAILING;
    int usual = spacing == SamplerOptions.Spacing.LEADING ? 1 : 0;
    try {
      return new SamplerOptions(
          in.get("kind").one(SamplerOptions.Kind.values()),
          spacing,
          in.has("prediction")
              ? in.get("prediction").one(SamplerOptions.Prediction.values())
              : SamplerOptions.Prediction.EPSILON,
          schedule(GeneratorYaml.maybe(in, "betas")),
          GeneratorYaml.size(in.get("steps")),
          in.has("offset") ? (int) in.get("offset").whole(0, TRAINING_STEPS) : usual,
          in.has("guidance") ? in.get("guidance").number() : 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(in.place() + ": " + e.getMessage(), e);
    }
  }

  private static NoiseSchedule schedule(Optional<ConfigEntry> given) {
    if (given.isEmpty()) {
      return NoiseSchedule.of(
          NoiseSchedule.Kind.SCALED_LINEAR, TRAINING_STEPS, FIRST_BETA, LAST_BETA);
    }
    ConfigEntry in = given.get();
    in.only("kind", "steps", "first", "last");
    return NoiseSchedule.of(
        in.has("kind")
            ? in.get("kind").one(NoiseSchedule.Kind.values())
            : NoiseSchedule.Kind.SCALED_LINEAR,
        in.has("steps") ? (int) in.get("steps").whole(2, 1_000_000) : TRAINING_STEPS,
        in.has("first") ? in.get("first").number() : FIRST_BETA,
        in.has("last") ? in.get("last").number() : LAST_BETA);
  }
}
