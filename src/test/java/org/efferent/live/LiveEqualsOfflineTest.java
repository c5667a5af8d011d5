package org.efferent.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Decoded;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.StreamInfo;
import org.efferent.core.Window;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.DiscriminativeKalmanFilter;
import org.efferent.filters.FallbackPolicy;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.efferent.filters.KalmanFilter;
import org.efferent.filters.StateModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same rows through LSL, ring and session, and through the offline driver: the same estimates,
 * to the bit. On a recording that a seed makes, so that it runs everywhere.
 */
class LiveEqualsOfflineTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int FEATURES = 6;
  private static final int TRAINING = 500;
  private static final int ROWS = 900;

  private final double[][] x = new double[ROWS][FEATURES];
  private final double[][] z = new double[ROWS][2];

  LiveEqualsOfflineTest() {
    Random random = new Random(11);
    double[][] h = new double[FEATURES][2];
    for (double[] row : h) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    for (int t = 0; t < ROWS; t++) {
      for (int i = 0; i < 2; i++) {
        double before = t == 0 ? 0 : 0.85 * z[t - 1][i] + 0.1 * z[t - 1][1 - i];
        z[t][i] = before + 0.3 * random.nextGaussian();
      }
      for (int f = 0; f < FEATURES; f++) {
        double seen = h[f][0] * z[t][0] + h[f][1] * z[t][1];
        x[t][f] = seen + 0.3 * Math.sin(2 * seen) + 0.8 * random.nextGaussian();
      }
    }
  }

  private MemoryRecording heldOut() {
    int rows = ROWS - TRAINING;
    double[] stamps = new double[rows];
    double[] values = new double[rows * FEATURES];
    for (int t = 0; t < rows; t++) {
      stamps[t] = 1000 + t / 50.0;
      System.arraycopy(x[TRAINING + t], 0, values, t * FEATURES, FEATURES);
    }
    StreamInfo info = StreamInfo.of("Seeded", "Features", 50, FEATURES);
    return new MemoryRecording(info, stamps, values, List.of());
  }

  private CursorDecoder train(FilterSpec spec) {
    return FilterTraining.train(spec, Arrays.copyOf(x, TRAINING), Arrays.copyOf(z, TRAINING));
  }

  /** Loopback on ports and in a session that nothing else on this machine uses. */
  private static LslConfig world() throws Exception {
    return LslConfig.LOOPBACK
        .withSessionId("live-" + UUID.randomUUID())
        .withPorts(freePort(), Math.min(freePort(), 65_000), 8);
  }

  private static int freePort() throws Exception {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  /** Sends a recording through LSL into a session and returns what its sink heard. */
  private static List<Decoded<Gaussian>> live(MemoryRecording recording, Decoder<Gaussian> decoder)
      throws Exception {
    LslConfig world = world();
    List<Decoded<Gaussian>> heard = new ArrayList<>();
    LslOutlet outlet =
        new LslOutlet(LslStreamInfo.of(recording.info(), ChannelFormat.DOUBLE64), world);
    try {
      LslSource source =
          LslSource.open(
              LslResolver.property("name", recording.info().name()),
              LONG,
              world,
              InletOptions.DEFAULTS.withEndOnDisconnect(true));
      try (Session session =
          Session.start(
              source, SessionOptions.DEFAULTS, Pipeline.everySample(decoder), heard::add)) {
        assertThat(outlet.awaitConsumers(LONG)).isTrue();
        for (int row = 0; row < recording.rows(); row++) {
          outlet.pushAt(recording.values(), row * recording.channels(), recording.stamps()[row]);
        }
        outlet.close();
        assertThat(session.awaitEnd(LONG)).isTrue();
        assertThat(session.failure()).isEmpty();
        assertThat(session.samples()).isEqualTo(recording.rows());
        assertThat(session.lost()).isZero();
      }
    } finally {
      outlet.close();
    }
    return heard;
  }

  @ParameterizedTest
  @EnumSource(
      value = FilterKind.class,
      names = {"KALMAN", "DKF_LINEAR", "DKF_NW", "DKF_KNN"})
  void everyFilterSaysLiveWhatItSaysOffline(FilterKind kind) throws Exception {
    CursorDecoder decoder = train(FilterSpec.of(kind).withLags(2));
    MemoryRecording recording = heldOut();
    List<Decoded<Gaussian>> live = live(recording, decoder);
    List<Gaussian> offline = Offline.run(recording, Pipeline.everySample(decoder));
    assertThat(live).hasSize((int) recording.rows());
    double error = 0;
    double power = 0;
    for (int t = 0; t < live.size(); t++) {
      Gaussian estimate = live.get(t).estimate();
      assertThat(live.get(t).firstIndex()).isEqualTo(t);
      assertThat(live.get(t).stamp()).isEqualTo(recording.stamps()[t]);
      assertThat(estimate.mean()).containsExactly(offline.get(t).mean());
      assertThat(estimate.covariance()).containsExactly(offline.get(t).covariance());
      for (int i = 0; i < 2; i++) {
        error += Math.pow(estimate.mean(i) - z[TRAINING + t][i], 2);
        power += Math.pow(z[TRAINING + t][i], 2);
      }
    }
    // Equal and useless would be equal too.
    assertThat(Math.sqrt(error / power)).isLessThan(0.7);
  }

  /**
   * A discriminative filter whose f and Q are the posterior of a Kalman filter's observation model
   * under its prior, {@code Q = (S⁻¹ + Hᵀ L⁻¹ H)⁻¹} and {@code f(x) = Q Hᵀ L⁻¹ x}, is that Kalman
   * filter (M. C. Burkhart, thesis, Brown University 2019).
   */
  @Test
  void theDiscriminativeFilterOfAKalmanModelIsTheKalmanFilter() throws Exception {
    double[][] states = Arrays.copyOf(z, TRAINING);
    StateModel model = StateModel.fit(states);
    KalmanFilter kalman = KalmanFilter.fit(model, Arrays.copyOf(x, TRAINING), states, false);
    RealMatrix h = matrix(kalman.observation(), 2);
    RealMatrix gain =
        h.transpose().multiply(MatrixUtils.inverse(matrix(kalman.observationNoise(), FEATURES)));
    RealMatrix s = MatrixUtils.inverse(matrix(model.stateCovariance(), 2));
    RealMatrix q = MatrixUtils.inverse(s.add(gain.multiply(h)));
    RealMatrix f = q.multiply(gain);
    double[] flat = {q.getEntry(0, 0), q.getEntry(0, 1), q.getEntry(1, 0), q.getEntry(1, 1)};
    DiscriminativeKalmanFilter filter = new DiscriminativeKalmanFilter(model, FallbackPolicy.CODE);
    Decoder<Gaussian> derived =
        window -> {
          filter.step(f.operate(lastRow(window)), flat);
          return filter.estimate();
        };
    MemoryRecording recording = heldOut();
    List<Decoded<Gaussian>> live = live(recording, derived);
    List<Gaussian> offline =
        Offline.run(recording, Pipeline.everySample(train(FilterSpec.of(FilterKind.KALMAN))));
    assertThat(filter.fallbacks()).isZero();
    assertThat(live).hasSameSizeAs(offline);
    double largest = 0;
    for (int t = 0; t < offline.size(); t++) {
      for (int i = 0; i < 2; i++) {
        largest =
            Math.max(largest, Math.abs(live.get(t).estimate().mean(i) - offline.get(t).mean(i)));
        for (int j = 0; j < 2; j++) {
          largest =
              Math.max(
                  largest,
                  Math.abs(
                      live.get(t).estimate().covariance(i, j) - offline.get(t).covariance(i, j)));
        }
      }
    }
    assertThat(largest).isLessThan(1e-10);
  }

  private static double[] lastRow(Window window) {
    double[] values = window.values();
    return Arrays.copyOfRange(values, values.length - FEATURES, values.length);
  }

  private static RealMatrix matrix(double[] flat, int columns) {
    double[][] rows = new double[flat.length / columns][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
    }
    return new Array2DRowRealMatrix(rows);
  }
}
