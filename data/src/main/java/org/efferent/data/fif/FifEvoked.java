package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;

/**
 * An evoked response, in memory.
 *
 * @param comment what it is of
 * @param aspect what was computed: 100 an average, 101 its standard error, 102 a single epoch, …
 * @param averaged how many epochs went into it
 * @param recording its samples {@code [times × channels]}; stamps are seconds from the event
 */
public record FifEvoked(String comment, int aspect, int averaged, MemoryRecording recording) {
  static List<FifEvoked> readAll(FifInput in, FifNode root, FifInfo info, List<String> warnings) {
    List<FifEvoked> all = new ArrayList<>();
    for (FifNode node : root.find(Fiff.B_EVOKED)) {
      for (FifNode aspect : aspects(node, warnings)) {
        all.add(new Reader(in, node, aspect, info).read());
      }
    }
    return all;
  }

  private static List<FifNode> aspects(FifNode node, List<String> warnings) {
    List<FifNode> aspects = new ArrayList<>(node.find(Fiff.B_ASPECT));
    List<FifNode> shielded = node.find(Fiff.B_IAS_ASPECT);
    if (!shielded.isEmpty()) {
      warnings.add(
          "an evoked response was recorded with active shielding and not corrected for it");
      aspects.addAll(shielded);
    }
    return aspects;
  }

  /** What was computed, in a word. */
  public String aspectName() {
    return switch (aspect) {
      case 100 -> "average";
      case 101 -> "standard error";
      case 102 -> "single epoch";
      case 103 -> "subaverage";
      case 104 -> "alternating subaverage";
      case 105 -> "sample";
      case 106 -> "power density";
      default -> "aspect " + aspect;
    };
  }

  /** Reads one aspect of one response. */
  private record Reader(FifInput in, FifNode node, FifNode aspect, FifInfo info) {
    FifEvoked read() {
      Map<String, String> longNames = new HashMap<>();
      List<FifChannel> channels = InfoReader.channels(in, node, longNames);
      if (channels.isEmpty()) {
        channels = info.channels();
      }
      double rate =
          node.tag(Fiff.SFREQ)
              .map(t -> FifValues.number(in, t))
              .filter(r -> r > 0 && Double.isFinite(r))
              .orElse(info.sampleRateHz());
      List<FifTag> epochs = aspect.tags().stream().filter(t -> t.kind() == Fiff.EPOCH).toList();
      int n = channels.size();
      double[][] rows = epochs.size() == 1 ? whole(epochs.get(0), n) : single(epochs, n);
      int samples = rows[0].length;
      double[] values = new double[samples * n];
      for (int c = 0; c < n; c++) {
        double cal = channels.get(c).cal();
        for (int s = 0; s < samples; s++) {
          values[s * n + c] = rows[c][s] * cal;
        }
      }
      String comment =
          aspect
              .tag(Fiff.COMMENT)
              .or(() -> node.tag(Fiff.COMMENT))
              .map(t -> FifValues.text(in, t))
              .orElse("");
      StreamInfo stream =
          new StreamInfo(
              comment,
              "evoked",
              rate,
              "",
              channels.stream().map(FifChannel::toChannelInfo).toList());
      return new FifEvoked(
          comment,
          aspect.tag(Fiff.ASPECT_KIND).map(t -> FifValues.integer(in, t)).orElse(100),
          aspect.tag(Fiff.NAVE).map(t -> FifValues.integer(in, t)).orElse(1),
          new MemoryRecording(stream, stamps(samples, rate), values, List.of()));
    }

    /** One matrix {@code [channels × samples]}; of one channel it may lie the other way. */
    private double[][] whole(FifTag tag, int channels) {
      int[] shape = FifValues.dimensions(in, tag);
      boolean column = shape.length == 2 && channels == 1 && shape[1] == 1;
      if (!column && (shape.length != 2 || shape[0] != channels)) {
        throw wrong(tag, channels, Arrays.toString(shape));
      }
      double[] all = FifValues.numbers(in, tag);
      int samples = all.length / channels;
      double[][] rows = new double[channels][];
      for (int c = 0; c < channels; c++) {
        rows[c] = Arrays.copyOfRange(all, c * samples, (c + 1) * samples);
      }
      return rows;
    }

    /** One tag a channel, as old programs wrote it. */
    private double[][] single(List<FifTag> tags, int channels) {
      if (tags.size() != channels) {
        throw new InputException(
            "%s: evoked response: a block of epochs, or one a channel, must be there; channels=%d, blocks=%d"
                .formatted(in.name(), channels, tags.size()));
      }
      double[][] rows = new double[channels][];
      for (int c = 0; c < channels; c++) {
        rows[c] = FifValues.numbers(in, tags.get(c));
        if (rows[c].length != rows[0].length) {
          throw wrong(tags.get(c), channels, "[" + rows[c].length + "]");
        }
      }
      return rows;
    }

    private InputException wrong(FifTag tag, int channels, String shape) {
      return new InputException(
          "%s: evoked response at byte %d: must have a row for each of its %d channels; shape=%s"
              .formatted(in.name(), tag.at() - 16, channels, shape));
    }

    private double[] stamps(int samples, double rate) {
      Optional<Double> time = node.tag(Fiff.FIRST_TIME).map(t -> FifValues.number(in, t));
      int first = node.tag(Fiff.FIRST_SAMPLE).map(t -> FifValues.integer(in, t)).orElse(0);
      boolean byTime = time.isPresent() && node.tag(Fiff.NO_SAMPLES).isPresent();
      double[] stamps = new double[samples];
      for (int i = 0; i < samples; i++) {
        stamps[i] = byTime ? time.get() + i / rate : ((double) first + i) / rate;
      }
      return stamps;
    }
  }
}
