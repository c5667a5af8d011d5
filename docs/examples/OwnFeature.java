import java.util.List;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.filters.features.BinFeatures;
import org.efferent.filters.features.BinOptions;
import org.efferent.filters.features.FeatureInput;
import org.efferent.filters.features.FeatureModel;
import org.efferent.filters.features.FeatureStream;

/** A feature of one's own: the line length of each channel in a bin of 100 ms. */
public final class OwnFeature {
  private OwnFeature() {}

  /** What is computed; it does not change while a session runs. */
  record LineLength(FeatureInput input) implements FeatureModel {
    @Override
    public List<String> names() {
      return input.channels().stream().map(channel -> channel + " line length").toList();
    }

    /** What streams: one thread, rows of a bin at a time. */
    @Override
    public BinFeatures start(double binSeconds) {
      int channels = input.size();
      return (rows, count, into, at) -> {
        for (int c = 0; c < channels; c++) {
          double length = 0;
          for (int i = 1; i < count; i++) {
            length += Math.abs(rows[i * channels + c] - rows[(i - 1) * channels + c]);
          }
          into[at + c] = length;
        }
      };
    }
  }

  public static void main(String[] args) {
    int rows = 250;
    double[] values = new double[rows * 2]; // [rows x channels]
    double[] stamps = new double[rows];
    for (int i = 0; i < rows; i++) {
      stamps[i] = i / 250.0;
      values[2 * i] = Math.sin(2 * Math.PI * 5 * stamps[i]);
      values[2 * i + 1] = Math.sin(2 * Math.PI * 20 * stamps[i]);
    }
    StreamInfo info = StreamInfo.of("Raw", "EEG", 250, 2);
    MemoryRecording raw = new MemoryRecording(info, stamps, values, List.of());
    LineLength model = new LineLength(FeatureInput.of(info));
    // Offline; live, FeatureSource puts the same model over a Source.
    MemoryRecording features = FeatureStream.features(raw, model, BinOptions.ofSeconds(0.1));
    System.out.println(features.rows() + " bins of " + features.channels() + " features");
    System.out.printf("bin 1: %.2f, %.2f%n", features.row(1)[0], features.row(1)[1]);
  }
}
