package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.StreamException;

/** Sockets as LSL wants them: ports from a range, groups on interfaces. IPv4. */
final class Nets {
  private static final int IRREGULAR_BUFFER = 36_000;
  private static final double BUFFER_SECONDS = 360;

  /** Connections that wait to be accepted: a flood must not make the good wait for seconds. */
  private static final int BACKLOG = 128;

  private Nets() {}

  /** Samples that may wait at either end: liblsl's 360 s, or 100 a second where irregular. */
  static int defaultBuffer(double rateHz) {
    return rateHz > 0
        ? (int) Math.min(1 << 30, Math.max(1, Math.ceil(rateHz * BUFFER_SECONDS)))
        : IRREGULAR_BUFFER;
  }

  static String hostname() {
    return Host.NAME;
  }

  /** Asked once: a name server that is slow must not hold up every connection. */
  private static final class Host {
    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }

  static InetAddress listenAddress(LslConfig config) throws UnknownHostException {
    return InetAddress.getByName(
        config.listenAddress().isEmpty() ? "0.0.0.0" : config.listenAddress());
  }

  /** A UDP socket on the first free port of the range. */
  static DatagramChannel udpInRange(LslConfig config) {
    for (int i = 0; i <= config.portRange(); i++) {
      int port = portToTry(config, i);
      if (port < 0) {
        break;
      }
      try {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        if (bound(channel, new InetSocketAddress(listenAddress(config), port))) {
          return channel;
        }
      } catch (IOException e) {
        throw new StreamException("cannot open a UDP socket: " + e.getMessage(), e);
      }
    }
    throw noPort("UDP", config);
  }

  /**
   * A TCP socket that listens on the first free port of the range, without {@code SO_REUSEADDR}: a
   * consumer of the outlet before must not end up at this one.
   */
  static ServerSocket tcpInRange(LslConfig config) {
    for (int i = 0; i <= config.portRange(); i++) {
      int port = portToTry(config, i);
      if (port < 0) {
        break;
      }
      try {
        ServerSocket server = new ServerSocket();
        try {
          server.setReuseAddress(false);
          server.bind(new InetSocketAddress(listenAddress(config), port), BACKLOG);
          return server;
        } catch (IOException e) {
          server.close();
        }
      } catch (IOException e) {
        throw new StreamException("cannot open a TCP socket: " + e.getMessage(), e);
      }
    }
    throw noPort("TCP", config);
  }

  /** The i-th port; 0 (any) behind the range where that is allowed, −1 where it is not. */
  private static int portToTry(LslConfig config, int i) {
    if (i < config.portRange()) {
      return config.basePort() + i;
    }
    return config.randomPorts() ? 0 : -1;
  }

  private static StreamException noPort(String protocol, LslConfig config) {
    return new StreamException(
        "no free %s port in %d … %d at address '%s'; close other outlets or allow random ports"
            .formatted(
                protocol,
                config.basePort(),
                config.basePort() + config.portRange() - 1,
                config.listenAddress()));
  }

  private static boolean bound(DatagramChannel channel, InetSocketAddress where)
      throws IOException {
    try {
      channel.bind(where);
      return true;
    } catch (IOException e) {
      channel.close();
      return false;
    }
  }

  /**
   * Sockets that hear what is asked on the discovery port. One that listens everywhere hears all;
   * one that listens at an address does not hear groups, so each group gets a socket of its own,
   * bound to it and thereby deaf to other addresses.
   */
  static List<DatagramChannel> discovery(LslConfig config) {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      DatagramChannel unicast =
          shared(new InetSocketAddress(listenAddress(config), config.discoveryPort()));
      channels.add(unicast);
      for (InetAddress group : groups(config)) {
        DatagramChannel channel = unicast;
        if (!config.listenAddress().isEmpty()) {
          channel = forGroup(group, config.discoveryPort());
          channels.add(channel);
        }
        join(channel, group, interfaces(config));
      }
      return channels;
    } catch (IOException e) {
      closeAll(channels);
      throw new StreamException(
          "cannot listen on UDP port %d for discovery: %s; another program may hold it alone"
              .formatted(config.discoveryPort(), e.getMessage()),
          e);
    }
  }

  static void closeAll(List<DatagramChannel> channels) {
    for (DatagramChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // A socket that does not close cannot be helped.
      }
    }
  }

  private static DatagramChannel shared(InetSocketAddress where) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(where);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static DatagramChannel forGroup(InetAddress group, int port) throws IOException {
    try {
      return shared(new InetSocketAddress(group, port));
    } catch (IOException e) {
      // Windows binds no socket to a group.
      return shared(new InetSocketAddress("0.0.0.0", port));
    }
  }

  private static void join(DatagramChannel channel, InetAddress group, List<NetworkInterface> on) {
    for (NetworkInterface each : on) {
      try {
        channel.join(group, each);
      } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
        // An interface without multicast; unicast still finds us.
      }
    }
  }

  private static List<InetAddress> groups(LslConfig config) throws UnknownHostException {
    List<InetAddress> groups = new ArrayList<>();
    for (String address : config.addresses()) {
      InetAddress group = InetAddress.getByName(address);
      if (group.isMulticastAddress() && group instanceof Inet4Address) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * The interfaces for multicast: those named, or all that are up and capable. Loopback says it
   * cannot multicast, on Linux it can; so what is named is not asked.
   */
  static List<NetworkInterface> interfaces(LslConfig config) throws IOException {
    List<NetworkInterface> found = new ArrayList<>();
    for (String name : config.interfaces()) {
      NetworkInterface named = NetworkInterface.getByName(name);
      if (named == null) {
        named = NetworkInterface.getByInetAddress(InetAddress.getByName(name));
      }
      if (named == null) {
        throw new SocketException("no network interface '" + name + "'");
      }
      found.add(named);
    }
    if (config.interfaces().isEmpty()) {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        // The loopback interface denies multicast and does it all the same; without it, a machine
        // without a network would not find its own streams.
        if (each.isUp() && (each.supportsMulticast() || each.isLoopback()) && hasV4(each)) {
          found.add(each);
        }
      }
    }
    return found;
  }

  private static boolean hasV4(NetworkInterface each) {
    return each.inetAddresses().anyMatch(Inet4Address.class::isInstance);
  }
}
