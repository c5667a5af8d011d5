package org.efferent.acquisition.lsl;

import java.time.Duration;
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
    Tuning tuning) {

  /** How far discovery reaches; each includes those before it. */
  public enum Scope {
    /** This host. */
    MACHINE(0, "127.0.0.1"),
    /** This network segment. */
    LINK(1, "255.255.255.255", "224.0.0.1", "224.0.0.183"),
    /** This site; LSL's default. */
    SITE(24, "239.255.172.215"),
    /** This organization. */
    ORGANIZATION(32),
    /** Everything. */
    GLOBAL(255);

    private final int ttl;
    private final List<String> adds;

    Scope(int ttl, String... adds) {
      this.ttl = ttl;
      this.adds = List.of(adds);
    }
  }

  /**
   * Times and counts, with liblsl's names in brackets.
   *
   * @param waveInterval from one question of discovery to the next (MulticastMinRTT)
   * @param settle how long a resolver that has enough answers still listens for younger twins
   * @param timeProbes questions in a wave of time probes (TimeProbeCount)
   * @param timeProbeInterval from one to the next (TimeProbeInterval)
   * @param timeProbeMaxRtt how long the last may take (TimeProbeMaxRTT)
   * @param timeMinProbes answers that an estimate needs (TimeUpdateMinProbes)
   * @param timeUpdateInterval from one wave to the next (TimeUpdateInterval)
   * @param handshake how long a peer may take to connect and to answer a request
   * @param flush how long an outlet that closes waits for its consumers
   */
  public record Tuning(
      Duration waveInterval,
      Duration settle,
      int timeProbes,
      Duration timeProbeInterval,
      Duration timeProbeMaxRtt,
      int timeMinProbes,
      Duration timeUpdateInterval,
      Duration handshake,
      Duration flush) {
    /** liblsl's values; handshake 5 s, flush 2 s. */
    public static final Tuning DEFAULTS =
        new Tuning(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            8,
            Duration.ofMillis(64),
            Duration.ofMillis(128),
            6,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));

    /** Checks the values. */
    public Tuning {
      positive("waveInterval", waveInterval);
      positive("timeProbeInterval", timeProbeInterval);
      positive("timeProbeMaxRtt", timeProbeMaxRtt);
      positive("timeUpdateInterval", timeUpdateInterval);
      positive("handshake", handshake);
      Objects.requireNonNull(settle, "settle");
      Objects.requireNonNull(flush, "flush");
      if (timeMinProbes < 1 || timeMinProbes > timeProbes) {
        throw new IllegalArgumentException(
            "timeMinProbes lies in 1 … timeProbes; timeMinProbes="
                + timeMinProbes
                + ", timeProbes="
                + timeProbes);
      }
    }

    private static void positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
      }
    }

    /**
     * These times with another patience towards peers.
     *
     * @param time how long a peer may take to answer a request
     * @return a copy
     */
    public Tuning withHandshake(Duration time) {
      return new Tuning(
          waveInterval,
          settle,
          timeProbes,
          timeProbeInterval,
          timeProbeMaxRtt,
          timeMinProbes,
          timeUpdateInterval,
          time,
          flush);
    }

    /**
     * These times with other time probes.
     *
     * @param interval from one probe to the next
     * @param maxRtt how long the last may take
     * @return a copy
     */
    public Tuning withTimeProbes(Duration interval, Duration maxRtt) {
      return new Tuning(
          waveInterval,
          settle,
          timeProbes,
          interval,
          maxRtt,
          timeMinProbes,
          timeUpdateInterval,
          handshake,
          flush);
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
          Tuning.DEFAULTS);

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
          Tuning.DEFAULTS);

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
        all.addAll(reached.adds);
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
  public LslConfig withTuning(Tuning other) {
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
