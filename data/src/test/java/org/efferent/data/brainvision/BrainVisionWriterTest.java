package org.efferent.data.brainvision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrainVisionWriterTest {
  @TempDir Path folder;

  private static MemoryRecording source() {
    Random random = new Random(3);
    double[] stamps = new double[9000];
    double[] values = new double[18_000];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = 7 + i / 512.0;
      values[2 * i] = (float) (50 * random.nextGaussian());
      values[2 * i + 1] = random.nextInt(30_000);
    }
    SensorPosition place = new SensorPosition(SensorPosition.Frame.TEMPLATE, -0.03, 0.07, 0.02);
    List<ChannelInfo> channels =
        List.of(
            new ChannelInfo("Fp1, left", "EEG", "µV").at(place), new ChannelInfo("x", "MISC", "S"));
    List<Marker> markers =
        List.of(
            new Marker(7, 1 / 512.0, "New Segment/"),
            new Marker(7 + 100 / 512.0, 3 / 512.0, "Stimulus/S  1, left"),
            new Marker(7 + 200 / 512.0, 0, "Comment/ü"));
    return new MemoryRecording(
        new StreamInfo("r", "EEG", 512, "", channels), stamps, values, markers);
  }

  @Test
  void floatsComeBackExactly() {
    Path out = folder.resolve("a.vhdr");
    MemoryRecording source = source();
    RecordingAbout about = RecordingAbout.startedAt(LocalDateTime.of(2020, 1, 2, 3, 4, 5, 678_000));
    assertThat(BrainVisionWriter.write(out, source, about, BrainVisionOptions.DEFAULTS)).isEmpty();
    try (RecordingFile file = BrainVisionFile.open(out)) {
      assertThat(file.warnings()).isEmpty();
      MemoryRecording read = file.main().load();
      assertThat(read.values()).isEqualTo(source.values());
      assertThat(read.info().sampleRateHz()).isEqualTo(512);
      assertThat(file.about()).isEqualTo(about);
      assertThat(read.info().channels())
          .extracting(ChannelInfo::label)
          .containsExactly("Fp1, left", "x");
      assertThat(read.info().channels()).extracting(ChannelInfo::unit).containsExactly("µV", "S");
      SensorPosition p = read.info().channels().get(0).position().orElseThrow();
      assertThat(p.x()).isEqualTo(-0.03, within(1e-9));
      assertThat(p.y()).isEqualTo(0.07, within(1e-9));
      assertThat(p.z()).isEqualTo(0.02, within(1e-9));
      assertThat(file.markers())
          .containsExactly(
              new Marker(0, 1 / 512.0, "New Segment/"),
              new Marker(100 / 512.0, 3 / 512.0, "Stimulus/S  1, left"),
              new Marker(200 / 512.0, 0, "Comment/ü"));
    }
  }

  @Test
  void shortNumbersAreWithinHalfAStep() {
    Path out = folder.resolve("b.vhdr");
    MemoryRecording source = source();
    BrainVisionWriter.write(
        out, source, RecordingAbout.UNKNOWN, new BrainVisionOptions(false, true));
    try (RecordingFile file = BrainVisionFile.open(out)) {
      MemoryRecording read = file.main().load();
      double step = 250 / 32_767.0;
      for (int i = 0; i < source.values().length; i += 2) {
        assertThat(read.values()[i]).isEqualTo(source.values()[i], within(step));
        assertThat(read.values()[i + 1]).isEqualTo(source.values()[i + 1]);
      }
    }
  }

  @Test
  void nothingIsOverwrittenUnasked() {
    Path out = folder.resolve("c.vhdr");
    BrainVisionWriter.write(out, source(), RecordingAbout.UNKNOWN, BrainVisionOptions.DEFAULTS);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () ->
                BrainVisionWriter.write(
                    out, source(), RecordingAbout.UNKNOWN, BrainVisionOptions.DEFAULTS))
        .withMessage(
            folder.resolve("c.eeg")
                + ": exists already; choose another name, or allow it to be overwritten");
  }
}
