package org.efferent.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.efferent.filters.FallbackPolicy;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.loop.Adaptation;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.Upkeep;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What decodes, and how it follows the neurons. */
final class SimulatedDecoderOptions {
  @Option(
      names = "--filter",
      paramLabel = "NAME",
      description =
          "kalman, kalman-pv, refit, ekf, ukf, gru, or dkf- with linear, nw, knn, gp, mk or nn.")
  private String filter;

  @Option(names = "--policy", description = "code, thesis, clip or robust (default: code).")
  private FallbackPolicy policy = FallbackPolicy.CODE;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Hyper-parameters as in cursor evaluate; what is not set is learned.")
  private Map<String, Double> settings = new LinkedHashMap<>();

  @Option(
      names = "--feature-smoothing",
      paramLabel = "S",
      split = ",",
      description =
          "Time constants of the features' smoothing to choose from (default: 0.04,0.07,0.1; 0 for"
              + " kalman).")
  private List<Double> featureSmoothing;

  @Option(
      names = "--channels",
      description = "The best of all that are read, by signal-to-noise; 0 for all (default: 0).")
  private int channels;

  @Option(
      names = "--components",
      description =
          "Principal components that the filter reads; 0 for the channels themselves (default: 10; 0"
              + " for kalman).")
  private Integer components;

  @Option(names = "--clip", description = "Largest size of a z-score (default: none).")
  private double clip = Double.POSITIVE_INFINITY;

  @Option(
      names = "--labels",
      paramLabel = "towards|rotated",
      description =
          "What the user is taken to have wanted: full speed towards the target, slower near it; or"
              + " the decoded velocity, rotated (ReFIT) (default: towards).")
  private DecoderRecipe.Labels labels = DecoderRecipe.Labels.TOWARDS;

  @Option(
      names = "--label-ramp",
      paramLabel = "CM",
      description =
          "Distance below which labels and the cursor of the open block slow down (default:"
              + " ${DEFAULT-VALUE}).")
  private double labelRamp = 4;

  @Option(
      names = "--skip",
      paramLabel = "S",
      description = "Bins so soon after a cue train nothing (default: ${DEFAULT-VALUE}).")
  private double skip = 0.3;

  @Option(
      names = "--gain",
      description = "Of the velocity, once at the wanted mean speed (default: chosen).")
  private double gain = Double.NaN;

  @Option(
      names = "--velocity-smoothing",
      paramLabel = "S",
      description = "Time constant of the velocity's smoothing (default: chosen).")
  private double velocitySmoothing = Double.NaN;

  @Option(
      names = "--adapt",
      paramLabel = "rows|smooth-batch|rml",
      converter = AdaptationKind.class,
      description =
          "How a new decoder is made while this one steers: rows, trained anew on a memory of bins;"
              + " for kalman also smooth-batch, its parameters mixed with those of the new bins, and"
              + " rml, updated bin by bin (default: rows).")
  private Adaptation.Kind adapt = Adaptation.Kind.ROWS;

  @Option(
      names = "--adapt-every",
      paramLabel = "S",
      description =
          "A new decoder so often after the calibration, if it is better: by rows a tenth, unless"
              + " channels fell silent; else no worse (default: never).")
  private Double adaptEvery;

  @Option(
      names = "--adapt-half-life",
      paramLabel = "S",
      description = "After which what was known counts half (default: ${DEFAULT-VALUE}).")
  private double adaptHalfLife = 120;

  @Option(
      names = "--bias-correction",
      paramLabel = "HALF-LIFE",
      arity = "0..1",
      fallbackValue = "30",
      description =
          "After the calibration, take the constant drift out of the decoded velocity, learned of"
              + " fast bins with this half-life in seconds (default: off; without a number 30).")
  private Double biasCorrection;

  @Option(
      names = "--z-score-blocks",
      paramLabel = "S",
      description =
          "After the calibration, standardise features by each last block of this length (default:"
              + " as in the calibration).")
  private Double zScoreBlocks;

  /** Names with hyphens. */
  static final class AdaptationKind implements CommandLine.ITypeConverter<Adaptation.Kind> {
    @Override
    public Adaptation.Kind convert(String value) {
      for (Adaptation.Kind kind : Adaptation.Kind.values()) {
        if (kind.id().equalsIgnoreCase(value)) {
          return kind;
        }
      }
      throw new CommandLine.TypeConversionException(
          "adaptation is by rows, smooth-batch or rml; adapt=" + value);
    }
  }

  /** Takes the filter of a decoder that was saved; what was named must agree. */
  void use(FilterKind saved, String file) {
    if (filter != null && kind() != saved) {
      throw new UsageException(
          "%s has the filter %s; --filter %s differs: leave --filter out"
              .formatted(file, saved.id(), kind().id()));
    }
    filter = saved.id();
  }

  FilterKind kind() {
    if (filter == null) {
      throw new UsageException("--filter is missing; name what decodes, for example dkf-nw");
    }
    FilterKind kind = FilterKind.of(filter.toLowerCase(Locale.ROOT));
    if (kind == FilterKind.BEST) {
      throw new UsageException(
          "a session cannot wait for the filter best, whose training takes minutes and is done"
              + " several times; filter=best");
    }
    return kind;
  }

  double gain() {
    return gain;
  }

  double velocitySmoothing() {
    return velocitySmoothing;
  }

  double labelRamp() {
    return labelRamp;
  }

  Optional<Adaptation> adaptation() {
    if (adaptEvery == null) {
      if (adapt != Adaptation.Kind.ROWS) {
        throw new UsageException(
            "--adapt says how and --adapt-every how often; adapt="
                + adapt.id()
                + ": give --adapt-every, too");
      }
      return Optional.empty();
    }
    if (adapt != Adaptation.Kind.ROWS && kind() != FilterKind.KALMAN) {
      throw new UsageException(
          "--adapt %s updates the parameters of a kalman filter; filter=%s: adapt by rows, which serves every filter"
              .formatted(adapt.id(), kind().id()));
    }
    return Optional.of(new Adaptation(adapt, adaptEvery, adaptHalfLife));
  }

  Upkeep upkeep() {
    return new Upkeep(
        biasCorrection == null ? Double.NaN : biasCorrection,
        zScoreBlocks == null ? Double.NaN : zScoreBlocks);
  }

  DecoderRecipe recipe() {
    DecoderRecipe standard = DecoderRecipe.of(kind(), labelRamp);
    FilterSpec spec = standard.filter().withPolicy(policy);
    for (Map.Entry<String, Double> setting : settings.entrySet()) {
      spec = spec.with(setting.getKey(), setting.getValue());
    }
    return new DecoderRecipe(
        spec,
        channels,
        featureSmoothing == null ? standard.smoothings() : featureSmoothing,
        components == null ? standard.components() : components,
        clip,
        labels,
        labelRamp,
        skip,
        standard.mostRows());
  }

  /** All of it by name, as it was used; what is chosen by the training is null. */
  void describe(Map<String, Object> all) {
    DecoderRecipe recipe = recipe();
    all.put("policy", policy.id());
    all.put("set", settings);
    all.put("channels", channels);
    all.put("featureSmoothing", recipe.smoothings());
    all.put("components", recipe.components());
    all.put("clip", clip);
    all.put("labels", labels.name().toLowerCase(Locale.ROOT));
    all.put("labelRamp", labelRamp);
    all.put("skip", skip);
    all.put("gain", gain);
    all.put("velocitySmoothing", velocitySmoothing);
    all.put("adapt", adapt.id());
    all.put("adaptEvery", adaptEvery);
    all.put("adaptHalfLife", adaptHalfLife);
    all.put("biasCorrection", biasCorrection);
    all.put("zScoreBlocks", zScoreBlocks);
  }
}
