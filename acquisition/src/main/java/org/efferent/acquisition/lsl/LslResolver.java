package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.efferent.core.StreamException;

/**
 * Finds streams: asks the known peers one by one and everybody by multicast, in waves, and collects
 * the answers.
 */
public final class LslResolver {
  private static final int TURN = 64;

  private final LslConfig config;
  private final DatagramChannel channel;
  private final Selector selector;
  private final byte[] question;
  private final LslAnswers answers;
  private final List<InetAddress> peers = new ArrayList<>();
  private final Set<String> unknownPeers = new LinkedHashSet<>();
  private final Set<String> unreachable = new LinkedHashSet<>();
  private final ByteBuffer in = ByteBuffer.allocate(65_536);

  private LslResolver(
      LslConfig config, DatagramChannel channel, Selector selector, String predicate)
      throws IOException {
    this.config = config;
    this.channel = channel;
    this.selector = selector;
    String id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong());
    this.answers = new LslAnswers(id);
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    String session = property("session_id", config.sessionId());
    String whole = predicate.isBlank() ? session : session + " and (" + predicate + ")";
    question =
        ("LSL:shortinfo\r\n"
                + whole.replaceAll("[\\r\\n]", " ")
                + "\r\n"
                + port
                + " "
                + id
                + "\r\n")
            .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The predicate that a property has a value.
   *
   * @param property field of the stream description: {@code name}, {@code type}, {@code source_id}…
   * @param value its value
   * @return an XPath predicate
   */
  public static String property(String property, String value) {
    if (value.indexOf('\'') < 0) {
      return property + "='" + value + "'";
    }
    if (value.indexOf('"') < 0) {
      return property + "=\"" + value + "\"";
    }
    return property + "=concat('" + value.replace("'", "',\"'\",'") + "')";
  }

  /**
   * Looks for streams of the configured session.
   *
   * @param predicate XPath 1.0 on the {@code info} element, such as {@code type='EEG' and
   *     channel_count>8}; empty for all
   * @param minimum how many are enough; the search goes on until the time is over otherwise
   * @param timeout how long to search at the most
   * @param config where
   * @return what was found, the youngest first
   * @throws StreamException if no socket can be had
   * @throws InterruptedException if the thread is asked to stop
   */
  public static List<LslStreamInfo> resolve(
      String predicate, int minimum, Duration timeout, LslConfig config)
      throws InterruptedException {
    return search(predicate, minimum, timeout, config).streams();
  }

  /**
   * Looks for streams of the configured session, and says what stood in the way.
   *
   * @param predicate XPath 1.0 on the {@code info} element; empty for all
   * @param minimum how many are enough; the search goes on until the time is over otherwise
   * @param timeout how long to search at the most
   * @param config where
   * @return what was found and what was not reached or not understood
   * @throws StreamException if no socket can be had
   * @throws InterruptedException if the thread is asked to stop
   */
  public static LslSearch search(String predicate, int minimum, Duration timeout, LslConfig config)
      throws InterruptedException {
    try (DatagramChannel channel = Nets.udpInRange(config);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return new LslResolver(config, channel, selector, predicate).run(minimum, timeout);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        // A channel closes under a thread that is interrupted.
        throw new InterruptedException("interrupted while looking for streams");
      }
      throw new StreamException("cannot look for streams: " + e.getMessage(), e);
    }
  }

  private LslSearch run(int minimum, Duration timeout) throws IOException, InterruptedException {
    long wave = config.tuning().waveInterval().toNanos();
    config.knownPeers().forEach(this::lookUp);
    long deadline = System.nanoTime() + timeout.toNanos();
    long nextWave = System.nanoTime();
    boolean enough = false;
    while (true) {
      long now = System.nanoTime();
      if (!enough && answers.streams() >= minimum) {
        // Twins of the first answer are a moment behind it; the youngest of them is meant.
        enough = true;
        deadline = Math.min(deadline, now + config.tuning().settle().toNanos());
      }
      if (now - deadline >= 0) {
        return result();
      }
      if (now - nextWave >= 0) {
        ask();
        nextWave = now + wave;
      }
      long wait = Math.min(deadline, nextWave) - System.nanoTime();
      selector.select(key -> hear(), Math.max(1, (wait + 999_999) / 1_000_000));
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while looking for streams");
      }
    }
  }

  private LslSearch result() {
    return answers.result(List.copyOf(unknownPeers), List.copyOf(unreachable));
  }

  private void ask() throws IOException {
    for (InetAddress peer : peers) {
      for (int i = 0; i < config.portRange(); i++) {
        send(peer, config.basePort() + i);
      }
    }
    for (String address : config.addresses()) {
      InetAddress to = InetAddress.getByName(address);
      if (!(to instanceof Inet4Address)) {
        continue;
      }
      if (!to.isMulticastAddress()) {
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        send(to, config.discoveryPort());
        continue;
      }
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, config.ttl());
      for (NetworkInterface each : Nets.interfaces(config)) {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
        send(to, config.discoveryPort());
      }
    }
  }

  /** Once a search: a name server that is slow must not hold up every wave. */
  private void lookUp(String peer) {
    int before = peers.size();
    try {
      Arrays.stream(InetAddress.getAllByName(peer))
          .filter(Inet4Address.class::isInstance)
          .forEach(peers::add);
    } catch (UnknownHostException e) {
      // A peer that is not in the network today; the others are asked all the same.
    }
    if (peers.size() == before) {
      unknownPeers.add(peer);
    }
  }

  private void send(InetAddress to, int port) throws IOException {
    try {
      channel.send(ByteBuffer.wrap(question), new InetSocketAddress(to, port));
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      // No way from here; the next wave tries again.
      unreachable.add(to.getHostAddress());
    }
  }

  private void hear() {
    try {
      // In turns: who is flooded still sees that its time is over.
      for (int i = 0; i < TURN; i++) {
        in.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(in);
        if (from == null) {
          return;
        }
        answers.take(new String(in.array(), 0, in.position(), StandardCharsets.UTF_8), from);
      }
    } catch (IOException e) {
      // An ICMP echo of an earlier question: that port is closed.
      return;
    }
  }
}
