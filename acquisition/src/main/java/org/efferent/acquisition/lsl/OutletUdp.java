package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * Answers what is asked of an outlet by UDP: discovery on its service port and on the discovery
 * port, the time on its service port alone. One thread.
 */
final class OutletUdp implements AutoCloseable {
  /** Datagrams of one socket before the others have their turn. */
  private static final int TURN = 64;

  /** The longest that a datagram holds. */
  static final int MOST_BYTES = 65_507;

  private final DatagramChannel service;
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final Selector selector;
  private final LocalClock clock;
  private final QueryMatcher matcher;
  private final byte[] shortInfo;
  private final ByteBuffer in = ByteBuffer.allocate(65_536);
  private final AtomicLong notUnderstood = new AtomicLong();

  OutletUdp(
      LslStreamInfo info,
      QueryMatcher matcher,
      DatagramChannel service,
      List<DatagramChannel> discovery,
      LocalClock clock) {
    this.service = service;
    this.matcher = matcher;
    this.clock = clock;
    this.shortInfo = info.shortXml().getBytes(StandardCharsets.UTF_8);
    channels.add(service);
    channels.addAll(discovery);
    try {
      selector = Selector.open();
      for (DatagramChannel channel : channels) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      throw new StreamException("cannot listen for discovery: " + e.getMessage(), e);
    }
    Thread thread = new Thread(this::serve, "efferent-lsl-udp-" + info.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (selector.isOpen()) {
      try {
        selector.select(key -> hear((DatagramChannel) key.channel()));
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException e) {
        // Nothing to answer; the next round shows whether we are closed.
      }
    }
  }

  /** A flood on one socket must not keep the others waiting, nor the probes of the clock. */
  private void hear(DatagramChannel channel) {
    for (int i = 0; i < TURN && hearOne(channel); i++) {
      if (channel != service) {
        hearOne(service);
      }
    }
  }

  private boolean hearOne(DatagramChannel channel) {
    try {
      in.clear();
      SocketAddress from = channel.receive(in);
      if (from == null) {
        return false;
      }
      long received = clock.nanos();
      if (!answer(channel, (InetSocketAddress) from, received)) {
        notUnderstood.incrementAndGet();
      }
      return true;
    } catch (IOException e) {
      // An asker out of reach, or our own end: neither concerns the stream.
      return false;
    } catch (RuntimeException e) {
      // A stranger's datagram must not stop the service, whatever it brings about.
      notUnderstood.incrementAndGet();
      return true;
    }
  }

  /** Datagrams that asked nothing that there is. */
  long notUnderstood() {
    return notUnderstood.get();
  }

  /** Answers, where there is an answer; false if nothing was asked. */
  private boolean answer(DatagramChannel channel, InetSocketAddress from, long received)
      throws IOException {
    String request = new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
    String[] lines = request.split("\\r?\\n", 4);
    String what = lines[0].strip();
    if (what.equals("LSL:shortinfo") && lines.length >= 3) {
      String[] words = lines[2].strip().split("\\s+", 3);
      int port = words.length < 2 ? -1 : port(words[0]);
      if (port > 0 && matcher.matches(lines[1])) {
        byte[] id = (words[1] + "\r\n").getBytes(StandardCharsets.UTF_8);
        if (id.length + shortInfo.length > MOST_BYTES) {
          return false;
        }
        ByteBuffer reply = ByteBuffer.allocate(id.length + shortInfo.length);
        reply.put(id).put(shortInfo).flip();
        InetAddress asker = from.getAddress();
        service.send(reply, new InetSocketAddress(asker, port));
      }
      return port > 0;
    }
    if (!what.equals("LSL:timedata") || lines.length < 2 || channel != service) {
      return false;
    }
    String[] words = lines[1].strip().split("\\s+", 3);
    if (words.length < 2) {
      return false;
    }
    String reply =
        " %s %s %s %s"
            .formatted(
                words[0],
                words[1],
                InfoXml.number(LocalClock.seconds(received)),
                InfoXml.number(clock.seconds()));
    service.send(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)), from);
    return true;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // The channels below end the thread as well.
      selector.wakeup();
    }
    Nets.closeAll(channels);
  }
}
