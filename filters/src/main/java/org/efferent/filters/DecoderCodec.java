package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * A {@link CursorDecoder} to a {@link DecoderState} and back, the same to the last bit.
 *
 * <table>
 * <caption>Tensors; m = lags × features, d = states, h = hidden units</caption>
 * <tr><td>model.A, model.Gamma, model.S</td><td>[d, d]; [2d, 2d] of kalman-pv</td>
 *     <td>all but gru, best</td></tr>
 * <tr><td>kalman.H, kalman.L, kalman.b</td><td>[m, d] ([m, 2d]), [m, m], [m] if not zero</td>
 *     <td>kalman, kalman-pv, refit</td></tr>
 * <tr><td>position.H, position.decay, position.rate</td><td>[m, d], [1] twice</td>
 *     <td>refit</td></tr>
 * <tr><td>h.weights, h.bias, h.readout, h.offset, h.R</td>
 *     <td>[h, d], [h], [m, h], [m], [m, m]</td><td>ekf, ukf</td></tr>
 * <tr><td>f.weights, f.intercept</td><td>[d, m], [d]</td><td>dkf-linear</td></tr>
 * <tr><td>f.rows, f.targets, f.bandwidth or f.k</td><td>[n, m], [n, d], [1]</td>
 *     <td>dkf-nw, dkf-knn</td></tr>
 * <tr><td>f.rows, f.alpha, f.hyper, f.scales</td><td>[n, m], [d, n], [d, 3], [m] if scaled</td>
 *     <td>dkf-gp; metadata kernel</td></tr>
 * <tr><td>f.centres, f.weights, f.shares, f.alpha</td><td>[n, m], [m] twice, [n, d]</td>
 *     <td>dkf-mk</td></tr>
 * <tr><td>f.weights, f.bias, f.readout, f.offset</td><td>[h, m], [h], [d, h], [d]</td>
 *     <td>dkf-nn</td></tr>
 * <tr><td>f.rows, f.alpha, f.lagScales, f.featureScales, f.signal</td>
 *     <td>[n, features], [d, n], [lags], [features], [1]</td><td>best</td></tr>
 * <tr><td>input.mean, input.factor, state.scale</td><td>[features] twice, [1]</td>
 *     <td>best, gru</td></tr>
 * <tr><td>lstm.parameters, lstm.hidden, share</td><td>[networks, parameters], [1] twice</td>
 *     <td>best</td></tr>
 * <tr><td>gru.parameters, gru.hidden</td><td>[1, parameters], [1]</td><td>gru</td></tr>
 * <tr><td>q.constant</td><td>[d, d]</td><td>constant noise</td></tr>
 * <tr><td>q.rows, q.residuals, q.bandwidth</td><td>[n, m], [n, d], [1]</td><td>local noise</td></tr>
 * </table>
 */
final class DecoderCodec {
  static final String FORMAT = "efferent-cursor-decoder";
  static final int VERSION = 1;

  private static final int MOST_FEATURES = 1_000_000;

  private DecoderCodec() {}

  static DecoderState write(CursorDecoder decoder, boolean steadyState) {
    StateWriter writer = new StateWriter();
    writer.text("format", FORMAT);
    writer.text("version", VERSION);
    writer.text("filter", decoder.kind().id());
    writer.text("policy", decoder.policy().id());
    writer.text("noise", decoder.noise().id());
    writer.text("lags", decoder.lags());
    writer.text("inputs", decoder.inputs());
    writer.text("outputs", decoder.outputs());
    writer.text("steadyState", steadyState);
    decoder.hyperparameters().forEach((k, v) -> writer.text("hyper." + k, v));
    Engine engine = decoder.engine();
    if (engine instanceof KalmanFilter kalman) {
      kalman(writer, kalman);
    } else if (engine instanceof PositionVelocityEngine both) {
      kalman(writer, both.filter());
    } else if (engine instanceof RefitEngine refit) {
      kalman(writer, refit.filter());
      writer.put("position.H", refit.byPosition(), refit.filter().inputs(), decoder.outputs());
      writer.scalar("position.decay", refit.positions().decay());
      writer.scalar("position.rate", refit.positions().rate());
    } else if (engine instanceof NonlinearEngine nonlinear) {
      model(writer, nonlinear.model());
      WhitenedNetwork observations = nonlinear.observations();
      RegressorCodec.network(writer, "h.", observations.network());
      int m = observations.network().outputs();
      writer.put("h.R", observations.noise(), m, m);
    } else if (engine instanceof DiscriminativeEngine discriminative) {
      model(writer, discriminative.model());
      RegressorCodec.write(writer, discriminative.regressor());
      RegressorCodec.noise(writer, discriminative.noise());
    } else if (engine instanceof GruEngine gru) {
      RecurrentCodec.write(writer, gru);
    } else if (engine instanceof BestEngine best) {
      RecurrentCodec.write(writer, best);
    } else {
      throw new IllegalStateException("no form for " + engine.getClass().getSimpleName());
    }
    return writer.state();
  }

  private static void model(StateWriter writer, StateModel model) {
    int d = model.dimensions();
    writer.put("model.A", model.transition(), d, d);
    writer.put("model.Gamma", model.transitionNoise(), d, d);
    writer.put("model.S", model.stateCovariance(), d, d);
  }

  private static void kalman(StateWriter writer, KalmanFilter kalman) {
    model(writer, kalman.model());
    int m = kalman.inputs();
    writer.put("kalman.H", kalman.observation(), m, kalman.model().dimensions());
    writer.put("kalman.L", kalman.observationNoise(), m, m);
    if (Arrays.stream(kalman.offset()).anyMatch(b -> b != 0)) {
      writer.vector("kalman.b", kalman.offset());
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
    Engine engine = engine(reader, spec, inputs, m, d);
    return new CursorDecoder(spec, inputs, d, engine, reader.numbers("hyper."));
  }

  private static Engine engine(StateReader reader, FilterSpec spec, int features, int m, int d) {
    return switch (spec.kind()) {
      case BEST -> RecurrentCodec.best(reader, features, m, d);
      case GRU -> RecurrentCodec.gru(reader, m, d);
      case KALMAN -> kalman(reader, spec, m, d);
      case KALMAN_PV -> new PositionVelocityEngine(kalman(reader, spec, m, 2 * d));
      case REFIT ->
          new RefitEngine(
              kalman(reader, spec, m, d),
              reader.values("position.H", m, d),
              new PositionModel(reader.scalar("position.decay"), reader.scalar("position.rate")));
      case EKF, UKF ->
          new NonlinearEngine(
              model(reader, d),
              new WhitenedNetwork(
                  RegressorCodec.network(reader, "h.", d, m), reader.values("h.R", m, m)),
              spec.kind() == FilterKind.UKF);
      default ->
          new DiscriminativeEngine(
              model(reader, d),
              spec.policy(),
              RegressorCodec.read(reader, spec.kind(), m, d),
              RegressorCodec.noise(reader, spec.effectiveNoise(), m, d));
    };
  }

  private static StateModel model(StateReader reader, int d) {
    return new StateModel(
        d,
        reader.values("model.A", d, d),
        reader.values("model.Gamma", d, d),
        reader.values("model.S", d, d));
  }

  private static KalmanFilter kalman(StateReader reader, FilterSpec spec, int m, int d) {
    return new KalmanFilter(
        model(reader, d),
        reader.values("kalman.H", m, d),
        reader.values("kalman.L", m, m),
        reader.has("kalman.b") ? reader.values("kalman.b", m) : new double[m],
        spec.steadyState());
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
}
