package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells people what a file holds besides its recording. */
final class FifContents {
  private FifContents() {}

  static List<String> of(FifFile file) {
    Optional<FifInfo> info = file.info();
    List<String> lines = new ArrayList<>();
    for (FifEvoked e : file.evoked()) {
      double[] stamps = e.recording().stamps();
      lines.add(
          String.format(
              Locale.ROOT,
              "evoked response '%s': %s of %d, %d channels × %d samples%s",
              e.comment(),
              e.aspectName(),
              e.averaged(),
              e.recording().channels(),
              stamps.length,
              stamps.length == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, ", %.3f to %.3f s", stamps[0], stamps[stamps.length - 1])));
    }
    file.epochs()
        .ifPresent(
            e ->
                lines.add(
                    "epochs: %d of %d channels × %d samples"
                        .formatted(e.count(), info.orElseThrow().channels().size(), e.samples())));
    file.events().forEach(e -> lines.add("events: " + e.rows().size()));
    file.annotations().forEach(a -> lines.add("annotations: " + a.markers().size()));
    for (FifCovariance c : file.covariances()) {
      lines.add(
          "covariance: %s%d channels, %d degrees of freedom"
              .formatted(c.isDiagonal() ? "diagonal, " : "", c.dimension(), c.degreesOfFreedom()));
    }
    for (FifProjector p : file.projectors()) {
      lines.add(
          "projector '%s': %d channels, %s"
              .formatted(p.name(), p.channels().size(), p.isActive() ? "applied" : "not applied"));
    }
    if (info.isEmpty()) {
      file.transforms().forEach(t -> lines.add("transform: " + t));
    } else {
      addInfoLines(info.get(), lines);
    }
    return lines;
  }

  private static void addInfoLines(FifInfo i, List<String> lines) {
    if (!i.bads().isEmpty()) {
      lines.add("bad channels: " + String.join(", ", i.bads()));
    }
    if (i.compensations() > 0) {
      lines.add(
          "CTF compensation: %d matrices, grade %d applied"
              .formatted(i.compensations(), i.compensationGrade()));
    }
    if (!i.digitisation().isEmpty()) {
      lines.add("digitised points: " + i.digitisation().size());
    }
  }
}
