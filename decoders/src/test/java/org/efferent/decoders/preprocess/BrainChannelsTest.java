package org.efferent.decoders.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrainChannelsTest {
  /** Each {@code label:kind}. */
  private static StreamInfo stream(String... channels) {
    return new StreamInfo(
        "s",
        "EEG",
        250,
        "",
        Arrays.stream(channels)
            .map(c -> new ChannelInfo(c.split(":", -1)[0], c.split(":", -1)[1], ""))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cz:EEG",
        "Cz:eeg",
        "1:",
        "MEG 0111:MEGMAG",
        "MLC11-1609:MEGGRADAXIAL",
        "R1:MEGREFMAG",
        "unit3:Spikes",
        "AF7:",
        "A1:EEG",
        "T8:EEG",
        "elec1:Ephys",
        "E1:ECOG",
        "AUD1:ECOG",
        "TP9:EEG",
        "Status2x:EEG"
      })
  void brainChannelsAreTaken(String channel) {
    assertThat(BrainChannels.isBrain(stream(channel).channels().get(0))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STI 014:TRIG",
        "STI101:",
        "1:AUDIO",
        "Aux5:EEG",
        "AUD:EEG",
        "VEOG:EEG",
        "HEOG:EOG",
        "x:MISC",
        "x:Truth",
        "ECG:",
        "Status:EEG",
        "AUX_1:EEG",
        "Right AUX:AUX",
        "Right AUX:",
        "stim:",
        "ACC_X:EEG",
        "x:SYSCLOCK",
        "TRIGGER:EEG"
      })
  void triggersAudioAndAuxiliaryChannelsAreNot(String channel) {
    assertThat(BrainChannels.isBrain(stream(channel).channels().get(0))).isFalse();
  }

  @Test
  void aStreamWithOtherChannelsIsRefusedAndAllAreNamed() {
    StreamInfo mixed = stream("Cz:EEG", "STI 014:TRIG", "Aux5:EEG", "1:AUDIO", "Pz:EEG");
    assertThatThrownBy(() -> BrainChannels.require(mixed))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "stream 's': triggers, audio and auxiliary channels are refused as input of a decoder: 'STI 014' (TRIG), 'Aux5' (by its name), '1' (AUDIO); pick the brain channels");
    assertThat(BrainChannels.pick(mixed)).containsExactly(0, 4);
    BrainChannels.require(stream("Cz:EEG", "Pz:"));
    assertThatThrownBy(() -> BrainChannels.pick(stream("1:AUDIO")))
        .hasMessage(
            "a decoder needs brain channels and stream 's' has none; its channels are '1' (AUDIO)");
  }

  @Test
  void aDecodersChannelsAreFoundInItsOrder() {
    StreamInfo info = stream("Cz:EEG", "Pz:EEG", "Oz:EEG", "Oz:EEG", "EOG:EEG");
    assertThat(BrainChannels.find(info, List.of("Pz", "Cz"))).containsExactly(1, 0);
    assertThatThrownBy(() -> BrainChannels.find(info, List.of("Cz", "Fz", "Oz", "EOG")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "stream 's': a decoder's channels must each be there once and measure the brain: 'Fz' (there 0 times), 'Oz' (there 2 times), 'EOG' (by its name)");
  }
}
