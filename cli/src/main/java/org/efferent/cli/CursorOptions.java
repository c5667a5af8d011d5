package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.data.RowRange;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.DecoderFile;
import org.efferent.filters.FallbackPolicy;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.efferent.filters.NoiseKind;
import picocli.CommandLine.Option;

/** Which filter, trained on what: shared by the commands that decode a cursor. */
final class CursorOptions {
  @Option(
      names = "--features",
      paramLabel = "F.csv",
      description = "Features, one row a bin, one column a feature.")
  Path features;

  @Option(
      names = "--states",
      paramLabel = "S.csv",
      description = "States (velocity), row by row with the features.")
  Path states;

  @Option(names = "--train", paramLabel = "A:B", description = "Rows that train the filter.")
  String train;

  @Option(names = "--test", paramLabel = "C:D", description = "Rows that it decodes.")
  String test;

  @Option(
      names = "--filter",
      paramLabel = "NAME",
      description =
          "kalman, kalman-pv, refit, ekf, ukf, dkf-linear, dkf-nw, dkf-knn, dkf-gp, dkf-mk, dkf-nn,"
              + " gru or best.")
  String filter;

  @Option(
      names = "--policy",
      description =
          "code, thesis, clip or robust: what happens in a step where Q⁻¹−S⁻¹ is not positive"
              + " definite (default: code).")
  FallbackPolicy policy;

  @Option(
      names = "--noise",
      description = "local or constant (default: local for dkf-nw, else constant).")
  NoiseKind noise;

  @Option(
      names = "--lags",
      paramLabel = "N",
      description =
          "Bins of features a decode, this one included (default: 1; best and gru have their own).")
  Integer lags;

  @Option(
      names = "--f-rows",
      paramLabel = "A:B",
      description = "Training rows that fit f, counted from the first training row.")
  String fRows;

  @Option(
      names = "--q-rows",
      paramLabel = "A:B",
      description = "Training rows that fit Q, counted from the first training row.")
  String qRows;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "bandwidth, qBandwidth, k, logLength.J, logSignal.J, logNoise.J, logLength, logNoise,"
              + " hidden, positionDecay; what is not set is learned from the training rows.")
  Map<String, Double> settings = new LinkedHashMap<>();

  @Option(
      names = "--steady-state",
      description = "kalman, kalman-pv, refit: freeze the gain once it has converged.")
  boolean steadyState;

  @Option(names = "--seed", description = "Of whatever is drawn (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--decoder",
      paramLabel = "FILE",
      description = "Use a trained decoder instead of training one.")
  Path decoder;

  @Option(names = "--save", paramLabel = "FILE", description = "Keep the trained decoder.")
  Path save;

  @Option(names = "--force", description = "Replace files that exist.")
  boolean force;

  /** A decoder and how long it took to train, in seconds; 0 where it was loaded. */
  record Trained(CursorDecoder decoder, double seconds) {}

  /**
   * Trains a decoder on the training rows, or loads it.
   *
   * @param data the rows, null where none were named
   * @param output hears what has no effect
   * @return the decoder, ready
   */
  Trained trained(CursorData data, OutputOptions output) {
    RunRecord.refuseExistingWithRecord(save, force);
    if (decoder != null) {
      refuseTrainingOptions();
      CursorDecoder loaded = DecoderFile.load(decoder);
      if (filter != null && FilterKind.of(filter.toLowerCase(Locale.ROOT)) != loaded.kind()) {
        throw new UsageException(
            "--filter must be that of --decoder, or be left out; filter=%s, decoder=%s"
                .formatted(filter, loaded.kind().id()));
      }
      return new Trained(loaded, 0);
    }
    if (filter == null || data == null || train == null) {
      throw new UsageException(
          "name a filter and what trains it (--filter, --features, --states, --train), or a trained"
              + " one (--decoder)");
    }
    CursorData.Rows rows = data.rows("--train", train);
    withoutEffect(output);
    FilterSpec spec = spec(rows.size());
    if (spec.kind() == FilterKind.BEST) {
      output.note("training best on %d rows; at 5,000 it takes a minute or two …", rows.size());
    }
    long start = System.nanoTime();
    CursorDecoder fresh = FilterTraining.train(spec, rows.features(), rows.states());
    double seconds = (System.nanoTime() - start) / 1e9;
    if (save != null) {
      DecoderFile.save(fresh, save, force);
      RunRecord record = new RunRecord("cursor, training", configuration(), seed);
      record.input(features);
      record.input(states);
      record.figures(Map.of("trainSeconds", seconds, "hyperparameters", fresh.hyperparameters()));
      record.write(RunRecord.beside(save), force);
    }
    return new Trained(fresh, seconds);
  }

  /** Says which options the filter does not heed. */
  private void withoutEffect(OutputOptions output) {
    FilterKind kind = FilterKind.of(filter.toLowerCase(Locale.ROOT));
    List<String> idle = new ArrayList<>();
    if (!kind.isDiscriminative()) {
      note(idle, "--policy", policy);
      note(idle, "--noise", noise);
    }
    if (!kind.splitsRows()) {
      note(idle, "--f-rows", fRows);
      note(idle, "--q-rows", qRows);
    }
    if (kind == FilterKind.BEST || kind == FilterKind.GRU) {
      note(idle, "--lags", lags);
    }
    boolean freezes =
        kind == FilterKind.KALMAN || kind == FilterKind.KALMAN_PV || kind == FilterKind.REFIT;
    if (!freezes && steadyState) {
      idle.add("--steady-state");
    }
    if (!idle.isEmpty()) {
      output.note("%s: no effect on the filter %s", String.join(", ", idle), kind.id());
    }
  }

  private static void note(List<String> idle, String option, Object value) {
    if (value != null) {
      idle.add(option);
    }
  }

  private FilterSpec spec(int trainingRows) {
    FilterKind kind = FilterKind.of(filter.toLowerCase(Locale.ROOT));
    RowRange f =
        fRows == null ? null : RowRange.parse(fRows).check(trainingRows, "the training rows");
    RowRange q =
        qRows == null ? null : RowRange.parse(qRows).check(trainingRows, "the training rows");
    return new FilterSpec(
        kind,
        policy == null ? FallbackPolicy.CODE : policy,
        noise,
        lags == null ? 1 : lags,
        f,
        q,
        settings,
        steadyState,
        seed);
  }

  private void refuseTrainingOptions() {
    if (policy != null
        || noise != null
        || lags != null
        || fRows != null
        || qRows != null
        || steadyState
        || save != null
        || !settings.isEmpty()) {
      throw new UsageException(
          "--decoder brings its own filter; leave out --policy, --noise, --lags, --f-rows,"
              + " --q-rows, --steady-state, --set and --save");
    }
  }

  /** The options as they were given, for {@code run.json}. */
  Map<String, Object> configuration() {
    Map<String, Object> all = new LinkedHashMap<>();
    put(all, "features", features);
    put(all, "states", states);
    put(all, "train", train);
    put(all, "test", test);
    put(all, "filter", filter);
    put(all, "policy", policy == null ? null : policy.id());
    put(all, "noise", noise == null ? null : noise.id());
    put(all, "lags", lags);
    put(all, "fRows", fRows);
    put(all, "qRows", qRows);
    if (!settings.isEmpty()) {
      all.put("set", settings);
    }
    put(all, "steadyState", steadyState ? true : null);
    put(all, "decoder", decoder);
    return all;
  }

  private static void put(Map<String, Object> all, String name, Object value) {
    if (value != null) {
      all.put(name, value instanceof Path p ? p.toString() : value);
    }
  }
}
