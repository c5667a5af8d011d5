import java.time.Duration;
import java.util.List;
import org.efferent.core.Chunk;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;

/** A source of one's own, as a driver of an amplifier would be one, in a session. */
public final class OwnSource {
  private OwnSource() {}

  /** A sine of 10 Hz, five seconds of it, as fast as it is read. */
  static final class Sine implements Source {
    private static final double RATE_HZ = 250;
    private static final int ROWS = 1250;

    private final double[] row = new double[1];
    private int next;

    @Override
    public StreamInfo info() {
      return StreamInfo.of("Sine", "EEG", RATE_HZ, 1);
    }

    /** Fills the chunk with what is there; a device waits for the timeout at the most. */
    @Override
    public int read(Chunk into, Duration timeout) {
      if (next == ROWS) {
        return END;
      }
      into.clear();
      while (next < ROWS && !into.isFull()) {
        row[0] = Math.sin(2 * Math.PI * 10 * next / RATE_HZ);
        into.append(next / RATE_HZ, row, 0); // stamp in seconds
        next++;
      }
      into.arrivedAt(System.nanoTime());
      return into.rows();
    }

    @Override
    public void close() {}
  }

  public static void main(String[] args) throws InterruptedException {
    Decoder<Estimate.Scores> power =
        window -> {
          double squares = 0;
          for (int i = 0; i < window.rows(); i++) {
            squares += window.get(i, 0) * window.get(i, 0);
          }
          return new Estimate.Scores(squares / window.rows());
        };
    Pipeline<Estimate.Scores> pipeline = new Pipeline<>(List.of(), 250, 250, power);
    // The ring holds all of it: this source does not wait for anybody.
    SessionOptions options = SessionOptions.DEFAULTS.withRingRows(4096);
    try (Session session =
        Session.start(
            new Sine(),
            options,
            pipeline,
            decoded ->
                System.out.printf(
                    "%.1f s: power %.2f%n", decoded.stamp(), decoded.estimate().get(0)))) {
      session.awaitEnd(Duration.ofSeconds(20));
      System.out.println(session.lost() + " lost");
    }
  }
}
