package org.efferent.decoders.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.decoders.Golden;
import org.efferent.decoders.target.EnvelopeOptions.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioTargetsTest {
  private static Golden golden() {
    return new Golden(AudioTargetsTest.class, "target.npz");
  }

  /** torchaudio holds its filters in single precision. */
  @ParameterizedTest
  @EnumSource(MelOptions.Scale.class)
  void melSpectrogramsAreTorchaudios(MelOptions.Scale scale) {
    try (Golden golden = golden()) {
      MelSpectrogram mel = new MelSpectrogram(new MelOptions(16_000, 512, 128, 120, scale, true));
      String name = "mel_" + scale.name().toLowerCase(java.util.Locale.ROOT);
      golden.check(name, mel.logarithmic(golden.get("audio")), 1e-5);
      assertThat(MelOptions.SPEECH.scale()).isEqualTo(MelOptions.Scale.HTK);
      assertThat(mel.frameRateHz()).isEqualTo(125);
      assertThat(mel.frames(3001)).isEqualTo(24);
    }
  }

  @Test
  void silenceIsMinusFive() {
    double[] silence = new MelSpectrogram(MelOptions.SPEECH).logarithmic(new double[1000]);
    assertThat(silence).hasSize(8 * 120).containsOnly(Math.log10(1e-5));
  }

  @Test
  void envelopesAreScipys() {
    try (Golden golden = golden()) {
      double[] audio = golden.get("audio");
      golden.check("hilbert", AudioEnvelope.full(audio, 16_000, EnvelopeOptions.BROADBAND), 1e-12);
      golden.check(
          "hilbert_odd_power",
          AudioEnvelope.full(
              Arrays.copyOf(audio, 3000),
              16_000,
              new EnvelopeOptions(Kind.HILBERT, 0.6, 1, 50, 50, 30)),
          1e-11);
      golden.check("rectified", AudioEnvelope.full(audio, 16_000, EnvelopeOptions.CAUSAL), 1e-11);
      golden.check("gammatone", AudioEnvelope.full(audio, 16_000, EnvelopeOptions.AUDITORY), 1e-11);
      double[] centres = new double[28];
      Arrays.setAll(centres, b -> AudioEnvelope.centreHz(EnvelopeOptions.AUDITORY, b));
      golden.check("centres", centres, 1e-12);
    }
  }

  /** A tone whose amplitude beats at 4 Hz: every envelope at 120 Hz beats with it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void anEnvelopeFollowsTheAmplitude(Kind kind) {
    double[] audio = new double[32_000];
    for (int t = 0; t < audio.length; t++) {
      double amplitude = 1 + 0.8 * Math.sin(2 * Math.PI * 4 * t / 16_000);
      audio[t] = amplitude * Math.sin(2 * Math.PI * 800 * t / 16_000);
    }
    EnvelopeOptions options = new EnvelopeOptions(kind, 1, 28, 50, 5000, 30);

    double[] envelope = AudioEnvelope.compute(audio, 16_000, 120, options);

    assertThat(envelope.length).isBetween(240, 241);
    // The phase is the filter's; the beat is there, and at no other frequency as much.
    double beat = amplitudeAt(envelope, 4);
    assertThat(beat).isGreaterThan(10 * amplitudeAt(envelope, 3));
    double mean = Arrays.stream(envelope).average().orElseThrow();
    assertThat(beat / mean).isCloseTo(0.8, within(0.08));
  }

  private static double amplitudeAt(double[] x, double hertz) {
    double re = 0;
    double im = 0;
    // One second in the middle, whole periods of both.
    for (int i = 60; i < 180; i++) {
      re += x[i] * Math.cos(2 * Math.PI * hertz * i / 120) / 60;
      im += x[i] * Math.sin(2 * Math.PI * hertz * i / 120) / 60;
    }
    return Math.hypot(re, im);
  }

  @Test
  void nearestRowsArePyTorchs() {
    try (Golden golden = golden()) {
      double[] sizes = golden.get("sizes");
      for (int s = 0; s < sizes.length; s += 2) {
        int rows = (int) sizes[s];
        int outputs = (int) sizes[s + 1];
        double[] numbered = new double[rows];
        Arrays.setAll(numbered, i -> i);
        golden.check(
            "nearest_" + rows + "_" + outputs, NearestInterpolation.apply(numbered, 1, outputs), 0);
      }
    }
    assertThat(NearestInterpolation.apply(new double[] {1, 2, 3, 4}, 2, 3))
        .containsExactly(1, 2, 1, 2, 3, 4);
  }

  @Test
  void audioThatCannotBeUsedIsRefused() {
    MelSpectrogram mel = new MelSpectrogram(MelOptions.SPEECH);
    assertThatThrownBy(() -> mel.power(new double[256]))
        .isInstanceOf(InputException.class)
        .hasMessage("audio must be longer than half a frame; samples=256, fftSize=512");
    double[] bad = new double[600];
    bad[9] = Double.NaN;
    assertThatThrownBy(() -> mel.power(bad))
        .isInstanceOf(InputException.class)
        .hasMessage("audio must be finite; sample=9, value=NaN");
    assertThatThrownBy(
            () -> AudioEnvelope.compute(new double[99], 8000, 120, EnvelopeOptions.AUDITORY))
        .isInstanceOf(InputException.class)
        .hasMessage("the highest band must lie below half the rate; highHz=5000.0, rate=8000");
  }
}
