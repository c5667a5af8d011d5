import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Decoded;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Sink;
import org.efferent.core.StreamInfo;
import org.efferent.core.Window;

/** Decodes an LSL stream live with a decoder and a sink of one's own; it publishes the stream itself. */
public final class LiveDecode {
  private LiveDecode() {}

  /** Mean of each channel over a window. */
  static final class Means implements Decoder<Estimate.Scores> {
    @Override
    public Estimate.Scores decode(Window window) {
      double[] means = new double[window.channels()];
      for (int row = 0; row < window.rows(); row++) {
        for (int c = 0; c < means.length; c++) {
          means[c] += window.get(row, c) / window.rows();
        }
      }
      return new Estimate.Scores(means);
    }
  }

  /** Counts windows and prints them. */
  static final class Printer implements Sink<Estimate.Scores> {
    private final AtomicInteger windows = new AtomicInteger();

    @Override
    public void accept(Decoded<Estimate.Scores> decoded) {
      System.out.printf(
          "window %d: %.1f %.1f%n",
          windows.incrementAndGet(), decoded.estimate().get(0), decoded.estimate().get(1));
    }
  }

  public static void main(String[] args) throws InterruptedException {
    StreamInfo info = StreamInfo.of("LiveDecodeExample", "EEG", 100, 2);
    try (LslOutlet outlet =
        new LslOutlet(LslStreamInfo.of(info, ChannelFormat.DOUBLE64), LslConfig.LOOPBACK)) {
      LslSource source =
          LslSource.open("LiveDecodeExample", Duration.ofSeconds(10), LslConfig.LOOPBACK);
      Printer printer = new Printer();
      // Windows of 20 rows, every 20 rows.
      Pipeline<Estimate.Scores> pipeline = new Pipeline<>(List.of(), 20, 20, new Means());
      try (Session session =
          Session.start(source, SessionOptions.DEFAULTS, pipeline, printer)) {
        for (int i = 0; i < 100; i++) {
          outlet.push(new double[] {i, -i});
        }
        while (printer.windows.get() < 5 && session.isRunning()) {
          session.awaitEnd(Duration.ofMillis(20));
        }
        System.out.println(session.samples() + " samples, " + session.lost() + " lost");
      }
    }
  }
}
