package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.core.LocalClock;

/**
 * Measures the distance of two clocks, as NTP: of a wave of probes the one with the shortest round
 * trip counts ({@code time_receiver.cpp}).
 *
 * <p>t0 sent here, t1 received there, t2 sent there, t3 received here: rtt = (t3 − t0) − (t2 − t1),
 * offset = ((t1 − t0) + (t2 − t3)) / 2.
 */
final class TimeProber {
  private final LslConfig config;
  private final LocalClock clock;
  private final InetSocketAddress peer;
  private int answered;
  private double bestRtt;
  private double bestOffset;
  private double bestRemote;

  TimeProber(Endpoint endpoint, LslConfig config, LocalClock clock) throws IOException {
    this.config = config;
    this.clock = clock;
    this.peer =
        new InetSocketAddress(InetAddress.getByName(endpoint.address()), endpoint.servicePort());
  }

  /** Probes that were answered in the last wave. */
  int answered() {
    return answered;
  }

  /** One wave; empty if too few probes were answered. Takes 0.64 s by LSL's defaults. */
  Optional<TimeCorrection> wave() throws IOException {
    LslTuning tuning = config.tuning();
    answered = 0;
    bestRtt = Double.POSITIVE_INFINITY;
    int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    long interval = tuning.timeProbeInterval().toNanos();
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(Nets.listenAddress(config), 0))) {
      long begin = System.nanoTime();
      for (int probe = 1; probe <= tuning.timeProbes(); probe++) {
        send(socket, id);
        boolean last = probe == tuning.timeProbes();
        long until = begin + probe * interval + (last ? tuning.timeProbeMaxRtt().toNanos() : 0);
        while (hear(socket, id, until)) {
          answered++;
          if (last && answered >= tuning.timeProbes()) {
            break;
          }
        }
      }
    }
    return answered < tuning.timeMinProbes()
        ? Optional.empty()
        : Optional.of(new TimeCorrection(-bestOffset, bestRtt, bestRemote));
  }

  private void send(DatagramSocket socket, int id) throws IOException {
    String text = "LSL:timedata\r\n" + id + " " + InfoXml.number(clock.seconds()) + "\r\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, peer));
  }

  /** Waits for an answer of this wave; false when the time is over. */
  private boolean hear(DatagramSocket socket, int id, long until) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    while (true) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      socket.setSoTimeout((int) ((left + 999_999) / 1_000_000));
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return false;
      }
      double t3 = clock.seconds();
      String text =
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8).strip();
      if (note(text.split("\\s+"), id, t3)) {
        return true;
      }
    }
  }

  private boolean note(String[] words, int id, double t3) {
    if (words.length < 4 || !words[0].equals(Integer.toString(id))) {
      return false;
    }
    try {
      double t0 = Double.parseDouble(words[1]);
      double t1 = Double.parseDouble(words[2]);
      double t2 = Double.parseDouble(words[3]);
      double rtt = (t3 - t0) - (t2 - t1);
      if (rtt < bestRtt) {
        bestRtt = rtt;
        bestOffset = ((t1 - t0) + (t2 - t3)) / 2;
        bestRemote = (t1 + t2) / 2;
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
