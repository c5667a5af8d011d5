package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.decoders.encoder.OptionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioEncoderTest {
  @TempDir private Path folder;

  private static ModelDescription description(Object... entries) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", "tiny.onnx");
    values.put("kind", "audio");
    values.put("input", "input_values");
    values.put("output", "last_hidden_state");
    for (int i = 0; i < entries.length; i += 2) {
      values.put((String) entries[i], entries[i + 1]);
    }
    return ModelDescription.read(new OptionReader("d.yaml", values));
  }

  private AudioEncoder open(byte[] model, Object... entries) throws IOException {
    Path file = Files.write(folder.resolve("tiny.onnx"), model);
    return AudioEncoder.open(description(entries), file, 1);
  }

  /** A staircase: 20 ms of 0, of 1, of 2, … */
  private static double[] stairs(int steps) {
    double[] audio = new double[320 * steps];
    Arrays.setAll(audio, i -> Math.floorDiv(i, 320));
    return audio;
  }

  @Test
  void rowsAreBroughtToTheWantedRate() throws IOException {
    try (AudioEncoder encoder = open(TinyOnnx.audioMeans(), "standardize", false)) {
      Tensor out = encoder.encode(stairs(50), 16_000, 120);
      assertThat(out.shape()).containsExactly(2, 120);
      float[] values = out.floats();
      for (int t = 0; t < 120; t++) {
        int row = NearestInterpolation.source(t, 50, 120);
        assertThat(values[t]).as("row %d", t).isEqualTo(3f * row);
        assertThat(values[120 + t]).isEqualTo(-3f * row);
      }
    }
  }

  @Test
  void eachBlockIsStandardized() throws IOException {
    // 2 s of a square wave around 10: ±1 after standardizing, whatever its size.
    double[] audio = new double[32_000];
    Arrays.setAll(audio, i -> 10 + (i < 16_000 ? 0.5 : 4) * (i / 320 % 2 == 0 ? 1 : -1));
    try (AudioEncoder encoder = open(TinyOnnx.audioMeans(), "blockSeconds", 1)) {
      float[] values = encoder.encode(audio, 16_000, 50).floats();
      for (int t = 0; t < 100; t++) {
        assertThat(values[t]).isCloseTo(t % 2 == 0 ? 3 : -3, within(1e-4f));
      }
    }
  }

  @Test
  void blocksFollowOneAnother() throws IOException {
    for (int steps : new int[] {110, 130, 150}) {
      double[] audio = stairs(steps);
      try (AudioEncoder whole = open(TinyOnnx.audioMeans(), "standardize", false);
          AudioEncoder pieces =
              open(TinyOnnx.audioMeans(), "standardize", false, "blockSeconds", 1)) {
        assertThat(pieces.encode(audio, 16_000, 50).floats())
            .isEqualTo(whole.encode(audio, 16_000, 50).floats());
      }
    }
  }

  @Test
  void rowsMayBePooled() throws IOException {
    try (AudioEncoder encoder =
        open(TinyOnnx.audioMeans(), "standardize", false, "pool", "mean", "normalise", true)) {
      Tensor out = encoder.encode(stairs(5), 16_000, 120);
      assertThat(out.shape()).containsExactly(2);
      assertThat(out.floats()[0]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    }
    try (AudioEncoder encoder =
        open(TinyOnnx.audioMeans(), "standardize", false, "pool", "mean", "blockSeconds", 1)) {
      assertThat(encoder.encode(stairs(101), 16_000, 120).floats()).containsExactly(150, -150);
    }
  }

  @Test
  void audioOfAnotherRateIsResampled() throws IOException {
    double[] tone = new double[44_100];
    Arrays.setAll(tone, i -> 0.25);
    try (AudioEncoder encoder = open(TinyOnnx.audioMeans(), "standardize", false)) {
      Tensor out = encoder.encode(tone, 44_100, 120);
      assertThat(out.shape()).containsExactly(2, 120);
      assertThat(out.floats()[60]).isCloseTo(0.75f, within(1e-6f));
    }
  }

  /** Figures of NumPy after the published code: a tone of 440 Hz for 0.7 s and a rising one. */
  @Test
  void whispersSpectrogramIsWhispers() {
    double[] audio = new double[24_000];
    for (int i = 0; i < audio.length; i++) {
      double t = i / 16_000.0;
      audio[i] =
          (t < 0.7 ? 0.3 * Math.sin(2 * Math.PI * 440 * t) : 0)
              + 0.05 * Math.sin(2 * Math.PI * 3000 * t * t);
    }
    float[] mel = new WhisperMel().of(audio);
    assertThat(mel).hasSize(240_000);
    assertThat(mel[0]).isCloseTo(0.875387f, within(1e-5f));
    assertThat(mel[1]).isCloseTo(0.905612f, within(1e-5f));
    assertThat(mel[10 * 3000 + 5]).isCloseTo(1.239655f, within(1e-5f));
    assertThat(mel[40 * 3000 + 100]).isCloseTo(-0.647467f, within(1e-5f));
    assertThat(mel[79 * 3000 + 2999]).isCloseTo(-0.647467f, within(1e-5f));
    double sum = 0;
    for (float value : mel) {
      sum += value;
    }
    assertThat(sum / mel.length).isCloseTo(-0.6409912907, within(1e-6));
  }

  @Test
  void whisperHearsThirtySecondsAtATime() throws IOException {
    double[] audio = new double[32 * 16_000];
    Arrays.setAll(audio, i -> Math.sin(0.1 * i));
    try (AudioEncoder encoder =
        open(
            TinyOnnx.whisperMeans(),
            "input",
            "input_features",
            "features",
            "whisper",
            "rateHz",
            50)) {
      Tensor out = encoder.encode(audio, 16_000, 50);
      assertThat(out.shape()).containsExactly(80, 1600);
      float[] first = new WhisperMel().of(Arrays.copyOf(audio, 480_000));
      float[] second = new WhisperMel().of(Arrays.copyOfRange(audio, 480_000, 512_000));
      float[] values = out.floats();
      assertThat(values[0]).isCloseTo((first[0] + first[1]) / 2, within(1e-6f));
      assertThat(values[3 * 1600 + 1502])
          .isCloseTo((second[3 * 3000 + 4] + second[3 * 3000 + 5]) / 2, within(1e-6f));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    try (AudioEncoder encoder = open(TinyOnnx.audioMeans(), "rateHz", 100)) {
      assertThatThrownBy(() -> encoder.encode(stairs(50), 16_000, 120))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "rateHz must be the rows that the network gives a second; rateHz=100.0, rows=50,"
                  + " seconds=1.0");
    }
    try (AudioEncoder encoder = open(TinyOnnx.audioMeans())) {
      assertThatThrownBy(() -> encoder.encode(new double[0], 16_000, 120))
          .isInstanceOf(InputException.class)
          .hasMessage("audio must be longer than one row; samples=0, rate=16000");
      double[] bad = stairs(50);
      bad[3] = Double.POSITIVE_INFINITY;
      assertThatThrownBy(() -> encoder.encode(bad, 16_000, 120))
          .isInstanceOf(InputException.class)
          .hasMessage("audio must be finite; sample=3, value=Infinity");
    }
    assertThatThrownBy(() -> description("pool", "cls"))
        .isInstanceOf(InputException.class)
        .hasMessage("d.yaml: pool must be none or mean for audio; pool=cls");
    assertThatThrownBy(() -> description("features", "whisper", "standardize", true))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("d.yaml: Whisper hears 16000 Hz, 30 s at a time");
    assertThatThrownBy(() -> description("blockSeconds", 0.5))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "d.yaml: blockSeconds must be 0, for the whole, or from 1 to 3600; blockSeconds=0.5");
  }

  @Test
  void channelsOfAFileAreAveraged() throws IOException {
    ByteBuffer wav = ByteBuffer.allocate(52).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(44);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 2).putInt(22_050).putInt(88_200);
    wav.putShort((short) 4).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    wav.putShort((short) 16_384).putShort((short) -8_192).putShort((short) 0).putShort((short) 8);
    Path file = Files.write(folder.resolve("two.wav"), wav.array());
    AudioFile read = AudioFile.read(file);
    assertThat(read.rateHz()).isEqualTo(22_050);
    assertThat(read.samples()).containsExactly(0.125, 4.0 / 32_768);
    Files.write(file, Arrays.copyOf(wav.array(), 44));
    assertThatThrownBy(() -> AudioFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage("two.wav: audio must not be empty; samples=0");
  }
}
