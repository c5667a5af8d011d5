package org.efferent.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.efferent.acquisition.liblsl.LibLsl;
import org.efferent.acquisition.liblsl.NativeLsl;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.core.EfferentException;

/** LSL over loopback, outlet and inlet in Java, beside both of liblsl. */
final class LslArea implements BenchArea {
  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    LslLoopback loopback =
        new LslLoopback(
            settings.quick()
                ? new LslLoopback.Span(100_000_000, 150_000_000, 50, 150)
                : new LslLoopback.Span(200_000_000, 500_000_000, 200, 600));
    Lsl java = new JavaLsl(LslConfig.LOOPBACK);
    Lsl library = null;
    String absent = "no --liblsl was named";
    if (settings.liblsl() != null) {
      try {
        library = NativeLsl.onThisHost(LibLsl.load(settings.liblsl()));
      } catch (EfferentException e) {
        absent = e.getMessage();
      }
    }
    List<Measured> all = new ArrayList<>();
    for (int channels : settings.quick() ? new int[] {64} : new int[] {8, 64, 306}) {
      both(loopback, java, library, absent, channels, all);
    }
    return all;
  }

  /** Rate and latency of one run each, so that both are of the same rounds. */
  private static void both(
      LslLoopback loopback, Lsl java, Lsl library, String absent, int channels, List<Measured> all)
      throws InterruptedException {
    int rounds = 3;
    List<LslLoopback.Result> ours = new ArrayList<>();
    List<LslLoopback.Result> theirs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ours.add(loopback.measure(java, java, channels, 32));
      if (library != null) {
        theirs.add(loopback.measure(library, library, channels, 32));
      }
    }
    String of = "%d channels, chunks of 32".formatted(channels);
    all.add(row(of + ", throughput", "samples/s", true, 0, ours, theirs, absent));
    all.add(row(of + ", latency p50", "µs", false, 1, ours, theirs, absent));
    all.add(row(of + ", latency p99", "µs", false, 2, ours, theirs, absent));
  }

  private static Measured row(
      String what,
      String unit,
      boolean higher,
      int figure,
      List<LslLoopback.Result> ours,
      List<LslLoopback.Result> theirs,
      String absent) {
    Measured.Peer peer =
        theirs.isEmpty()
            ? Measured.Peer.absent("liblsl", absent)
            : new Measured.Peer("liblsl", spread(theirs, figure), "");
    return new Measured(
        "lsl", what, unit, higher, spread(ours, figure), ours.size(), List.of(peer));
  }

  private static Spread spread(List<LslLoopback.Result> results, int figure) {
    return Spread.of(
        results.stream()
            .mapToDouble(r -> figure == 0 ? r.rate() : figure == 1 ? r.p50() : r.p99())
            .toArray());
  }
}
