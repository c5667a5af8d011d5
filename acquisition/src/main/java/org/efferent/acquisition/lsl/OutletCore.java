package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/** The part of an outlet below its values: sockets, consumers, stamps. Locks itself. */
final class OutletCore implements OutletTcp.Listener, AutoCloseable {
  private static final int MOST_SHORT_BYTES = OutletUdp.MOST_BYTES - 1_000;

  private final LslStreamInfo info;
  private final LslConfig config;
  private final LocalClock clock;
  private final OutletUdp udp;
  private final OutletTcp tcp;
  private OutletConsumer[] consumers = {};
  private double lastStamp = Double.NaN;
  private long droppedByLeft;
  private boolean closed;

  OutletCore(LslStreamInfo stream, LslConfig config, int bufferSamples, LocalClock clock) {
    this.config = config;
    this.clock = clock;
    ServerSocket server = Nets.tcpInRange(config);
    DatagramChannel service = null;
    List<DatagramChannel> discovery = List.of();
    try {
      service = Nets.udpInRange(config);
      discovery = Nets.discovery(config);
      int servicePort = ((InetSocketAddress) service.getLocalAddress()).getPort();
      // liblsl asks for the full description forever where created_at is 0.
      double createdAt = clock.seconds() == 0 ? 1e-9 : clock.seconds();
      String uid = UUID.randomUUID().toString();
      info =
          stream.at(
              new Origin(1.10, createdAt, uid, config.sessionId(), Nets.hostname()),
              new Endpoint("", server.getLocalPort(), servicePort));
      checkLength(info);
      QueryMatcher matcher = new QueryMatcher(info);
      Duration patience = config.tuning().handshake();
      tcp = new OutletTcp(info, matcher, server, bufferSamples, patience, this);
      udp = new OutletUdp(info, matcher, service, discovery, clock);
    } catch (IOException | RuntimeException e) {
      giveUp(server, service, discovery);
      throw e instanceof RuntimeException own
          ? own
          : new StreamException("cannot publish '" + stream.name() + "': " + e.getMessage(), e);
    }
  }

  /** Discovery answers with one datagram. */
  private static void checkLength(LslStreamInfo info) {
    int bytes = info.shortXml().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_SHORT_BYTES) {
      throw new IllegalArgumentException(
          "name, type, source id and the rest of a short description take at most %d bytes;"
                  .formatted(MOST_SHORT_BYTES)
              + " bytes=%d, name=%.40s".formatted(bytes, info.name()));
    }
  }

  private static void giveUp(
      ServerSocket server, DatagramChannel service, List<DatagramChannel> discovery) {
    Nets.closeAll(service == null ? List.of() : List.of(service));
    Nets.closeAll(discovery);
    try {
      server.close();
    } catch (IOException e) {
      // The error that led here matters more.
      return;
    }
  }

  LslStreamInfo info() {
    return info;
  }

  @Override
  public synchronized void joined(OutletConsumer consumer) {
    consumers = Arrays.copyOf(consumers, consumers.length + 1);
    consumers[consumers.length - 1] = consumer;
    if (closed) {
      consumer.end();
    }
    notifyAll();
  }

  @Override
  public synchronized void left(OutletConsumer consumer) {
    droppedByLeft += consumer.dropped();
    consumers = Arrays.stream(consumers).filter(c -> c != consumer).toArray(OutletConsumer[]::new);
  }

  synchronized int consumers() {
    return consumers.length;
  }

  synchronized long dropped() {
    long sum = droppedByLeft;
    for (OutletConsumer consumer : consumers) {
      sum += consumer.dropped();
    }
    return sum;
  }

  /** What strangers asked in vain. */
  long turnedAway() {
    return tcp.turnedAway() + udp.notUnderstood();
  }

  synchronized boolean awaitConsumers(int minimum, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (consumers.length < minimum && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return consumers.length >= minimum;
  }

  /** The moment that a stamp of the API stands for. */
  synchronized double moment(double stamp) {
    if (stamp == LslOutlet.NOW) {
      return clock.seconds();
    }
    if (stamp == LslOutlet.DEDUCED) {
      return Double.isNaN(lastStamp) ? clock.seconds() : lastStamp + info.periodSeconds();
    }
    return stamp;
  }

  synchronized void offer(
      double moment, boolean deduced, byte[] payload, int length, boolean pushThrough) {
    if (closed) {
      throw new IllegalStateException("outlet '" + info.name() + "' is closed");
    }
    lastStamp = moment;
    for (OutletConsumer consumer : consumers) {
      consumer.offer(moment, deduced, payload, length, pushThrough);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      for (OutletConsumer consumer : consumers) {
        consumer.end();
      }
      notifyAll();
    }
    tcp.stopAccepting();
    udp.close();
    try {
      tcp.drain(config.tuning().flush());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      for (OutletConsumer consumer : consumers) {
        droppedByLeft += consumer.waiting(); // it did not take them in time and never will
      }
    }
    tcp.close();
  }
}
