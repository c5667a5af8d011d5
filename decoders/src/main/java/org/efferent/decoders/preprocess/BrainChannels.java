package org.efferent.decoders.preprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;

/**
 * Which channels of a stream may be the input of a decoder. Triggers, audio and auxiliary channels
 * carry the stimulus or the body: a decoder that sees them decodes these.
 */
public final class BrainChannels {
  private static final Set<String> BRAIN =
      Set.of(
          "EEG",
          "IEEG",
          "ECOG",
          "SEEG",
          "DBS",
          "LFP",
          "EPHYS",
          "NIRS",
          "SPIKES",
          "FEATURE",
          "FEATURES");

  /** Names that give a channel away where its kind is unknown or only guessed. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)((LEFT|RIGHT)[ _.:-]?)?([VH]?EOG|ECG|EKG|V?EMG|AUX|AUD|AUDIO|SOUND|MIC|STI|STIM|TRIG|TRIGGER|STATUS|MARKERS?"
              + "|EVENTS?|DIAG|ACC|GYRO|RESP|GSR|EDA|PPG|TEMP|MISC|PHOTO|DIODE|PHOTODIODE)"
              + "([ _.:-]?([A-Z]|[0-9]+|IN|CHANNEL|LEFT|RIGHT|[LR][0-9]*))?");

  private BrainChannels() {}

  /**
   * Whether a channel measures the brain: its kind is EEG, MEG…, ECoG, SEEG, DBS, LFP, NIRS, spikes
   * or features, or unknown, and, where it is EEG or unknown, its name is not that of something
   * else ({@code STI 014}, {@code VEOG}, {@code Aux5}, {@code Right AUX}, …).
   */
  public static boolean isBrain(ChannelInfo channel) {
    return whyNot(channel).isEmpty();
  }

  private static String whyNot(ChannelInfo channel) {
    String kind = channel.kind().strip().toUpperCase(Locale.ROOT);
    if (!kind.isEmpty() && !kind.startsWith("MEG") && !BRAIN.contains(kind)) {
      return channel.kind().strip();
    }
    // A reader that knows no better calls a channel EEG; who says ECoG or MEG means it.
    boolean guessed = kind.isEmpty() || kind.equals("EEG") || kind.equals("EPHYS");
    return guessed && OTHER.matcher(channel.label().strip()).matches() ? "by its name" : "";
  }

  /**
   * The channels that measure the brain.
   *
   * @param info the stream
   * @return their indices, rising
   * @throws InputException if there is none
   */
  public static List<Integer> pick(StreamInfo info) {
    List<Integer> picked = new ArrayList<>();
    for (int c = 0; c < info.channelCount(); c++) {
      if (isBrain(info.channels().get(c))) {
        picked.add(c);
      }
    }
    if (picked.isEmpty()) {
      throw new InputException(
          "a decoder needs brain channels and stream '%s' has none; its channels are %s"
              .formatted(info.name(), refused(info)));
    }
    return picked;
  }

  /**
   * Refuses a stream that holds anything but brain channels.
   *
   * @param info the stream
   * @throws InputException that names every channel that is refused
   */
  public static void require(StreamInfo info) {
    String refused = refused(info);
    if (!refused.isEmpty()) {
      throw new InputException(
          "stream '%s': triggers, audio and auxiliary channels are refused as input of a decoder: %s; pick the brain channels"
              .formatted(info.name(), refused));
    }
  }

  private static String refused(StreamInfo info) {
    List<String> refused = new ArrayList<>();
    for (ChannelInfo channel : info.channels()) {
      String why = whyNot(channel);
      if (!why.isEmpty()) {
        refused.add("'%s' (%s)".formatted(channel.label(), why));
      }
    }
    return String.join(", ", refused);
  }

  /**
   * Where the channels of a decoder lie in a stream.
   *
   * @param info the stream
   * @param labels channels of the decoder in its order
   * @return an index each
   * @throws InputException that names every channel that is missing, there twice or no brain
   *     channel
   */
  public static List<Integer> find(StreamInfo info, List<String> labels) {
    List<Integer> found = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String label : labels) {
      List<Integer> places = new ArrayList<>();
      for (int c = 0; c < info.channelCount(); c++) {
        if (info.channels().get(c).label().equals(label)) {
          places.add(c);
        }
      }
      if (places.size() != 1) {
        wrong.add("'%s' (there %d times)".formatted(label, places.size()));
      } else if (!isBrain(info.channels().get(places.get(0)))) {
        wrong.add("'%s' (%s)".formatted(label, whyNot(info.channels().get(places.get(0)))));
      } else {
        found.add(places.get(0));
      }
    }
    if (!wrong.isEmpty()) {
      throw new InputException(
          "stream '%s': a decoder's channels must each be there once and measure the brain: %s"
              .formatted(info.name(), String.join(", ", wrong)));
    }
    return found;
  }
}
