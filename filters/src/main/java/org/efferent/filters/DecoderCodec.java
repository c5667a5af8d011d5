package org.efferent.filters;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;

/**
 * A {@link CursorDecoder} to a {@link DecoderState} and back, the same to the last bit.
 *
 * <table>
 * <caption>Tensors; m = lags × features, d = states</caption>
 * <tr><td>model.A, model.Gamma, model.S</td><td>[d, d]</td><td>all</td></tr>
 * <tr><td>kalman.H, kalman.L, kalman.b</td><td>[m, d], [m, m], [m] if not zero</td>
 *     <td>kalman</td></tr>
 * <tr><td>f.weights, f.intercept</td><td>[d, m], [d]</td><td>dkf-linear</td></tr>
 * <tr><td>f.rows, f.targets, f.bandwidth or f.k</td><td>[n, m], [n, d], [1]</td>
 *     <td>dkf-nw, dkf-knn</td></tr>
 * <tr><td>f.rows, f.alpha, f.hyper, f.scales</td><td>[n, m], [d, n], [d, 3], [m] if scaled</td>
 *     <td>dkf-gp; metadata kernel</td></tr>
 * <tr><td>f.rows, f.alpha, f.lagScales, f.featureScales, f.signal</td>
 *     <td>[n, features], [d, n], [lags], [features], [1]</td><td>best</td></tr>
 * <tr><td>input.mean, input.factor, lstm.parameters, lstm.hidden, state.scale, share</td>
 *     <td>[features] twice, [networks, parameters], [1] thrice</td><td>best</td></tr>
 * <tr><td>q.constant</td><td>[d, d]</td><td>constant noise</td></tr>
 * <tr><td>q.rows, q.residuals, q.bandwidth</td><td>[n, m], [n, d], [1]</td><td>local noise</td></tr>
 * </table>
 */
final class DecoderCodec {
  static final String FORMAT = "efferent-cursor-decoder";
  static final int VERSION = 1;

  private static final int MOST_FEATURES = 1_000_000;

  private final Map<String, DecoderState.Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private DecoderCodec() {}

  static DecoderState write(CursorDecoder decoder, boolean steadyState) {
    DecoderCodec codec = new DecoderCodec();
    Map<String, String> metadata = codec.metadata;
    metadata.put("format", FORMAT);
    metadata.put("version", String.valueOf(VERSION));
    metadata.put("filter", decoder.kind().id());
    metadata.put("policy", decoder.policy().id());
    metadata.put("noise", decoder.noise().id());
    metadata.put("lags", String.valueOf(decoder.lags()));
    metadata.put("inputs", String.valueOf(decoder.inputs()));
    metadata.put("outputs", String.valueOf(decoder.outputs()));
    metadata.put("steadyState", String.valueOf(steadyState));
    decoder.hyperparameters().forEach((k, v) -> metadata.put("hyper." + k, String.valueOf(v)));
    int d = decoder.outputs();
    if (decoder.engine() instanceof KalmanFilter kalman) {
      codec.model(kalman.model());
      codec.put("kalman.H", kalman.observation(), kalman.inputs(), d);
      codec.put("kalman.L", kalman.observationNoise(), kalman.inputs(), kalman.inputs());
      if (Arrays.stream(kalman.offset()).anyMatch(b -> b != 0)) {
        codec.put("kalman.b", kalman.offset(), kalman.inputs());
      }
    } else if (decoder.engine() instanceof DiscriminativeEngine engine) {
      codec.model(engine.model());
      codec.regressor(engine.regressor());
      codec.noise(engine.noise());
    } else if (decoder.engine() instanceof BestEngine best) {
      codec.best(best);
    }
    return new DecoderState(codec.tensors, metadata);
  }

  private void put(String name, double[] values, int... shape) {
    tensors.put(name, new DecoderState.Tensor(values, shape));
  }

  private void put(String name, double[][] table) {
    put(name, Tables.flat(table), table.length, table[0].length);
  }

  private void model(StateModel model) {
    int d = model.dimensions();
    put("model.A", model.transition(), d, d);
    put("model.Gamma", model.transitionNoise(), d, d);
    put("model.S", model.stateCovariance(), d, d);
  }

  private void regressor(Regressor regressor) {
    if (regressor instanceof LinearRegressor line) {
      put("f.weights", line.weights(), line.outputs(), line.inputs());
      put("f.intercept", line.intercept(), line.outputs());
    } else if (regressor instanceof NadarayaWatson smoother) {
      put("f.rows", smoother.rows());
      put("f.targets", smoother.targets());
      put("f.bandwidth", new double[] {smoother.bandwidth()}, 1);
    } else if (regressor instanceof NearestNeighbours neighbours) {
      put("f.rows", neighbours.rows());
      put("f.targets", neighbours.targets());
      put("f.k", new double[] {neighbours.k()}, 1);
    } else if (regressor instanceof GaussianProcess process) {
      metadata.put("kernel", process.shape().name().toLowerCase(java.util.Locale.ROOT));
      put("f.rows", process.rows());
      put("f.alpha", process.alpha());
      put("f.hyper", process.hyper());
      if (process.scales() != null) {
        put("f.scales", process.scales().clone(), process.inputs());
      }
    } else {
      throw new IllegalStateException("no form for " + regressor.getClass().getSimpleName());
    }
  }

  private void best(BestEngine best) {
    LaggedProcess process = best.process();
    put("f.rows", process.rows());
    put("f.alpha", process.alpha());
    put("f.lagScales", process.lagScales(), process.lagScales().length);
    put("f.featureScales", process.featureScales(), process.featureScales().length);
    put("f.signal", new double[] {process.signal()}, 1);
    noise(best.noise());
    put("input.mean", best.mean(), best.mean().length);
    put("input.factor", best.factor(), best.factor().length);
    LstmNetwork[] networks = best.networks();
    double[][] parameters = new double[networks.length][];
    for (int i = 0; i < networks.length; i++) {
      parameters[i] = networks[i].parameters();
    }
    put("lstm.parameters", parameters);
    put("lstm.hidden", new double[] {networks[0].hidden()}, 1);
    put("state.scale", new double[] {best.stateScale()}, 1);
    put("share", new double[] {best.share()}, 1);
  }

  private static LaggedProcess process(StateReader reader, int features, int lags, int d) {
    double[][] rows = reader.table("f.rows", features);
    return new LaggedProcess(
        rows,
        reader.values("f.lagScales", lags),
        reader.values("f.featureScales", features),
        reader.scalar("f.signal"),
        Tables.rows(reader.values("f.alpha", d, rows.length), rows.length));
  }

  private static BestEngine best(StateReader reader, int features, int m, int d) {
    int hidden = (int) reader.scalar("lstm.hidden");
    if (hidden < 1 || hidden > MOST_FEATURES) {
      throw new InputException("lstm.hidden must lie in 1 to 1000000; lstm.hidden=" + hidden);
    }
    double[][] parameters = reader.table("lstm.parameters", LstmNetwork.size(features, hidden, d));
    LstmNetwork[] networks = new LstmNetwork[parameters.length];
    for (int i = 0; i < networks.length; i++) {
      networks[i] = new LstmNetwork(features, hidden, d, parameters[i]);
    }
    return new BestEngine(
        reader.values("input.mean", features),
        reader.values("input.factor", features),
        process(reader, features, m / features, d),
        networks,
        reader.scalar("state.scale"),
        reader.scalar("share"),
        (ConstantNoise) noise(reader, NoiseKind.CONSTANT, m, d));
  }

  private void noise(NoiseModel noise) {
    int d = noise.dimensions();
    if (noise instanceof ConstantNoise constant) {
      put("q.constant", constant.values(), d, d);
    } else if (noise instanceof LocalNoise local) {
      put("q.rows", local.rows());
      put("q.residuals", local.residuals());
      put("q.bandwidth", new double[] {local.bandwidth()}, 1);
    }
  }

  static CursorDecoder read(DecoderState state) {
    StateReader reader = new StateReader(state);
    String format = reader.text("format");
    if (!format.equals(FORMAT)) {
      throw new InputException(
          "a saved decoder's format must be '" + FORMAT + "'; format=" + format);
    }
    int version = reader.whole("version", 1, Integer.MAX_VALUE);
    if (version > VERSION) {
      throw new InputException(
          "a saved decoder's version must be at most "
              + VERSION
              + "; version="
              + version
              + ": it was saved by a newer Efferent, use that one");
    }
    FilterKind kind = kind(reader.text("filter"));
    FallbackPolicy policy = reader.constant("policy", FallbackPolicy.values());
    NoiseKind noise = reader.constant("noise", NoiseKind.values());
    int lags = reader.whole("lags", 1, FilterSpec.MOST_LAGS);
    int inputs = reader.whole("inputs", 1, MOST_FEATURES);
    int d = reader.whole("outputs", 1, 1000);
    boolean steady = Boolean.parseBoolean(reader.text("steadyState"));
    int m = Math.multiplyExact(inputs, lags);
    FilterSpec spec =
        FilterSpec.of(kind)
            .withPolicy(policy)
            .withNoise(noise)
            .withLags(lags)
            .withSteadyState(steady);
    Engine engine =
        kind == FilterKind.BEST ? best(reader, inputs, m, d) : filter(reader, spec, m, d);
    return new CursorDecoder(spec, inputs, d, engine, reader.numbers("hyper."));
  }

  private static Engine filter(StateReader reader, FilterSpec spec, int m, int d) {
    StateModel model =
        new StateModel(
            d,
            reader.values("model.A", d, d),
            reader.values("model.Gamma", d, d),
            reader.values("model.S", d, d));
    return spec.kind() == FilterKind.KALMAN
        ? new KalmanFilter(
            model,
            reader.values("kalman.H", m, d),
            reader.values("kalman.L", m, m),
            reader.has("kalman.b") ? reader.values("kalman.b", m) : new double[m],
            spec.steadyState())
        : new DiscriminativeEngine(
            model,
            spec.policy(),
            regressor(reader, spec.kind(), m, d),
            noise(reader, spec.effectiveNoise(), m, d));
  }

  private static FilterKind kind(String id) {
    for (FilterKind kind : FilterKind.values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw new InputException(
        "a saved decoder's filter must be one that this version knows; filter=" + id);
  }

  private static Regressor regressor(StateReader reader, FilterKind kind, int m, int d) {
    if (kind == FilterKind.DKF_LINEAR) {
      return new LinearRegressor(reader.values("f.weights", d, m), reader.values("f.intercept", d));
    }
    double[][] rows = reader.table("f.rows", m);
    if (kind == FilterKind.DKF_GP) {
      return new GaussianProcess(
          reader.constant("kernel", KernelShape.values()),
          rows,
          reader.has("f.scales") ? reader.values("f.scales", m) : null,
          Tables.rows(reader.values("f.hyper", d, GaussianProcess.HYPER), GaussianProcess.HYPER),
          Tables.rows(reader.values("f.alpha", d, rows.length), rows.length));
    }
    double[][] targets = reader.table("f.targets", d);
    return kind == FilterKind.DKF_NW
        ? new NadarayaWatson(rows, targets, reader.scalar("f.bandwidth"))
        : new NearestNeighbours(rows, targets, (int) reader.scalar("f.k"));
  }

  private static NoiseModel noise(StateReader reader, NoiseKind kind, int m, int d) {
    return kind == NoiseKind.CONSTANT
        ? new ConstantNoise(d, reader.values("q.constant", d, d))
        : new LocalNoise(
            reader.table("q.rows", m),
            reader.table("q.residuals", d),
            reader.scalar("q.bandwidth"));
  }
}
