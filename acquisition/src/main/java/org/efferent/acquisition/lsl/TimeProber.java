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
 * trip counts ({@code time_receiver.cpp}); see {@link TimeWave}.
 */
final class TimeProber {
  private final LslConfig config;
  private final LocalClock clock;
  private final InetSocketAddress peer;
  private int answered;

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
    TimeWave wave = new TimeWave(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    long interval = tuning.timeProbeInterval().toNanos();
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(Nets.listenAddress(config), 0))) {
      long begin = System.nanoTime();
      for (int probe = 1; probe <= tuning.timeProbes(); probe++) {
        send(socket, wave.question(clock.seconds()));
        boolean last = probe == tuning.timeProbes();
        long until = begin + probe * interval + (last ? tuning.timeProbeMaxRtt().toNanos() : 0);
        while (!(last && wave.answered() >= tuning.timeProbes()) && hear(socket, wave, until)) {
          // Answers come as they like, to this probe or an earlier one.
        }
      }
    }
    answered = wave.answered();
    return wave.result(tuning.timeMinProbes());
  }

  private void send(DatagramSocket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, peer));
  }

  /** Waits for one datagram, whatever it says; false when the time is over. */
  private boolean hear(DatagramSocket socket, TimeWave wave, long until) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
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
    wave.answer(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8), t3);
    return true;
  }
}
