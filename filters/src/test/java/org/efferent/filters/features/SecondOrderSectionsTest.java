package org.efferent.filters.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class SecondOrderSectionsTest {
  private static SecondOrderSections design(String kind, double[] settings) {
    int order = (int) settings[0];
    return switch (kind) {
      case "lowpass" -> SecondOrderSections.lowPass(order, settings[1], settings[3]);
      case "highpass" -> SecondOrderSections.highPass(order, settings[1], settings[3]);
      case "bandpass" -> SecondOrderSections.bandPass(order, settings[1], settings[2], settings[3]);
      default -> SecondOrderSections.notch(settings[1], settings[0], settings[3]);
    };
  }

  @Test
  void equalsScipy() {
    List<String[]> golden = Material.golden("filters.csv");
    assertThat(golden).hasSize(15);
    for (String[] words : golden) {
      double[] numbers = Material.numbers(words, 1);
      double[] settings = Arrays.copyOf(numbers, 4);
      SectionFilter filter = new SectionFilter(design(words[0], settings), 1);
      for (int i = 0; i < numbers.length - 4; i++) {
        double[] x = {5 + Math.sin(0.05 * Math.pow(i, 1.4)) + 0.25 * (i % 7)};
        filter.apply(x, 0);
        assertThat(x[0])
            .as("%s %s, sample %d", words[0], Arrays.toString(settings), i)
            .isCloseTo(numbers[4 + i], within(1e-9));
      }
    }
  }

  @Test
  void gainsAreThoseOfButterworth() {
    SecondOrderSections band = SecondOrderSections.bandPass(4, 8, 30, 160);
    assertThat(band.size()).isEqualTo(4);
    assertThat(band.gain(8, 160)).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(band.gain(30, 160)).isCloseTo(Math.sqrt(0.5), within(1e-12));
    SecondOrderSections both = band.then(SecondOrderSections.notch(20, 10, 160));
    assertThat(both.size()).isEqualTo(5);
    assertThat(both.gain(20, 160)).isLessThan(1e-12);
    assertThat(band.section(0)).hasSize(5);
  }

  @Test
  void anyCutGivesTheSameBits() {
    MemoryRecording recording = Material.recording(160, 3, Material.noise(1000, 3, 1));
    SecondOrderSections band = SecondOrderSections.bandPass(4, 8, 30, 160);
    SectionFilter whole = new SectionFilter(band, 3);
    double[] expected = recording.values().clone();
    for (int r = 0; r < 1000; r++) {
      whole.apply(expected, 3 * r);
    }
    SectionFilter cut = new SectionFilter(band, 3);
    int[] at = {0};
    Material.chunks(
        recording,
        5,
        chunk -> {
          cut.apply(chunk);
          for (int i = 0; i < 3 * chunk.rows(); i++) {
            assertThat(chunk.values()[i]).isEqualTo(expected[at[0]++]);
          }
        });
    assertThat(at[0]).isEqualTo(3000);
  }

  @Test
  void aValueThatIsMissingIsHeldAndCounted() {
    SectionFilter filter = new SectionFilter(SecondOrderSections.lowPass(2, 10, 100), 1);
    SectionFilter other = new SectionFilter(SecondOrderSections.lowPass(2, 10, 100), 1);
    for (double[] x : new double[][] {{1, 1}, {3, 3}, {Double.NaN, 3}, {1e101, 3}, {2, 2}}) {
      filter.apply(x, 0);
      other.apply(x, 1);
      assertThat(x[0]).isEqualTo(x[1]);
    }
    assertThat(filter.held()).isEqualTo(2);
    assertThat(other.held()).isZero();
  }

  @Test
  void anOffsetMakesNoStep() {
    SectionFilter filter = new SectionFilter(SecondOrderSections.bandPass(4, 8, 30, 160), 1);
    for (int i = 0; i < 50; i++) {
      double[] x = {4000};
      filter.apply(x, 0);
      assertThat(x[0]).isCloseTo(0, within(1e-8));
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> SecondOrderSections.bandPass(4, 250, 5000, 10000))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a filter's corner must lie between 0 and half the sampling rate; cornerHz=5000.0,"
                + " sampleRateHz=10000.0");
    assertThatThrownBy(() -> SecondOrderSections.bandPass(4, 30, 8, 160))
        .isInstanceOf(UsageException.class)
        .hasMessage("a band's lower corner must lie below its upper one; lowHz=30.0, highHz=8.0");
    assertThatThrownBy(() -> SecondOrderSections.lowPass(0, 30, 160))
        .isInstanceOf(UsageException.class)
        .hasMessage("a filter's order must be 1 to 12; order=0");
    assertThatThrownBy(() -> SecondOrderSections.highPass(2, 0, 160))
        .hasMessage(
            "a filter's corner must lie between 0 and half the sampling rate; cornerHz=0.0,"
                + " sampleRateHz=160.0");
    assertThatThrownBy(() -> SecondOrderSections.notch(50, 0, 160))
        .hasMessage("a notch's quality must be above 0; quality=0.0");
    SectionFilter filter = new SectionFilter(SecondOrderSections.lowPass(2, 10, 100), 2);
    assertThatThrownBy(() -> filter.apply(new Chunk(1, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage("a filter must see the channels that it was made for; channels=3, made for 2");
  }
}
