package org.efferent.viz.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Chunk;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.viz.dashboard.QualitySnapshot.State;

/**
 * Looks at every second of raw samples and says of each channel whether values are missing, it is
 * flat, stuck at a rail, or drowned by the mains, and how large it is. One thread feeds, any thread
 * asks.
 */
public final class QualityModel {
  private static final int IRREGULAR_ROWS = 100;
  private static final double MISSING = 0.05;
  private static final double STUCK = 0.05;
  private static final double LINE = 0.5;
  private static final double LINE_HZ = 1.5;
  private static final int RUN = 3;
  private static final double NOISY = 5;
  private static final int LEAST_COMPARED = 4;
  private static final int LEAST_LEVELS = 10;

  private final StreamInfo info;
  private final int channels;
  private final int rows;
  private final float[][] block;
  private final Periodogram periodogram;
  private final double[] power;
  private final double[] places;
  private int filled;
  private QualitySnapshot latest;

  /**
   * A model that has seen nothing.
   *
   * @param info the stream; channels with a position go on the map
   */
  public QualityModel(StreamInfo info) {
    this.info = info;
    channels = info.channelCount();
    double rate = info.sampleRateHz();
    rows = rate > 0 ? (int) Math.max(16, Math.min(8192, Math.rint(rate))) : IRREGULAR_ROWS;
    block = new float[channels][rows];
    periodogram = rate > 0 ? new Periodogram(Periodogram.size(rows), rate) : null;
    power = new double[periodogram == null ? 0 : periodogram.bins()];
    places = new double[2 * channels];
    for (int c = 0; c < channels; c++) {
      double[] at = place(info.channels().get(c));
      places[2 * c] = at[0];
      places[2 * c + 1] = at[1];
    }
    latest = new QualitySnapshot(info.name(), info.channels().get(0).unit(), List.of());
  }

  /**
   * A position on the head from above: the angle from the top is the distance from the centre, a
   * right angle the radius (azimuthal equidistant); NaN where none is known.
   */
  static double[] place(ChannelInfo channel) {
    if (channel.position().isEmpty()) {
      return new double[] {Double.NaN, Double.NaN};
    }
    SensorPosition p = channel.position().get();
    double length = Math.sqrt(p.x() * p.x() + p.y() * p.y() + p.z() * p.z());
    if (length == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double out = Math.acos(p.z() / length) / (Math.PI / 2);
    double flat = Math.hypot(p.x(), p.y());
    return flat == 0 ? new double[] {0, 0} : new double[] {out * p.x() / flat, out * p.y() / flat};
  }

  /** Takes raw rows; not modified. */
  public synchronized void feed(Chunk chunk) {
    for (int r = 0; r < chunk.rows(); r++) {
      for (int c = 0; c < channels; c++) {
        block[c][filled] = (float) chunk.values()[r * channels + c];
      }
      if (++filled == rows) {
        filled = 0;
        latest = look();
      }
    }
  }

  private QualitySnapshot look() {
    List<QualitySnapshot.Channel> all = new ArrayList<>();
    float[] sorted = new float[rows];
    for (int c = 0; c < channels; c++) {
      all.add(look(c, sorted));
    }
    all.replaceAll(noisy(all));
    return new QualitySnapshot(info.name(), info.channels().get(0).unit(), all);
  }

  /** Finds those that are much larger than the others. */
  private static UnaryOperator<QualitySnapshot.Channel> noisy(List<QualitySnapshot.Channel> all) {
    double[] sizes =
        all.stream()
            .filter(c -> c.state() == State.GOOD)
            .mapToDouble(QualitySnapshot.Channel::amplitude)
            .sorted()
            .toArray();
    double limit =
        sizes.length < LEAST_COMPARED ? Double.POSITIVE_INFINITY : NOISY * sizes[sizes.length / 2];
    return c ->
        c.state() == State.GOOD && limit > 0 && c.amplitude() > limit
            ? new QualitySnapshot.Channel(
                c.label(),
                State.NOISY,
                c.amplitude(),
                c.lineShare(),
                c.missingShare(),
                c.x(),
                c.y())
            : c;
  }

  private QualitySnapshot.Channel look(int c, float[] sorted) {
    float[] values = block[c];
    int n = 0;
    for (float v : values) {
      if (Float.isFinite(v)) {
        sorted[n++] = v;
      }
    }
    double missing = 1 - (double) n / rows;
    Arrays.sort(sorted, 0, n);
    double amplitude = n == 0 ? Double.NaN : deviation(sorted, n);
    double line = missing == 0 ? lineShare(values) : Double.NaN;
    State state;
    if (missing > MISSING) {
      state = State.MISSING;
    } else if (!(sorted[n - 1] - sorted[0] > 1e-6f * Math.max(1e-9f, Math.abs(sorted[n / 2])))) {
      state = State.FLAT;
    } else if (levels(sorted, n) >= LEAST_LEVELS
        && stuck(values, sorted[0], sorted[n - 1]) > STUCK) {
      state = State.SATURATED;
    } else {
      state = line > LINE ? State.LINE : State.GOOD;
    }
    return new QualitySnapshot.Channel(
        info.channels().get(c).label(),
        state,
        amplitude,
        line,
        missing,
        places[2 * c],
        places[2 * c + 1]);
  }

  /** 1.4826 times the median of |x - median|: sigma of a normal distribution. */
  private static double deviation(float[] sorted, int n) {
    float median = sorted[n / 2];
    float[] away = new float[n];
    for (int i = 0; i < n; i++) {
      away[i] = Math.abs(sorted[i] - median);
    }
    Arrays.sort(away);
    return 1.4826 * away[n / 2];
  }

  private static int levels(float[] sorted, int n) {
    int levels = 1;
    for (int i = 1; i < n; i++) {
      levels += sorted[i] > sorted[i - 1] ? 1 : 0;
    }
    return levels;
  }

  /** Share of the values in runs of at least three at the least or the largest. */
  private static double stuck(float[] values, float low, float high) {
    int stuck = 0;
    int run = 0;
    for (int i = 0; i < values.length; i++) {
      boolean rail = values[i] <= low || values[i] >= high;
      run = rail && (run == 0 || values[i] == values[i - 1]) ? run + 1 : rail ? 1 : 0;
      stuck += run == RUN ? RUN : run > RUN ? 1 : 0;
    }
    return (double) stuck / values.length;
  }

  private double lineShare(float[] values) {
    if (periodogram == null || info.sampleRateHz() < 2 * (50 + LINE_HZ)) {
      return Double.NaN;
    }
    if (!periodogram.power(values, 0, power)) {
      return Double.NaN;
    }
    double all = 0;
    double fifty = 0;
    double sixty = 0;
    for (int k = 0; k < power.length; k++) {
      double hz = k * periodogram.binHz();
      all += hz >= 1 ? power[k] : 0;
      fifty += Math.abs(hz - 50) <= LINE_HZ ? power[k] : 0;
      sixty += Math.abs(hz - 60) <= LINE_HZ ? power[k] : 0;
    }
    return all > 0 ? Math.max(fifty, sixty) / all : Double.NaN;
  }

  /** The last whole second. */
  public synchronized QualitySnapshot snapshot() {
    return latest;
  }
}
