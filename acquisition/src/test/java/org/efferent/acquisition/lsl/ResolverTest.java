package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final Duration SHORT = Duration.ofMillis(250);
  private final LslConfig config = LslTesting.world();

  @Test
  void threeOutletsAreAllFoundTheYoungestFirst() throws InterruptedException {
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.FLOAT32, 2, 10);
    try (LslOutlet a = new LslOutlet(stream, config);
        LslOutlet b = new LslOutlet(stream, config);
        LslOutlet c = new LslOutlet(stream, config)) {
      List<LslStreamInfo> found = LslResolver.resolve("name='Fk'", 3, LslTesting.LONG, config);
      assertThat(found)
          .extracting(s -> s.origin().uid())
          .containsExactly(
              c.info().origin().uid(), b.info().origin().uid(), a.info().origin().uid());
      assertThat(found.get(0)).isEqualTo(stripped(LslTesting.here(c.info())));
      assertThat(LslResolver.resolve("", 3, LslTesting.LONG, config)).hasSize(3);
    }
  }

  private static LslStreamInfo stripped(LslStreamInfo info) {
    return LslStreamInfo.parse(info.shortXml());
  }

  @Test
  void multicastAloneFindsAllThree() throws InterruptedException {
    LslConfig groupOnly =
        new LslConfig(
            config.sessionId(),
            config.scope(),
            config.addressesOverride(),
            0,
            "127.0.0.1",
            List.of("127.0.0.1"),
            List.of(),
            config.discoveryPort(),
            config.basePort(),
            config.portRange(),
            true,
            config.tuning());
    LslStreamInfo stream = LslTesting.stream(ChannelFormat.FLOAT32, 2, 10);
    try (LslOutlet a = new LslOutlet(stream, config);
        LslOutlet b = new LslOutlet(stream, config);
        LslOutlet c = new LslOutlet(stream, config)) {
      assertThat(LslResolver.resolve("name='Fk'", 3, LslTesting.LONG, groupOnly)).hasSize(3);
      assertThat(List.of(a, b, c)).noneMatch(LslOutlet::haveConsumers);
    }
  }

  @Test
  void anotherSessionIsNotFound() throws InterruptedException {
    try (LslOutlet outlet =
        new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 2, 10), config)) {
      assertThat(LslResolver.resolve("", 1, SHORT, config.withSessionId("other"))).isEmpty();
      assertThat(LslResolver.resolve("broken((", 1, SHORT, config)).isEmpty();
      assertThat(LslResolver.resolve("", 1, LslTesting.LONG, config))
          .extracting(LslStreamInfo::name)
          .containsExactly(outlet.info().name());
    }
  }

  @Test
  void aClosedOutletIsNotFound() throws InterruptedException {
    new LslOutlet(LslTesting.stream(ChannelFormat.FLOAT32, 2, 10), config).close();
    assertThat(LslResolver.resolve("", 1, SHORT, config)).isEmpty();
  }

  @Test
  void defaultsAreLsls() {
    assertThat(LslConfig.DEFAULTS.addresses())
        .containsExactly(
            "127.0.0.1", "255.255.255.255", "224.0.0.1", "224.0.0.183", "239.255.172.215");
    assertThat(LslConfig.DEFAULTS.ttl()).isEqualTo(24);
    assertThat(LslConfig.LOOPBACK.addresses()).containsExactly("224.0.0.183");
    assertThat(LslConfig.LOOPBACK.ttl()).isZero();
  }
}
