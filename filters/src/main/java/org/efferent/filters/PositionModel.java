package org.efferent.filters;

/**
 * How positions follow from velocities, {@code p_t = decay p_{t-1} + rate v_{t-1}}: the position is
 * where the cursor stands as bin t begins, before the movement of bin t.
 *
 * @param decay share of the position that stays from bin to bin, above 0, at most 1; below 1 the
 *     position is a leaky sum, for recordings that hold velocities alone and whose sum would drift
 * @param rate length of a bin, in the unit of a position over that of a velocity
 */
record PositionModel(double decay, double rate) {

  /** Positions from velocities alone, one bin the unit of time; the first is 0. */
  static double[][] integrate(double[][] velocities, double decay) {
    double[][] out = new double[velocities.length][velocities[0].length];
    for (int t = 1; t < out.length; t++) {
      for (int i = 0; i < out[t].length; i++) {
        out[t][i] = decay * out[t - 1][i] + velocities[t - 1][i];
      }
    }
    return out;
  }

  /** The rate of positions that were recorded beside their velocities, by least squares. */
  static PositionModel of(double[][] positions, double[][] velocities) {
    double product = 0;
    double power = 0;
    for (int t = 1; t < positions.length; t++) {
      for (int i = 0; i < positions[t].length; i++) {
        product += (positions[t][i] - positions[t - 1][i]) * velocities[t - 1][i];
        power += velocities[t - 1][i] * velocities[t - 1][i];
      }
    }
    return new PositionModel(1, power > 0 ? product / power : 0);
  }

  /** {@code position = decay position + rate velocity}. */
  void advance(double[] position, double[] velocity) {
    for (int i = 0; i < position.length; i++) {
      position[i] = decay * position[i] + rate * velocity[i];
    }
  }
}
