import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.acquisition.record.Recorder;
import org.efferent.acquisition.record.RecorderOptions;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;

/** Publishes a stream, records it to XDF, and reads it back. */
public final class RecordStream {
  private RecordStream() {}

  public static void main(String[] args) throws InterruptedException {
    Path file = Path.of("example.xdf");
    Lsl lsl = new JavaLsl(LslConfig.LOOPBACK);
    StreamInfo info = StreamInfo.of("RecordExample", "EEG", 100, 2);
    try (StreamOutlet outlet = lsl.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32))) {
      // At least one stream of this name, within ten seconds.
      List<LslStreamInfo> found =
          lsl.resolve("name='RecordExample'", 1, Duration.ofSeconds(10));
      try (Recorder recorder =
          new Recorder(file, lsl, found, RecorderOptions.DEFAULTS.withOverwrite(true))) {
        outlet.awaitConsumers(Duration.ofSeconds(10));
        for (int i = 0; i < 200; i++) {
          outlet.push(new double[] {i, -i}, 1 + i / 100.0, true); // stamp in seconds
        }
        while (recorder.streams().get(0).samples() < 200 && recorder.failure().isEmpty()) {
          recorder.awaitEnd(Duration.ofMillis(20));
        }
      }
    }
    try (RecordingFile read = RecordingFiles.open(file)) {
      System.out.println(read.main().rows() + " rows of " + read.main().info().name());
    }
  }
}
