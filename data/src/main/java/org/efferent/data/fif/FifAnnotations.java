package org.efferent.data.fif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.Marker;

/**
 * Annotations as MNE-Python writes them.
 *
 * @param origin what onsets count from; empty where they count from the first sample
 * @param markers onset in seconds after the origin, duration, description; in the file's order
 */
public record FifAnnotations(Optional<Instant> origin, List<Marker> markers) {
  /** Copies the list. */
  public FifAnnotations {
    markers = List.copyOf(markers);
  }

  static List<FifAnnotations> readAll(FifInput in, FifNode root, List<String> warnings) {
    List<FifAnnotations> all = new ArrayList<>();
    for (FifNode node : root.find(Fiff.B_MNE_ANNOTATIONS)) {
      all.add(read(in, node, warnings));
    }
    return all;
  }

  private static FifAnnotations read(FifInput in, FifNode node, List<String> warnings) {
    double[] onsets = numbers(in, node, Fiff.MNE_BASELINE_MIN);
    double[] ends = numbers(in, node, Fiff.MNE_BASELINE_MAX);
    List<String> texts = node.tag(Fiff.COMMENT).map(t -> FifValues.names(in, t)).orElse(List.of());
    if (onsets.length == 1 && texts.isEmpty() && node.tag(Fiff.COMMENT).isPresent()) {
      texts = List.of("");
    }
    if (onsets.length != ends.length || onsets.length != texts.size()) {
      throw new InputException(
          "%s: annotations: onsets, ends and texts must be as many; onsets=%d, ends=%d, texts=%d"
              .formatted(in.name(), onsets.length, ends.length, texts.size()));
    }
    List<Marker> markers = new ArrayList<>();
    int odd = 0;
    for (int i = 0; i < onsets.length; i++) {
      double duration = ends[i] - onsets[i];
      if (Double.isFinite(duration) && duration >= 0) {
        markers.add(new Marker(onsets[i], duration, texts.get(i)));
      } else {
        odd++;
      }
    }
    if (odd > 0) {
      warnings.add(odd + " annotations end before they begin, or never; they were left out");
    }
    return new FifAnnotations(node.tag(Fiff.MEAS_DATE).flatMap(t -> origin(in, t)), markers);
  }

  private static double[] numbers(FifInput in, FifNode node, int kind) {
    return node.tag(kind).map(t -> FifValues.numbers(in, t)).orElse(new double[0]);
  }

  /** Two integers, or in old files one floating number of seconds. */
  private static Optional<Instant> origin(FifInput in, FifTag tag) {
    if (tag.type() == Fiff.T_INT) {
      return InfoReader.date(in, tag, 0);
    }
    double seconds = FifValues.number(in, tag);
    return Math.abs(seconds) < 1e11
        ? Optional.of(Instant.ofEpochSecond(0, 1000 * Math.round(seconds * 1e6)))
        : Optional.empty();
  }

  /**
   * The markers in seconds from the first sample of a recording. MNE lets them count from the date
   * of the measurement, when the sample of number 0 was taken; or from the first sample, where the
   * date is known and they have no origin.
   */
  List<Marker> onClockOf(FifInfo info, long firstSample) {
    double shift = -firstSample / info.sampleRateHz();
    if (info.measured().isPresent()) {
      shift =
          origin.isEmpty()
              ? 0
              : shift + seconds(Duration.between(info.measured().get(), origin.get()));
    }
    List<Marker> moved = new ArrayList<>(markers.size());
    for (Marker m : markers) {
      moved.add(new Marker(m.time() + shift, m.durationSeconds(), m.label()));
    }
    return moved;
  }

  private static double seconds(Duration d) {
    return d.getSeconds() + d.getNano() * 1e-9;
  }
}
