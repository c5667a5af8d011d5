package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import org.efferent.core.StreamInfo;

/** What LSL tests share: a loopback world of their own, and names for things. */
public final class LslTesting {
  /** Long enough for anything that must happen. */
  public static final Duration LONG = Duration.ofSeconds(20);

  /** A stream that is lost is lost: what most tests are about. */
  public static final InletOptions PLAIN = InletOptions.DEFAULTS.withRecover(false);

  private LslTesting() {}

  /** Loopback on ports and in a session that no other test uses. */
  public static LslConfig world() {
    int discovery = freePort();
    int base = freePort();
    return LslConfig.LOOPBACK
        .withSessionId("test-" + UUID.randomUUID())
        .withPorts(discovery, Math.min(base, 65_000), 8)
        .withTuning(
            LslTuning.DEFAULTS.withTimeProbes(Duration.ofMillis(4), Duration.ofMillis(100)));
  }

  private static int freePort() {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LslStreamInfo stream(ChannelFormat format, int channels, double rate) {
    return LslStreamInfo.of(StreamInfo.of("Fk", "EEG", rate, channels), format)
        .withSourceId("src-1");
  }

  /** An outlet's stream as a resolver would find it. */
  static LslStreamInfo here(LslStreamInfo info) {
    return info.at(
        info.origin(),
        new LslStreamInfo.Endpoint("127.0.0.1", info.v4().dataPort(), info.v4().servicePort()));
  }

  static LslInlet inlet(LslOutlet outlet, LslConfig config, InletOptions options)
      throws InterruptedException {
    LslInlet inlet = new LslInlet(here(outlet.info()), config, options);
    if (!outlet.awaitConsumers(LONG)) {
      throw new AssertionError("the outlet does not see its consumer");
    }
    return inlet;
  }
}
