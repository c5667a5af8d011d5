package org.efferent.data.fif;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.data.RecordingAbout;

/** Reads the measurement information. */
final class InfoReader {
  /** What MNE writes for "no date": 0 s and the largest number of microseconds. */
  private static final int NO_DATE_MICROS = Integer.MAX_VALUE;

  private final FifInput in;
  private final FifNode root;
  private final FifNode meas;
  private final FifNode info;
  private final Map<String, String> longNames = new HashMap<>();

  private InfoReader(FifInput in, FifNode root, FifNode meas, FifNode info) {
    this.in = in;
    this.root = root;
    this.meas = meas;
    this.info = info;
  }

  /** The information of a file; empty if it has no measurement. */
  static Optional<FifInfo> read(FifInput in, FifNode root, List<String> warnings) {
    List<FifNode> measurements = root.find(Fiff.B_MEAS);
    if (measurements.size() > 1) {
      warnings.add(
          measurements.size() + " measurements are in the file; the first of them was read");
    }
    for (FifNode meas : measurements) {
      Optional<FifNode> info = meas.first(Fiff.B_MEAS_INFO);
      if (info.isPresent()) {
        return Optional.of(new InfoReader(in, root, meas, info.get()).read());
      }
    }
    return Optional.empty();
  }

  private FifInfo read() {
    double rate = number(Fiff.SFREQ).orElse(Double.NaN);
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new InputException(
          "%s: measurement information: the rate (tag 201) must be positive; rate=%s"
              .formatted(in.name(), rate));
    }
    List<FifChannel> channels = channels(in, info, longNames);
    int count = info.tag(Fiff.NCHAN).map(t -> FifValues.integer(in, t)).orElse(channels.size());
    if (channels.isEmpty() || count != channels.size()) {
      throw new InputException(
          "%s: measurement information: %d channels are announced, %d are defined; the file is damaged"
              .formatted(in.name(), count, channels.size()));
    }
    Optional<Instant> measured = measured();
    return new FifInfo(
        rate,
        number(Fiff.LOWPASS).filter(v -> !Double.isNaN(v)).orElse(rate / 2),
        number(Fiff.HIGHPASS).filter(v -> !Double.isNaN(v)).orElse(0.0),
        channels,
        measured,
        bads(in, info, longNames),
        FifProjector.readAll(in, info, longNames),
        info.find(Fiff.B_MNE_CTF_COMP_DATA).size(),
        deviceToHead(),
        digitisation(),
        about(measured));
  }

  /** Channels that a block defines; {@code longNames} learns which names are cut short. */
  static List<FifChannel> channels(FifInput in, FifNode block, Map<String, String> longNames) {
    List<FifChannel> channels = new ArrayList<>();
    for (FifTag tag : block.tags()) {
      if (tag.kind() == Fiff.CH_INFO) {
        channels.add(FifChannel.read(in, tag));
      }
    }
    List<FifNode> words = block.find(Fiff.B_CH_INFO);
    if (words.size() == channels.size()) {
      for (int i = 0; i < words.size(); i++) {
        FifChannel plain = channels.get(i);
        FifChannel extended = plain.extended(in, words.get(i));
        channels.set(i, extended);
        longNames.put(plain.name(), extended.name());
      }
    }
    return channels;
  }

  static List<String> bads(FifInput in, FifNode node, Map<String, String> longNames) {
    List<String> bads = new ArrayList<>();
    for (FifNode block : node.find(Fiff.B_MNE_BAD_CHANNELS)) {
      block
          .tag(Fiff.MNE_CH_NAME_LIST)
          .ifPresent(
              t -> {
                for (String name : FifValues.names(in, t)) {
                  bads.add(longNames.getOrDefault(name, name));
                }
              });
    }
    return bads;
  }

  private Optional<Double> number(int kind) {
    return info.tag(kind).map(t -> FifValues.number(in, t));
  }

  private String text(FifNode node, int kind) {
    return node.tag(kind).map(t -> FifValues.text(in, t).strip()).orElse("");
  }

  /** The date, or else that of the id of the measurement, as MNE looks for it. */
  private Optional<Instant> measured() {
    Optional<FifTag> date = info.tag(Fiff.MEAS_DATE);
    if (date.isPresent()) {
      return date(in, date.get(), 0);
    }
    return info.tag(Fiff.PARENT_BLOCK_ID)
        .or(() -> info.tag(Fiff.BLOCK_ID))
        .or(() -> meas.tag(Fiff.BLOCK_ID))
        .or(() -> meas.tag(Fiff.PARENT_BLOCK_ID))
        .or(() -> root.tag(Fiff.FILE_ID))
        .filter(t -> t.size() >= 20)
        .flatMap(t -> date(in, t, 12));
  }

  /** Seconds and microseconds since 1970; old files leave the latter out. */
  static Optional<Instant> date(FifInput in, FifTag tag, int at) {
    ByteBuffer b = FifValues.bytes(in, tag, Math.min(at + 8, Math.max(at + 4, tag.size())));
    int seconds = b.getInt(at);
    int micros = b.limit() >= at + 8 ? b.getInt(at + 4) : 0;
    boolean none = seconds == 0 && micros == NO_DATE_MICROS;
    return none ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds, 1000L * micros));
  }

  private Optional<FifTransform> deviceToHead() {
    List<FifNode> places = new ArrayList<>(List.of(info));
    places.addAll(info.find(Fiff.B_HPI_RESULT));
    for (FifNode place : places) {
      for (FifTag tag : place.tags()) {
        if (tag.kind() == Fiff.COORD_TRANS) {
          FifTransform t = FifTransform.read(in, tag);
          if (t.from() == Fiff.FRAME_DEVICE && t.to() == Fiff.FRAME_HEAD) {
            return Optional.of(t);
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<FifPoint> digitisation() {
    List<FifPoint> points = new ArrayList<>();
    for (FifNode block : info.find(Fiff.B_ISOTRAK)) {
      int frame =
          block
              .tag(Fiff.MNE_COORD_FRAME)
              .map(t -> FifValues.integer(in, t))
              .orElse(Fiff.FRAME_HEAD);
      for (FifTag tag : block.tags()) {
        if (tag.kind() == Fiff.DIG_POINT) {
          points.add(FifPoint.read(in, tag, frame));
        }
      }
    }
    return points;
  }

  private RecordingAbout about(Optional<Instant> measured) {
    FifNode subject = info.first(Fiff.B_SUBJECT).orElse(new FifNode(Fiff.B_SUBJECT));
    FifNode device = info.first(Fiff.B_DEVICE).orElse(new FifNode(Fiff.B_DEVICE));
    String id = text(subject, Fiff.SUBJ_HIS_ID);
    if (id.isEmpty()) {
      id = subject.tag(Fiff.SUBJ_ID).map(t -> "" + FifValues.integer(in, t)).orElse("");
    }
    int sex = subject.tag(Fiff.SUBJ_SEX).map(t -> FifValues.integer(in, t)).orElse(0);
    return new RecordingAbout(
        id,
        joined(subject, Fiff.SUBJ_FIRST_NAME, Fiff.SUBJ_MIDDLE_NAME, Fiff.SUBJ_LAST_NAME),
        sex == 1 ? "M" : sex == 2 ? "F" : "",
        subject.tag(Fiff.SUBJ_BIRTH_DAY).flatMap(this::birthDay),
        measured.map(i -> LocalDateTime.ofInstant(i, ZoneOffset.UTC)),
        text(info, Fiff.PROJ_NAME),
        text(info, Fiff.EXPERIMENTER),
        joined(device, Fiff.DEVICE_TYPE, Fiff.DEVICE_MODEL, Fiff.DEVICE_SERIAL),
        text(info, Fiff.COMMENT));
  }

  private String joined(FifNode node, int... kinds) {
    StringBuilder all = new StringBuilder();
    for (int kind : kinds) {
      all.append(text(node, kind)).append(' ');
    }
    return all.toString().strip().replace("  ", " ");
  }

  private Optional<LocalDate> birthDay(FifTag tag) {
    try {
      return Optional.of(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, FifValues.integer(in, tag)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
