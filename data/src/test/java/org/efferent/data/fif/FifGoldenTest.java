package org.efferent.data.fif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.SensorPosition;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files; expected is what MNE-Python 1.3 read of them. */
class FifGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "meg, kit_test_raw.fif, 158",
    "meg, test_ctf_comp_raw.fif, 340",
    "brainvision, test_bin_raw.fif, 33"
  })
  void rawDataEqualMne(String folder, String name, int channels) throws IOException {
    GoldenReading golden = GoldenReading.of(folder + "__" + name);
    try (RecordingFile file = FifFile.read(GoldenReading.shared("data/" + folder + "/" + name))) {
      MemoryRecording all = file.main().load();
      golden.check(all, channels);
      assertThat(file.warnings()).isEmpty();
      List<FifEvent> events = golden.events();
      assertThat(file.markers())
          .isEqualTo(
              events.stream()
                  .map(e -> new Marker(e.sample() / all.info().sampleRateHz(), "" + e.id()))
                  .toList());
      double[] some = new double[3 * channels];
      file.main().read(101, 3, some, 0);
      for (int i = 0; i < some.length; i++) {
        assertThat(some[i]).isEqualTo(all.values()[101 * channels + i]);
      }
    }
    try (FifFile file = FifFile.open(GoldenReading.shared("data/" + folder + "/" + name))) {
      assertThat(file.raw().orElseThrow().events()).isEqualTo(golden.events());
    }
  }

  @Test
  void evokedResponsesEqualMne() throws IOException {
    JsonNode golden = GoldenReading.of("meg__test-ave.fif.gz").json();
    List<FifEvoked> all;
    try (FifFile file = FifFile.open(GoldenReading.shared("data/meg/test-ave.fif.gz"))) {
      all = file.evoked();
      assertThat(file.projectors()).hasSize(4);
      assertThat(file.projectors().get(0).name()).isEqualTo("PCA-v1");
    }
    assertThat(all).hasSize(golden.size());
    for (int i = 0; i < all.size(); i++) {
      JsonNode expected = golden.get(i);
      FifEvoked e = all.get(i);
      MemoryRecording r = e.recording();
      assertThat(e.comment()).isEqualTo(expected.get("comment").asText());
      assertThat(e.averaged()).isEqualTo(expected.get("nave").asInt());
      assertThat(e.aspectName()).isEqualTo(expected.get("kind").asText());
      assertThat(r.channels()).isEqualTo(expected.get("channels").asInt());
      assertThat(r.rows()).isEqualTo(expected.get("times").get(2).asLong());
      assertThat(r.stamps()[0]).isEqualTo(expected.get("times").get(0).asDouble(), within(1e-12));
      assertThat(r.stamps()[(int) r.rows() - 1])
          .isEqualTo(expected.get("times").get(1).asDouble(), within(1e-12));
      double sum = 0;
      double squares = 0;
      for (double v : r.values()) {
        sum += v;
        squares += v * v;
      }
      int n = r.values().length;
      double std = expected.get("std").asDouble();
      GoldenReading.near(Math.sqrt(squares / n - sum / n * sum / n), std, std, e.comment());
      for (int c = 0; c < 3; c++) {
        for (int t = 0; t < 5; t++) {
          double first = expected.get("first").get(c).get(t).asDouble();
          GoldenReading.near(
              r.values()[t * r.channels() + c], first, Math.abs(first) + 1e-18, "first");
        }
      }
    }
  }

  @Test
  void whatMneSaysOfTheMeasurement() {
    try (FifFile file = FifFile.open(GoldenReading.shared("data/meg/test_ctf_comp_raw.fif"))) {
      FifInfo info = file.info().orElseThrow();
      assertThat(info.measured().orElseThrow()).hasToString("1970-01-01T00:00:00.000104Z");
      assertThat(info.about().subjectId()).isEqualTo("Anonymized5180_1227722051_0");
      assertThat(info.compensationGrade()).isEqualTo(3);
      assertThat(info.deviceToHead()).isPresent();
    }
    try (FifFile file = FifFile.open(GoldenReading.shared("data/meg/kit_test_raw.fif"))) {
      FifInfo info = file.info().orElseThrow();
      assertThat(info.measured().orElseThrow()).hasToString("2013-03-05T00:58:08.101494Z");
      assertThat(info.digitisation()).hasSize(5007);
      assertThat(info.lowpassHz()).isEqualTo(200);
      SensorPosition p = info.channels().get(0).toChannelInfo().position().orElseThrow();
      assertThat(p.frame()).isEqualTo(SensorPosition.Frame.DEVICE);
      assertThat(info.channels().get(0).toChannelInfo().unit()).isEqualTo("T");
    }
  }
}
