package org.efferent.data.fif;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingAbout;

/**
 * What a file says about its measurement.
 *
 * @param sampleRateHz rate in hertz
 * @param lowpassHz corner of the low-pass; half the rate where the file does not say
 * @param highpassHz corner of the high-pass; 0 where the file does not say
 * @param channels in the order of the data
 * @param measured when; empty where the file says that it does not say
 * @param bads names of the channels that somebody marked as bad
 * @param projectors that belong to the data
 * @param compensations matrices of CTF's compensation in the file
 * @param deviceToHead from the device's frame to the head's
 * @param digitisation points of the head
 * @param about whom and what it is of; its start is {@code measured} in UTC
 */
public record FifInfo(
    double sampleRateHz,
    double lowpassHz,
    double highpassHz,
    List<FifChannel> channels,
    Optional<Instant> measured,
    List<String> bads,
    List<FifProjector> projectors,
    int compensations,
    Optional<FifTransform> deviceToHead,
    List<FifPoint> digitisation,
    RecordingAbout about) {
  /** Copies the lists. */
  public FifInfo {
    channels = List.copyOf(channels);
    bads = List.copyOf(bads);
    projectors = List.copyOf(projectors);
    digitisation = List.copyOf(digitisation);
  }

  /** Grade of CTF's compensation that the data have; 0 for none. */
  public int compensationGrade() {
    return channels.stream()
        .filter(c -> c.kind() == 1 && (c.coilType() & 0xffff) == 5001)
        .mapToInt(c -> c.coilType() >> 16)
        .findFirst()
        .orElse(0);
  }

  /** The stream of these channels. */
  StreamInfo stream(String name) {
    List<ChannelInfo> infos = channels.stream().map(FifChannel::toChannelInfo).toList();
    boolean magnetic = infos.stream().anyMatch(c -> c.kind().startsWith("MEG"));
    String type = magnetic ? "MEG" : infos.get(0).kind();
    return new StreamInfo(name, type, sampleRateHz, "", infos);
  }
}
