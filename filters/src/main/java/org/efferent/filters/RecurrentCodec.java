package org.efferent.filters;

import org.efferent.core.InputException;

/** Decoders with recurrent networks to tensors and back; {@link DecoderCodec} has the table. */
final class RecurrentCodec {
  private static final int MOST_HIDDEN = 1_000_000;

  private RecurrentCodec() {}

  static void write(StateWriter writer, BestEngine best) {
    LaggedProcess process = best.process();
    writer.table("f.rows", process.rows());
    writer.table("f.alpha", process.alpha());
    writer.vector("f.lagScales", process.lagScales());
    writer.vector("f.featureScales", process.featureScales());
    writer.scalar("f.signal", process.signal());
    RegressorCodec.noise(writer, best.noise());
    writer.vector("input.mean", best.mean());
    writer.vector("input.factor", best.factor());
    LstmNetwork[] networks = best.networks();
    double[][] parameters = new double[networks.length][];
    for (int i = 0; i < networks.length; i++) {
      parameters[i] = networks[i].parameters();
    }
    writer.table("lstm.parameters", parameters);
    writer.scalar("lstm.hidden", networks[0].hidden());
    writer.scalar("state.scale", best.stateScale());
    writer.scalar("share", best.share());
  }

  static void write(StateWriter writer, GruEngine gru) {
    RegressorCodec.noise(writer, gru.noise());
    writer.vector("input.mean", gru.mean());
    writer.vector("input.factor", gru.factor());
    writer.put("gru.parameters", gru.network().parameters(), 1, gru.network().parameters().length);
    writer.scalar("gru.hidden", gru.network().hidden());
    writer.scalar("state.scale", gru.stateScale());
  }

  static GruEngine gru(StateReader reader, int features, int d) {
    int hidden = hidden(reader, "gru.hidden");
    double[] parameters = reader.values("gru.parameters", 1, GruNetwork.size(features, hidden, d));
    return new GruEngine(
        reader.values("input.mean", features),
        reader.values("input.factor", features),
        new GruNetwork(features, hidden, d, parameters),
        reader.scalar("state.scale"),
        new ConstantNoise(d, reader.values("q.constant", d, d)));
  }

  static BestEngine best(StateReader reader, int features, int m, int d) {
    int hidden = hidden(reader, "lstm.hidden");
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
        new ConstantNoise(d, reader.values("q.constant", d, d)));
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

  private static int hidden(StateReader reader, String name) {
    int hidden = (int) reader.scalar(name);
    if (hidden < 1 || hidden > MOST_HIDDEN) {
      throw new InputException(name + " must lie in 1 to 1000000; " + name + "=" + hidden);
    }
    return hidden;
  }
}
