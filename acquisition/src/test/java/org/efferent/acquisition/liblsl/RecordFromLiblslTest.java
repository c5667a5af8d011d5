package org.efferent.acquisition.liblsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.acquisition.record.Recorder;
import org.efferent.acquisition.record.RecorderOptions;
import org.efferent.core.StreamInfo;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfOptions;
import org.efferent.data.xdf.XdfStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outlet of liblsl says is what the recording holds, whichever way it was received. */
class RecordFromLiblslTest {
  private static final int SAMPLES = 10_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"java", "native"})
  @Timeout(120)
  void everySampleIsInTheFile(String way) throws InterruptedException {
    Lsl out = LiblslTesting.lsl();
    Lsl in = way.equals("java") ? new JavaLsl(LiblslTesting.WORLD) : out;
    String name = "record-" + UUID.randomUUID();
    LslStreamInfo stream =
        LslStreamInfo.of(StreamInfo.of(name, "EEG", 500, 3), ChannelFormat.FLOAT32)
            .withSourceId(name);
    Path file = folder.resolve("liblsl.xdf");
    try (StreamOutlet outlet = out.openOutlet(stream)) {
      List<LslStreamInfo> found =
          in.resolve(LslResolver.property("name", name), 1, LslTesting.LONG);
      RecorderOptions options =
          RecorderOptions.DEFAULTS.withInlet(InletOptions.DEFAULTS.withEndOnDisconnect(true));
      try (Recorder recorder = new Recorder(file, in, found, options)) {
        assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
        for (int i = 0; i < SAMPLES; i++) {
          outlet.push(new double[] {i, -i, i % 7}, 1000 + i / 500.0);
        }
        // liblsl throws away what is not pulled when the outlet closes, so that it stays open.
        while (recorder.streams().get(0).samples() < SAMPLES) {
          Thread.onSpinWait();
        }
      }
    }
    XdfFile recorded = XdfFile.read(file, XdfOptions.RAW);
    XdfStream samples = recorded.streams().get(0);
    assertThat(samples.header().name()).isEqualTo(name);
    assertThat(samples.samples()).isEqualTo(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(samples.stamps()[i]).isEqualTo(1000 + i / 500.0);
      assertThat(samples.values()[3 * i]).isEqualTo(i);
      assertThat(samples.values()[3 * i + 1]).isEqualTo(-i);
      assertThat(samples.values()[3 * i + 2]).isEqualTo(i % 7);
    }
    assertThat(recorded.warnings()).isEmpty();
  }
}
