package org.efferent.data.edf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real recordings against MNE-Python's reading of them. */
class EdfSharedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "edf/duplicate_channel_labels.edf",
        "edf/test.bdf",
        "edf/test.edf",
        "edf/test_bdf_stim_channel.bdf",
        "edf/test_edf_stim_channel.edf",
        "edf/test_stim_channel.edf",
        "eegmmidb/S001R03.edf",
        "eegmmidb/S001R04.edf",
        "eegmmidb/S001R07.edf",
        "eegmmidb/S001R08.edf"
      })
  void equalsMne(String name) throws IOException {
    GoldenReading golden = GoldenReading.of(name.replace("/", "__"));
    try (RecordingFile file = EdfFile.open(GoldenReading.shared("data/" + name))) {
      Recording main = file.main();
      golden.assertSignals(main);
      List<Marker> annotations = golden.annotations();
      List<Marker> read = new ArrayList<>(file.markers());
      // MNE keeps triggers apart from annotations.
      List<String> events = new ArrayList<>();
      if (read.size() > annotations.size()) {
        read.removeIf(
            m -> {
              boolean trigger = !annotations.contains(m);
              if (trigger) {
                events.add(Math.round(m.time() * main.info().sampleRateHz()) + ":" + m.label());
              }
              return trigger;
            });
      }
      assertThat(read).isEqualTo(annotations);
      assertThat(events).isEqualTo(golden.events());
    }
  }

  /** MNE resamples the slower channel; only the channel of the highest rate is comparable. */
  @Test
  void channelsOfUnequalRatesAreRecordingsOfTheirOwn() throws IOException {
    GoldenReading golden = GoldenReading.of("edf__test_uneven_samp.edf");
    try (RecordingFile file = EdfFile.open(GoldenReading.shared("data/edf/test_uneven_samp.edf"))) {
      assertThat(file.recordings()).hasSize(2);
      golden.assertChannel(file.main(), 0, 0);
      Recording slow = file.recordings().get(1);
      assertThat(slow.info().sampleRateHz()).isEqualTo(12.8);
      assertThat(slow.rows()).isEqualTo(1408);
      assertThat(slow.info().channels().get(0).label()).isEqualTo("0.2Hz Blk 1/0uV");
    }
  }

  @Test
  void saysWhomAndWhen() throws IOException {
    try (RecordingFile file = EdfFile.open(GoldenReading.shared("data/eegmmidb/S001R03.edf"))) {
      assertThat(file.format()).isEqualTo("EDF+C");
      assertThat(file.warnings()).isEmpty();
      assertThat(file.about().start()).hasToString("Optional[2009-08-12T16:15]");
      assertThat(file.about().equipment()).isEqualTo("BCI2000");
      assertThat(file.about().subjectId()).isEmpty();
      assertThat(file.main().info().channels().get(0).kind()).isEqualTo("EEG");
    }
  }
}
