package org.efferent.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.efferent.core.Window;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;

/**
 * One decode step of filters that were trained on rows of simulated features with given
 * hyper-parameters. Beside a step in numpy by the same equations (Kalman; discriminative Kalman
 * with Nadaraya–Watson and local noise, or with a Gaussian process and constant noise).
 */
public final class FilterArea implements BenchArea {
  private static final List<String> ALL =
      List.of(
          "kalman",
          "ekf",
          "ukf",
          "dkf-linear",
          "dkf-nw",
          "dkf-knn",
          "dkf-gp",
          "dkf-mk",
          "dkf-nn",
          "gru");
  private static final List<String> FEW = List.of("kalman", "dkf-nw");
  private static final Set<String> IN_NUMPY = Set.of("kalman", "dkf-nw", "dkf-gp");

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    int training = settings.size(1_000, 5_000);
    int test = settings.size(500, 1_000);
    SimulatedFeatures material = SimulatedFeatures.of(training + test, 10, 1);
    Path folder = settings.folder();
    doubles(folder.resolve("features.bin"), material.features());
    doubles(folder.resolve("states.bin"), material.states());
    double[][] x = Arrays.copyOf(material.features(), training);
    double[][] z = Arrays.copyOf(material.states(), training);
    Window[] windows = new Window[test];
    for (int i = 0; i < test; i++) {
      windows[i] = Window.ofRow(material.features()[training + i]);
    }
    List<Measured> all = new ArrayList<>();
    for (String name : settings.quick() ? FEW : ALL) {
      CursorDecoder decoder = FilterTraining.train(spec(FilterKind.of(name)), x, z);
      // Until both stages of the compiler are through; else the first quantile is of slower code.
      for (int warm = 0; warm < settings.size(1_000, 25_000); warm += windows.length) {
        steps(decoder, windows, 0.5);
      }
      for (double share : new double[] {0.5, 0.99}) {
        Turns turns =
            new Turns(
                "filters",
                "%s, step p%.0f, %d rows, 10 features".formatted(name, 100 * share, training),
                "µs",
                false,
                settings.rounds());
        if (IN_NUMPY.contains(name)) {
          turns.python(
              settings.python(), "numpy", "numpy", "filter", name, folder, training, 10, share);
        } else {
          turns.absent("none", "not written in numpy for this");
        }
        all.add(turns.run(() -> steps(decoder, windows, share)));
      }
    }
    return all;
  }

  /**
   * Hyper-parameters that are given, so that nothing has to be learned before the step.
   *
   * @param kind any
   * @return its specification
   */
  public static FilterSpec spec(FilterKind kind) {
    FilterSpec spec = FilterSpec.of(kind);
    if (kind == FilterKind.DKF_NW) {
      return spec.with("bandwidth", 0.4376).with("qBandwidth", 0.7749);
    } else if (kind == FilterKind.DKF_KNN) {
      return spec.with("k", 20);
    } else if (kind == FilterKind.DKF_GP) {
      for (int d = 0; d < 2; d++) {
        spec = spec.with("logLength." + d, 1.2).with("logSignal." + d, -2.5);
        spec = spec.with("logNoise." + d, -3.5);
      }
    } else if (kind == FilterKind.DKF_MK) {
      return spec.with("logLength", 0.9).with("logNoise", -1.2);
    }
    return spec;
  }

  /** A quantile of the steps, microseconds. */
  private static double steps(CursorDecoder decoder, Window[] windows, double share) {
    int[] next = {0};
    double[] nanos = Turns.nanos(windows.length, () -> decoder.decode(windows[next[0]++]));
    return nanos[(int) (share * (nanos.length - 1))] / 1e3;
  }

  private static void doubles(Path file, double[][] rows) {
    ByteBuffer b =
        ByteBuffer.allocate(8 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) {
      for (double v : row) {
        b.putDouble(v);
      }
    }
    try {
      Files.write(file, b.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
