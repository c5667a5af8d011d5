package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real recordings; expected figures are those of the files' publishers, or made by hand. */
class XdfSharedTest {
  private static Path shared(String name) {
    Path file = Path.of(System.getProperty("efferent.root"), "../shared/data/xdf", name);
    Assumptions.assumeTrue(Files.exists(file), "needs " + name + " at ../shared/data/xdf");
    return file;
  }

  @Test
  void minimalHasNineSamplesAStream() {
    XdfFile file = XdfFile.read(shared("minimal.xdf"));
    assertThat(file.warnings()).isEmpty();
    XdfStream numbers = file.streams().get(0);
    assertThat(numbers.header().format()).isEqualTo(ChannelFormat.INT16);
    assertThat(numbers.values())
        .containsExactly(
            192, 255, 238, 12, 22, 32, 13, 23, 33, 14, 24, 34, 15, 25, 35, 12, 22, 32, 13, 23, 33,
            14, 24, 34, 15, 25, 35);
    double[] expected = new double[9];
    for (int i = 0; i < 9; i++) {
      // Stamps 5.1, 5.2 … on a clock that the recorder measured to be 0.1 s ahead.
      expected[i] = 5.1 + 0.1 * i - 0.1;
    }
    assertThat(numbers.stamps()).containsExactly(expected, within(1e-9));
    XdfStream texts = file.streams().get(1);
    assertThat(texts.samples()).isEqualTo(9);
    assertThat(texts.stamps()[8]).isEqualTo(5.9, within(1e-9));
    assertThat(texts.strings()[0]).hasSize(0x141).startsWith("<?xml");
    assertThat(texts.strings())
        .endsWith("Hello", "World", "from", "LSL", "Hello", "World", "from", "LSL");
  }

  @Test
  void clockResetsAreFound() {
    XdfFile file = XdfFile.read(shared("clock_resets.xdf"));
    XdfStream eeg = file.main().orElseThrow();
    assertThat(eeg.header().name()).isEqualTo("BioSemi");
    assertThat(eeg.samples()).isEqualTo(27_815);
    assertThat(eeg.header().channelCount()).isEqualTo(8);
    assertThat(eeg.clockResets()).isEqualTo(1);
    assertThat(eeg.gaps()).isEqualTo(1);
    // The clock restarted after sample 12,875; median offsets and a line by hand agree to 1 ms.
    assertThat(eeg.stamps()[0]).isEqualTo(810.0294, within(0.001));
    assertThat(eeg.stamps()[12_875]).isEqualTo(948.1159, within(0.001));
    assertThat(eeg.stamps()[12_876]).isEqualTo(1221.9945, within(0.001));
    assertThat(eeg.stamps()[27_814]).isEqualTo(1383.1846, within(0.001));
    assertThat(eeg.stamps()).isSorted();
    assertThat(file.markers()).hasSize(175);
    XdfStream markers = file.streams().get(0);
    assertThat(markers.stamps()).isSorted();
    assertThat(markers.clockResets()).isEqualTo(1);
    MemoryRecording recording = file.toRecording();
    assertThat(recording.markers()).hasSize(175);
    assertThat(recording.rows()).isEqualTo(27_815);
  }

  @Test
  void switchExampleIsCountedNotBelieved() {
    XdfFile file = XdfFile.read(shared("switch_example.xdf"));
    XdfStream eeg = file.main().orElseThrow();
    assertThat(eeg.header().channelCount()).isEqualTo(16);
    assertThat(eeg.header().nominalRateHz()).isEqualTo(256);
    assertThat(eeg.samples()).isEqualTo(34_320);
    assertThat(eeg.effectiveRateHz()).isEqualTo(256, within(0.01));
    assertThat(file.warnings())
        .containsExactly(
            "stream 1 (PythonResponse): its footer says 580 samples, 581 were read",
            "stream 2 (g.USBamp-1): its footer says 34319 samples, 34320 were read",
            "stream 3 (UnityMarkerStream): has no footer; the recording was not ended properly");
  }

  @Test
  void emptyStreamsAreKept() {
    XdfFile file = XdfFile.read(shared("empty_streams.xdf"));
    assertThat(file.warnings()).isEmpty();
    assertThat(file.streams()).extracting(XdfStream::samples).containsExactly(0, 10, 1, 0);
    XdfStream counter = file.main().orElseThrow();
    assertThat(counter.values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(counter.stamps()[0]).isEqualTo(91_725.2139, within(0.001));
  }

  @Test
  void textsOfSeveralChannelsBecomeOneMarker() {
    XdfFile file = XdfFile.read(shared("twochannel_string_marker.xdf"));
    assertThat(file.markers()).hasSize(1);
    assertThat(file.markers().get(0).label()).isEqualTo("Marker 0A | Marker 0B");
  }

  @Test
  void whatIsNotXdfIsRefused() {
    refused(
        "chunk_length_lie.xdf",
        "chunk 1 at byte 64: a StreamHeader chunk holds at least tag and stream id, 6 bytes;"
            + " length=2");
    refused(
        "str_test.xdf",
        "chunk 3 at byte 435: the length of a chunk takes 1, 4 or 8 bytes; bytes=0");
  }

  private static void refused(String name, String message) {
    Path file = shared("malformed/" + name);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> XdfFile.read(file))
        .withMessage(name + ": " + message);
  }

  @Test
  void chunksOutOfOrderAreReadWithWarnings() {
    for (String name : new String[] {"clock_offsets", "sample_chunk"}) {
      XdfFile file = XdfFile.read(shared("malformed/out_of_order_" + name + ".xdf"));
      assertThat(file.streams()).hasSize(2);
      assertThat(file.streams().get(0).samples()).isPositive();
      assertThat(file.warnings()).isNotEmpty();
    }
  }
}
