import java.nio.file.Path;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;

/**
 * Reads a recording of any format and prints its channels, the root mean square of each over the
 * first seconds, and its markers.
 *
 * <p>Arguments: session.xdf
 */
public final class ReadRecording {
  private ReadRecording() {}

  public static void main(String[] args) {
    try (RecordingFile file = RecordingFiles.open(Path.of(args[0]))) {
      System.out.println(file.path().getFileName() + ": " + file.format());
      for (Recording recording : file.recordings()) {
        print(recording);
      }
      for (Marker marker : file.markers()) {
        System.out.printf("%10.3f s  %s%n", marker.time(), marker.label());
      }
    }
  }

  private static void print(Recording recording) {
    System.out.printf(
        "%s, %d rows at %.1f Hz%n",
        recording.info().name(), recording.rows(), recording.info().sampleRateHz());
    // Read by range: a recording may be larger than memory.
    int rows = (int) Math.min(recording.rows(), 1000);
    int channels = recording.channels();
    double[] values = new double[rows * channels]; // [rows x channels], row-major
    recording.read(0, rows, values, 0);
    for (int c = 0; c < channels; c++) {
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        squares += values[row * channels + c] * values[row * channels + c];
      }
      ChannelInfo channel = recording.info().channels().get(c);
      System.out.printf(
          "  %-8s %8.2f %s%n",
          channel.label(), Math.sqrt(squares / Math.max(1, rows)), channel.unit());
    }
  }
}
