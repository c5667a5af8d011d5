package org.efferent.filters;

import java.util.Locale;

/** Regressors and noise models to tensors and back; {@link DecoderCodec} has the table of names. */
final class RegressorCodec {
  private RegressorCodec() {}

  static void write(StateWriter writer, Regressor regressor) {
    if (regressor instanceof LinearRegressor line) {
      writer.put("f.weights", line.weights(), line.outputs(), line.inputs());
      writer.vector("f.intercept", line.intercept());
    } else if (regressor instanceof NadarayaWatson smoother) {
      writer.table("f.rows", smoother.rows());
      writer.table("f.targets", smoother.targets());
      writer.scalar("f.bandwidth", smoother.bandwidth());
    } else if (regressor instanceof NearestNeighbours neighbours) {
      writer.table("f.rows", neighbours.rows());
      writer.table("f.targets", neighbours.targets());
      writer.scalar("f.k", neighbours.k());
    } else if (regressor instanceof GaussianProcess process) {
      writer.text("kernel", process.shape().name().toLowerCase(Locale.ROOT));
      writer.table("f.rows", process.rows());
      writer.table("f.alpha", process.alpha());
      writer.table("f.hyper", process.hyper());
      if (process.scales() != null) {
        writer.vector("f.scales", process.scales().clone());
      }
    } else if (regressor instanceof MeanKernel kernel) {
      writer.table("f.centres", kernel.centres());
      writer.vector("f.weights", kernel.weights());
      writer.vector("f.shares", kernel.shares());
      writer.table("f.alpha", kernel.alpha());
    } else if (regressor instanceof NeuralRegressor network) {
      network(writer, "f.", network);
    } else {
      throw new IllegalStateException("no form for " + regressor.getClass().getSimpleName());
    }
  }

  static void network(StateWriter writer, String prefix, NeuralRegressor network) {
    writer.put(prefix + "weights", network.weights(), network.hidden(), network.inputs());
    writer.vector(prefix + "bias", network.bias());
    writer.put(prefix + "readout", network.readout(), network.outputs(), network.hidden());
    writer.vector(prefix + "offset", network.offset());
  }

  static NeuralRegressor network(StateReader reader, String prefix, int inputs, int outputs) {
    double[] bias = reader.values(prefix + "bias", -1);
    return new NeuralRegressor(
        reader.values(prefix + "weights", bias.length, inputs),
        bias,
        reader.values(prefix + "readout", outputs, bias.length),
        reader.values(prefix + "offset", outputs));
  }

  static Regressor read(StateReader reader, FilterKind kind, int m, int d) {
    return switch (kind) {
      case DKF_LINEAR ->
          new LinearRegressor(reader.values("f.weights", d, m), reader.values("f.intercept", d));
      case DKF_NN -> network(reader, "f.", m, d);
      case DKF_MK ->
          new MeanKernel(
              reader.table("f.centres", m),
              reader.values("f.weights", m),
              reader.values("f.shares", m),
              reader.table("f.alpha", d));
      case DKF_GP -> {
        double[][] rows = reader.table("f.rows", m);
        yield new GaussianProcess(
            reader.constant("kernel", KernelShape.values()),
            rows,
            reader.has("f.scales") ? reader.values("f.scales", m) : null,
            Tables.rows(reader.values("f.hyper", d, GaussianProcess.HYPER), GaussianProcess.HYPER),
            Tables.rows(reader.values("f.alpha", d, rows.length), rows.length));
      }
      case DKF_NW -> {
        double[][] rows = reader.table("f.rows", m);
        yield new NadarayaWatson(rows, reader.table("f.targets", d), reader.scalar("f.bandwidth"));
      }
      case DKF_KNN -> {
        double[][] rows = reader.table("f.rows", m);
        yield new NearestNeighbours(rows, reader.table("f.targets", d), (int) reader.scalar("f.k"));
      }
      default -> throw new IllegalStateException("no regressor alone makes " + kind.id());
    };
  }

  static void noise(StateWriter writer, NoiseModel noise) {
    int d = noise.dimensions();
    if (noise instanceof ConstantNoise constant) {
      writer.put("q.constant", constant.values(), d, d);
    } else if (noise instanceof LocalNoise local) {
      writer.table("q.rows", local.rows());
      writer.table("q.residuals", local.residuals());
      writer.scalar("q.bandwidth", local.bandwidth());
    }
  }

  static NoiseModel noise(StateReader reader, NoiseKind kind, int m, int d) {
    return kind == NoiseKind.CONSTANT
        ? new ConstantNoise(d, reader.values("q.constant", d, d))
        : new LocalNoise(
            reader.table("q.rows", m),
            reader.table("q.residuals", d),
            reader.scalar("q.bandwidth"));
  }
}
