import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.Estimate;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.DecoderFile;
import org.efferent.filters.Figures;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;

/**
 * Trains a discriminative Kalman filter on the first four fifths of a recording, scores it on the
 * rest, and saves it.
 *
 * <p>Arguments: x.csv z.csv
 */
public final class TrainAndEvaluate {
  private TrainAndEvaluate() {}

  public static void main(String[] args) {
    double[][] features = rows(Path.of(args[0])); // a row a bin
    double[][] states = rows(Path.of(args[1])); // the velocity of the same bins
    int split = features.length * 4 / 5;
    CursorDecoder decoder =
        FilterTraining.train(
            FilterSpec.of(FilterKind.DKF_NW),
            Arrays.copyOfRange(features, 0, split),
            Arrays.copyOfRange(states, 0, split));
    double[][] decoded = new double[features.length - split][];
    for (int i = 0; i < decoded.length; i++) {
      Estimate.Gaussian estimate = decoder.decode(features[split + i]);
      decoded[i] = estimate.mean();
    }
    Figures figures = Figures.of(decoded, Arrays.copyOfRange(states, split, states.length));
    System.out.printf(
        "%d bins, nRMSE %.3f, MAAE %.3f rad, %d fallbacks%n",
        figures.bins(), figures.nrmse(), figures.maae(), decoder.fallbacks());
    DecoderFile.save(decoder, Path.of("my.decoder"), true);
  }

  private static double[][] rows(Path csv) {
    NumericTable table = NumericCsv.read(csv);
    double[][] rows = new double[table.rows()][table.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(table.values(), i * table.columns(), rows[i], 0, table.columns());
    }
    return rows;
  }
}
