package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SelectedChannelsTest {
  private static final int ROWS = 3000; // more than two blocks

  private static MemoryRecording recording() {
    return new MemoryRecording(
        new StreamInfo(
            "eeg",
            "EEG",
            250,
            "id",
            List.of(
                new ChannelInfo("Fz", "EEG", "uV"),
                new ChannelInfo("Cz", "EEG", "uV"),
                new ChannelInfo("Pz", "EEG", "uV"))),
        IntStream.range(0, ROWS).mapToDouble(i -> i / 250.0).toArray(),
        IntStream.range(0, 3 * ROWS).mapToDouble(i -> i).toArray(),
        List.of(new Marker(1, "cue")));
  }

  @Test
  void channelsComeInTheOrderAskedForTimesTheirFactors() {
    MemoryRecording all = recording();
    SelectedChannels some =
        new SelectedChannels(all, List.of(2, 0), new double[] {10, -1}, List.of());
    assertThat(some.info().channels()).extracting(ChannelInfo::label).containsExactly("Pz", "Fz");
    assertThat(some.rows()).isEqualTo(ROWS);
    assertThat(some.markers()).isEmpty();
    int from = 5;
    int rows = ROWS - from;
    double[] values = new double[2 * rows + 1];
    some.read(from, rows, values, 1);
    assertThat(values[0]).as("what lies before the offset").isZero();
    for (int r = 0; r < rows; r++) {
      assertThat(values[1 + 2 * r]).isEqualTo(10.0 * (3 * (from + r) + 2));
      assertThat(values[2 + 2 * r]).isEqualTo(-3.0 * (from + r));
    }
    double[] stamps = new double[2];
    some.readStamps(500, 2, stamps, 0);
    assertThat(stamps).containsExactly(2, 501 / 250.0);
  }

  @Test
  void labelsPickInAnyCaseAndMarkersStay() {
    MemoryRecording all = recording();
    StreamInfo asked =
        new StreamInfo("asked", "EEG", 250, "", List.of(new ChannelInfo("PZ", "EEG", "uV")));
    SelectedChannels one = SelectedChannels.of(all, asked);
    assertThat(one.info()).isEqualTo(asked);
    assertThat(one.markers()).isEqualTo(all.markers());
    double[] values = new double[3];
    one.read(0, 3, values, 0);
    assertThat(values).containsExactly(2, 5, 8);
  }

  @Test
  void whatTheRecordingLacksIsRefused() {
    MemoryRecording all = recording();
    StreamInfo asked =
        new StreamInfo("asked", "EEG", 250, "", List.of(new ChannelInfo("Oz", "EEG", "uV")));
    assertThatThrownBy(() -> SelectedChannels.of(all, asked)).hasMessage("eeg has no channel 'Oz'");
    assertThatThrownBy(() -> new SelectedChannels(all, List.of(3), new double[1], List.of()))
        .hasMessage("eeg has no channel of this index; pick=3, channels=3");
    assertThatThrownBy(() -> new SelectedChannels(all, List.of(0), new double[2], List.of()))
        .hasMessage("every channel that is picked has a factor; picks=1, factors=2");
  }
}
