package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void everyKindOfErrorHasAnExitStatus() {
    assertThat(new UsageException("a").exitStatus()).isEqualTo(2);
    assertThat(new InputException("a").exitStatus()).isEqualTo(3);
    assertThat(new UnsupportedInputException("a").exitStatus()).isEqualTo(3);
    assertThat(new StreamException("a").exitStatus()).isEqualTo(4);
    assertThat(new UnavailableException("a").exitStatus()).isEqualTo(5);
    assertThat(EfferentException.class.isSealed()).isTrue();
  }

  @Test
  void aRecordingChecksItsShapeAndSlicesWithItsMarkers() {
    StreamInfo info = StreamInfo.of("x", "EEG", 2, 2);
    assertThatThrownBy(() -> new MemoryRecording(info, new double[3], new double[5], List.of()))
        .hasMessage("values must be [rows × channels]; rows=3, channels=2, values=5");
    MemoryRecording recording =
        new MemoryRecording(
            info,
            new double[] {0, 0.5, 1, 1.5},
            new double[] {1, 2, 3, 4, 5, 6, 7, 8},
            List.of(new Marker(0.1, "a"), new Marker(0.7, "b"), new Marker(9, "c")));
    MemoryRecording slice = recording.slice(1, 3);
    assertThat(slice.rows()).isEqualTo(2);
    assertThat(slice.row(0)).containsExactly(3, 4);
    assertThat(slice.stamps()).containsExactly(0.5, 1);
    assertThat(slice.markers()).containsExactly(new Marker(0.7, "b"));
    assertThat(recording.slice(2, 2).rows()).isZero();
  }

  @Test
  void estimatesCannotBeChangedFromOutside() {
    double[] mean = {1, 2};
    double[] covariance = {1, 0, 0, 1};
    Estimate.Gaussian gaussian = new Estimate.Gaussian(mean, covariance);
    mean[0] = 9;
    gaussian.mean()[1] = 9;
    gaussian.covariance()[0] = 9;
    assertThat(gaussian.mean()).containsExactly(1, 2);
    assertThat(gaussian.covariance(0, 0)).isEqualTo(1);
    assertThatThrownBy(() -> new Estimate.Gaussian(new double[2], new double[3]))
        .hasMessage("covariance must be [d × d]; d=2, values=3");
  }

  @Test
  void streamInfoRefusesWhatCannotBe() {
    assertThatThrownBy(() -> StreamInfo.of("x", "", 1, 0))
        .hasMessage("a stream has at least one channel; name=x");
    assertThatThrownBy(() -> StreamInfo.of("x", "", Double.NaN, 1))
        .hasMessage("sampleRateHz must be finite and not negative; sampleRateHz=NaN");
  }

  @Test
  void clockSecondsKeepTheNanoseconds() {
    assertThat(LocalClock.seconds(7_189_137_022_858L)).isEqualTo(7189.137022858);
  }

  @Test
  void aChunkThatIsFullSaysSo() {
    Chunk chunk = new Chunk(1, 2);
    chunk.append(1, new double[] {9, 3, 4}, 1);
    assertThat(chunk.isFull()).isTrue();
    assertThat(chunk.values()).containsExactly(3, 4);
    assertThatThrownBy(() -> chunk.append(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the chunk is full; capacity=1");
  }
}
