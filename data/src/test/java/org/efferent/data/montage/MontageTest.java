package org.efferent.data.montage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.data.edf.GoldenReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MontageTest {
  @TempDir Path folder;

  /** The published positions have four decimals. */
  @ParameterizedTest
  @CsvSource({"standard_1005, spherical_1005, 348", "standard_1020, spherical_1020, 21"})
  void computedPositionsAreThePublishedOnes(String name, String file, int least) {
    Montage published = Montage.read(GoldenReading.shared("data/montages/" + file + ".tsv"));
    Montage computed = Montage.named(name);
    int compared = 0;
    for (var entry : published.positions().entrySet()) {
      SensorPosition a = entry.getValue();
      if (!computed.positions().containsKey(entry.getKey()) && name.endsWith("1020")) {
        continue;
      }
      assertThat(computed.positions()).containsKey(entry.getKey());
      SensorPosition b = computed.positions().get(entry.getKey());
      assertThat(b.x()).as(entry.getKey()).isEqualTo(a.x(), within(0.085 * 1.01e-4));
      assertThat(b.y()).as(entry.getKey()).isEqualTo(a.y(), within(0.085 * 1.01e-4));
      assertThat(b.z()).as(entry.getKey()).isEqualTo(a.z(), within(0.085 * 1.01e-4));
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(least);
  }

  @Test
  void labelsAreFoundAsRecordingsWriteThem() {
    Montage montage = Montage.named("standard_1010");
    for (String label : List.of("Fc5.", "EEG FC5", "fc5", "EEG FC5-Ref", "Fc5-LE")) {
      assertThat(montage.find(label)).as(label).isEqualTo(montage.find("FC5")).isPresent();
    }
    assertThat(montage.find("T3")).isEqualTo(montage.find("T7")).isPresent();
    assertThat(montage.find("FC5h")).isEmpty();
    assertThat(montage.find("Fpz-Cz")).isEmpty();
    List<ChannelInfo> channels =
        List.of(new ChannelInfo("Cz..", "EEG", "uV"), new ChannelInfo("x", "MISC", ""));
    StreamInfo placed = montage.apply(new StreamInfo("s", "EEG", 100, "", channels));
    assertThat(placed.channels().get(0).position().orElseThrow().z()).isEqualTo(0.085);
    assertThat(placed.channels().get(1).position()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "biosemi32.txt, 35",
    "biosemi64.txt, 67",
    "biosemi128.txt, 131",
    "ctf151.csv, 151",
    "ctf275.csv, 274",
    "neuromag306.csv, 306"
  })
  void filesAreRead(String name, int least) {
    Montage montage = Montage.read(GoldenReading.shared("data/montages/" + name));
    assertThat(montage.positions()).hasSizeGreaterThanOrEqualTo(least);
    if (name.equals("ctf151.csv")) {
      assertThat(montage.find("MLC11").orElseThrow())
          .isEqualTo(
              new SensorPosition(SensorPosition.Frame.DEVICE, -0.014323, 0.048909, 0.083084));
      assertThat(montage.find("MLC11-2908")).isEqualTo(montage.find("MLC11"));
    }
    if (name.equals("biosemi64.txt")) {
      SensorPosition fp1 = montage.find("Fp1").orElseThrow();
      assertThat(fp1.x()).isNegative();
      assertThat(fp1.y()).isGreaterThan(0.08);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CTF151.lay, MLC11, 151",
    "CTF275.lay, MLC11, 275",
    "EEG1005.lay, Fp1, 335",
    "EGI256.lout, EEG 001, 258",
    "GeodesicHeadWeb-130.lout, E1, 131",
    "KIT-157.lout, MEG 001, 157",
    "KIT-160.lay, MEG 001, 160",
    "KIT-UMD-3.lout, MEG 001, 157",
    "Vectorview-all.lout, MEG 0113, 306",
    "Vectorview-grad.lout, MEG 0113, 204",
    "Vectorview-mag.lout, MEG 0111, 102",
    "biosemi.lay, Fp1, 64"
  })
  void layoutsAreRead(String name, String first, int sensors) {
    Layout layout = Layout.read(GoldenReading.shared("data/layouts/" + name));
    assertThat(layout.points()).hasSize(sensors);
    assertThat(layout.find(first)).isPresent();
    assertThat(layout.points().values())
        .allMatch(p -> p.x() >= 0 && p.x() <= 1 && p.y() >= 0 && p.y() <= 1);
    assertThat(layout.points().values()).anyMatch(p -> p.x() == 0).anyMatch(p -> p.y() == 1);
  }

  @Test
  void theProjectionKeepsAnglesFromTheVertex() {
    Layout layout = Layout.of(Montage.named("standard_1005"));
    assertThat(layout.find("Cz").orElseThrow().x()).isEqualTo(0.5, within(1e-12));
    assertThat(layout.find("Nz").orElseThrow().y()).isEqualTo(1);
    assertThat(layout.find("LPA").orElseThrow().x()).isEqualTo(0);
    // 36 of 90 degrees in front of the vertex.
    assertThat(layout.find("Fz").orElseThrow().y()).isEqualTo(0.7, within(1e-12));
  }

  @Test
  void errorsNameTheLine() throws IOException {
    Path path = Files.writeString(folder.resolve("m.tsv"), "label\tx\ty\tz\nCz\t0\t0\tup\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Montage.read(path))
        .withMessage("m.tsv: line 2: field 4 must be a finite number; value='up'");
    Path lay = Files.writeString(folder.resolve("l.lay"), "1 0.5 0.5 Cz\n1 2 3\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Layout.read(lay))
        .withMessage("l.lay: line 2: must have number, x, y, width, height and label; fields=3");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Montage.named("easycap"))
        .withMessage(
            "a montage is standard_1005, standard_1010, standard_1020 or a file; montage='easycap'");
  }

  @Test
  void megabytesAreNoMontage() throws IOException {
    Path path = Files.write(folder.resolve("m.tsv"), new byte[(2 << 20) + 1]);
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> Montage.read(path))
        .withMessage(
            "m.tsv: montages and layouts of more than 2097152 bytes are not supported; bytes=2097153");
    Files.writeString(path, "a\n".repeat(20_001));
    assertThatExceptionOfType(UnsupportedInputException.class)
        .isThrownBy(() -> Montage.read(path))
        .withMessage("m.tsv: line 20001: montages and layouts have up to 20000 sensors");
  }
}
