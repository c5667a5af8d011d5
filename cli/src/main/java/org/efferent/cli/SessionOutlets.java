package org.efferent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.filters.session.BinColumns;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionState;
import org.efferent.filters.task.Target;

/**
 * What a session publishes: the cursor, every bin, also while it stands, so that its silence says
 * that the session has died; and markers.
 */
final class SessionOutlets implements AutoCloseable {
  static final String MARKERS = "EfferentMarkers";

  private static final List<String> CHANNELS =
      List.of(
          "x",
          "y",
          "vx",
          "vy",
          "target_x",
          "target_y",
          "target_diameter",
          "click",
          "state",
          "heartbeat");

  private final StreamOutlet cursor;
  private final StreamOutlet markers;
  private final double[] sample = new double[CHANNELS.size()];
  private long beats;

  SessionOutlets(Lsl lsl, String name, double binSeconds) {
    List<ChannelInfo> channels = new ArrayList<>();
    for (String label : CHANNELS) {
      channels.add(new ChannelInfo(label, "Cursor", unit(label)));
    }
    String id = "efferent-session-" + UUID.randomUUID();
    StreamInfo info = new StreamInfo(name, "Cursor", 1 / binSeconds, id, channels);
    cursor = lsl.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32));
    try {
      markers = lsl.openOutlet(LslStreamInfo.markers(MARKERS, id + "-markers"));
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  private static String unit(String label) {
    return switch (label) {
      case "x", "y", "target_x", "target_y", "target_diameter" -> "cm";
      case "vx", "vy" -> "cm/s";
      case "state" -> states();
      default -> "";
    };
  }

  /** What the numbers of the channel mean, where whoever reads the stream finds it. */
  private static String states() {
    List<String> words = new ArrayList<>();
    for (SessionState state : SessionState.values()) {
      words.add(words.size() + " " + state.id());
    }
    return String.join(", ", words);
  }

  /** The streams, for a recorder. */
  List<LslStreamInfo> infos() {
    return List.of(cursor.info(), markers.info());
  }

  /** Publishes a bin. */
  void accept(double[] row, CursorSession session) {
    Target target = session.loop().target();
    sample[0] = session.loop().cursorX();
    sample[1] = session.loop().cursorY();
    sample[2] = at(row, BinColumns.MOVED_X);
    sample[3] = at(row, BinColumns.MOVED_Y);
    sample[4] = target.x();
    sample[5] = target.y();
    sample[6] = target.diameter();
    sample[7] = at(row, BinColumns.CLICK);
    sample[8] = state(session.state());
    sample[9] = beats++ % 1_000_000;
    cursor.push(sample, StreamOutlet.NOW);
    for (String event : session.events()) {
      markers.push(new String[] {event}, StreamOutlet.NOW);
    }
  }

  /**
   * The last sample: however the session ended, nobody is left with a velocity.
   *
   * @param state it ended in
   */
  void end(SessionState state) {
    sample[2] = 0;
    sample[3] = 0;
    sample[7] = 0;
    sample[8] = state(state);
    sample[9] = beats++ % 1_000_000;
    cursor.push(sample, StreamOutlet.NOW);
    markers.push(new String[] {"end " + state.id()}, StreamOutlet.NOW);
  }

  @SuppressWarnings("EnumOrdinal") // said in the description of the stream
  private static double state(SessionState state) {
    return state.ordinal();
  }

  @SuppressWarnings("EnumOrdinal") // the order is the format of a recorded bin
  static double at(double[] row, BinColumns column) {
    return row[column.ordinal()];
  }

  @Override
  public void close() {
    cursor.close();
    markers.close();
  }
}
