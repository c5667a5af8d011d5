package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where LSL looks and listens: the part of {@code lsl_api.cfg} that a peer needs.
 *
 * @param sessionId only peers of the same session find each other
 * @param scope how far discovery reaches
 * @param addressesOverride addresses to ask instead of the scope's; empty = the scope's
 * @param ttlOverride hops of multicast packets instead of the scope's; −1 = the scope's
 * @param listenAddress IPv4 address that every socket is bound to; empty = all
 * @param interfaces names or addresses of the network interfaces for multicast; empty = all
 * @param knownPeers hosts that are asked one by one, on every port of the range
 * @param discoveryPort UDP port that multicast and broadcast go to
 * @param basePort first port for data (TCP) and service (UDP)
 * @param portRange how many ports from there on
 * @param randomPorts whether any port will do when the range is full
 * @param tuning times and counts
 */
public record LslConfig(
    String sessionId,
    Scope scope,
    List<String> addressesOverride,
    int ttlOverride,
    String listenAddress,
    List<String> interfaces,
    List<String> knownPeers,
    int discoveryPort,
    int basePort,
    int portRange,
    boolean randomPorts,
    LslTuning tuning) {

  /** How far discovery reaches; each includes those before it. */
  public enum Scope {
    /** This host. */
    MACHINE(0),
    /** This network segment. */
    LINK(1),
    /** This site; LSL's default. */
    SITE(24),
    /** This organization. */
    ORGANIZATION(32),
    /** Everything. */
    GLOBAL(255);

    private final int ttl;

    Scope(int ttl) {
      this.ttl = ttl;
    }

    List<String> adds() {
      return switch (this) {
        case MACHINE -> List.of("127.0.0.1");
        case LINK -> List.of("255.255.255.255", "224.0.0.1", "224.0.0.183");
        case SITE -> List.of("239.255.172.215");
        case ORGANIZATION, GLOBAL -> List.of();
      };
    }
  }

  /** What liblsl does without a configuration file, on IPv4. */
  public static final LslConfig DEFAULTS =
      new LslConfig(
          "default",
          Scope.SITE,
          List.of(),
          -1,
          "",
          List.of(),
          List.of(),
          16_571,
          16_572,
          32,
          true,
          LslTuning.DEFAULTS);

  /** This host only: nothing is bound to, sent to or heard from a network. */
  public static final LslConfig LOOPBACK =
      new LslConfig(
          "default",
          Scope.MACHINE,
          List.of("224.0.0.183"),
          0,
          "127.0.0.1",
          List.of("127.0.0.1"),
          List.of("127.0.0.1"),
          16_571,
          16_572,
          32,
          true,
          LslTuning.DEFAULTS);

  /** Checks the values and copies the lists. */
  public LslConfig {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(listenAddress, "listenAddress");
    Objects.requireNonNull(tuning, "tuning");
    addressesOverride = List.copyOf(addressesOverride);
    interfaces = List.copyOf(interfaces);
    knownPeers = List.copyOf(knownPeers);
    if (ttlOverride < -1 || ttlOverride > 255) {
      throw new IllegalArgumentException(
          "ttlOverride lies in 0 … 255, or is -1; ttlOverride=" + ttlOverride);
    }
    if (discoveryPort < 1 || discoveryPort > 65_535) {
      throw new IllegalArgumentException(
          "discoveryPort lies in 1 … 65535; discoveryPort=" + discoveryPort);
    }
    if (basePort < 1 || portRange < 0 || basePort + portRange > 65_536) {
      throw new IllegalArgumentException(
          "the ports from basePort on lie in 1 … 65535; basePort="
              + basePort
              + ", portRange="
              + portRange);
    }
  }

  /** The addresses that discovery asks and listens on. */
  public List<String> addresses() {
    if (!addressesOverride.isEmpty()) {
      return addressesOverride;
    }
    List<String> all = new ArrayList<>();
    for (Scope reached : Scope.values()) {
      if (reached.compareTo(scope) <= 0) {
        all.addAll(reached.adds());
      }
    }
    return List.copyOf(all);
  }

  /** Hops of a multicast packet. */
  public int ttl() {
    return ttlOverride >= 0 ? ttlOverride : scope.ttl;
  }

  /**
   * This configuration for another session.
   *
   * @param id only peers with the same one find each other
   * @return a copy
   */
  public LslConfig withSessionId(String id) {
    return new LslConfig(
        id,
        scope,
        addressesOverride,
        ttlOverride,
        listenAddress,
        interfaces,
        knownPeers,
        discoveryPort,
        basePort,
        portRange,
        randomPorts,
        tuning);
  }

  /**
   * This configuration with other known peers.
   *
   * @param hosts names or IPv4 addresses, without port; every port of the range is asked
   * @return a copy
   */
  public LslConfig withKnownPeers(List<String> hosts) {
    return new LslConfig(
        sessionId,
        scope,
        addressesOverride,
        ttlOverride,
        listenAddress,
        interfaces,
        hosts,
        discoveryPort,
        basePort,
        portRange,
        randomPorts,
        tuning);
  }

  /**
   * This configuration on other ports.
   *
   * @param discovery UDP port of discovery
   * @param base first port for data and service
   * @param range how many
   * @return a copy
   */
  public LslConfig withPorts(int discovery, int base, int range) {
    return new LslConfig(
        sessionId,
        scope,
        addressesOverride,
        ttlOverride,
        listenAddress,
        interfaces,
        knownPeers,
        discovery,
        base,
        range,
        randomPorts,
        tuning);
  }

  /**
   * This configuration with other times and counts.
   *
   * @param other times and counts
   * @return a copy
   */
  public LslConfig withTuning(LslTuning other) {
    return new LslConfig(
        sessionId,
        scope,
        addressesOverride,
        ttlOverride,
        listenAddress,
        interfaces,
        knownPeers,
        discoveryPort,
        basePort,
        portRange,
        randomPorts,
        other);
  }
}
