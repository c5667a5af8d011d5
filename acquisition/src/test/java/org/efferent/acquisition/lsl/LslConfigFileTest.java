package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** lsl_api.cfg, as liblsl reads it. */
class LslConfigFileTest {
  @TempDir private Path folder;

  @Test
  void nothingSaidIsLslsDefault() {
    assertThat(LslConfigFile.parse("f", "")).isEqualTo(LslConfig.DEFAULTS);
    assertThat(LslConfigFile.parse("f", "; [ports]\n;BasePort = 7\n\nNoSection=1\n[x]\ny=2\n"))
        .isEqualTo(LslConfig.DEFAULTS);
  }

  @Test
  void everyKeyThatMattersIsRead() {
    LslConfig config =
        LslConfigFile.parse(
            "f",
            """
            [ports]
            MulticastPort = 17000
            BasePort = 17010
            PortRange = 5
            AllowRandomPorts = 0
            IPv6 = disable
            [multicast]
            ResolveScope = link
            ListenAddress = 127.0.0.1
            TTLOverride = 3
            Interfaces = {127.0.0.1, lo}
            LinkAddresses = {224.0.0.9, FF02::1}
            [lab]
            KnownPeers = { 10.0.0.1 , host-b }
            SessionID = lab 2
            [tuning]
            MulticastMinRTT = 0.25
            TimeProbeCount = 10
            TimeProbeInterval = .032
            TimeProbeMaxRTT = 0.2
            TimeUpdateMinProbes = 4
            TimeUpdateInterval = 1
            WatchdogCheckInterval = 3
            WatchdogTimeThreshold = 4
            SmoothingHalftime = 45
            """);
    assertThat(config.discoveryPort()).isEqualTo(17_000);
    assertThat(config.basePort()).isEqualTo(17_010);
    assertThat(config.portRange()).isEqualTo(5);
    assertThat(config.randomPorts()).isFalse();
    assertThat(config.scope()).isEqualTo(LslConfig.Scope.LINK);
    assertThat(config.addresses()).containsExactly("127.0.0.1", "224.0.0.9");
    assertThat(config.listenAddress()).isEqualTo("127.0.0.1");
    assertThat(config.ttl()).isEqualTo(3);
    assertThat(config.interfaces()).containsExactly("127.0.0.1", "lo");
    assertThat(config.knownPeers()).containsExactly("10.0.0.1", "host-b");
    assertThat(config.sessionId()).isEqualTo("lab 2");
    LslTuning tuning = config.tuning();
    assertThat(tuning.waveInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(tuning.timeProbes()).isEqualTo(10);
    assertThat(tuning.timeProbeInterval()).isEqualTo(Duration.ofMillis(32));
    assertThat(tuning.timeProbeMaxRtt()).isEqualTo(Duration.ofMillis(200));
    assertThat(tuning.timeMinProbes()).isEqualTo(4);
    assertThat(tuning.timeUpdateInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(tuning.watchdogInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(tuning.watchdogThreshold()).isEqualTo(Duration.ofSeconds(4));
    assertThat(tuning.smoothingHalftime()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void liblslsHabitsAreKept() {
    assertThat(LslConfigFile.parse("f", "[lab]\nKnownPeers = 127.0.0.1").knownPeers())
        .as("a set needs braces")
        .isEmpty();
    assertThat(LslConfigFile.parse("f", "[lab]\nsessionid = x").sessionId())
        .as("keys mind their case")
        .isEqualTo("default");
    assertThat(LslConfigFile.parse("f", "[ports]\nAllowRandomPorts = true").randomPorts())
        .as("only 1 is true")
        .isFalse();
    assertThat(LslConfigFile.parse("f", "[multicast]\nAddressesOverride={224.0.0.183}").addresses())
        .containsExactly("224.0.0.183");
  }

  @Test
  void whatCannotBeIsRefusedWithItsLine() {
    assertThatThrownBy(() -> LslConfigFile.parse("lsl_api.cfg", "[ports]\n\nBasePort = x"))
        .isInstanceOf(InputException.class)
        .hasMessage("lsl_api.cfg: line 3: ports.BasePort: must be a whole number; found x");
    assertThatThrownBy(() -> LslConfigFile.parse("c", "[ports]\nBasePort = 70000"))
        .isInstanceOf(InputException.class)
        .hasMessage("c: line 2: ports.BasePort: must be between 1 and 65535; found 70000");
    assertThatThrownBy(() -> LslConfigFile.parse("c", "[multicast]\nResolveScope = moon"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "c: line 2: multicast.ResolveScope: ResolveScope is one of machine, link, site,"
                + " organization, global; found moon");
    assertThatThrownBy(() -> LslConfigFile.parse("c", "[tuning]\nSmoothingHalftime = -1"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "c: line 2: tuning.SmoothingHalftime: must be a positive number of seconds; found -1");
    assertThatThrownBy(() -> LslConfigFile.parse("c", "[ports]\nIPv6 = force"))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage("c: line 2: ports.IPv6: IPv6 alone is not spoken here; set IPv6 = allow");
    assertThatThrownBy(() -> LslConfigFile.parse("c", "[tuning]\nUseProtocolVersion = 100"))
        .isInstanceOf(UnsupportedInputException.class)
        .hasMessage(
            "c: line 2: tuning.UseProtocolVersion: only protocol 110 is spoken here; leave it out");
  }

  @Test
  void theFirstPlaceThatHasAFileWins() throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path home = Files.createDirectories(folder.resolve("home/lsl_api"));
    Path etc = Files.createDirectories(folder.resolve("etc/lsl_api"));
    Path user = folder.resolve("home");
    Path machine = folder.resolve("etc");
    assertThat(LslConfigFile.find(Map.of(), work, user, machine)).isEmpty();
    Path inEtc = Files.writeString(etc.resolve("lsl_api.cfg"), "");
    assertThat(LslConfigFile.find(Map.of(), work, user, machine)).contains(inEtc);
    Path inHome = Files.writeString(home.resolve("lsl_api.cfg"), "");
    assertThat(LslConfigFile.find(Map.of(), work, user, machine)).contains(inHome);
    Path inWork = Files.writeString(work.resolve("lsl_api.cfg"), "[lab]\nSessionID = w\n");
    assertThat(LslConfigFile.find(Map.of(), work, user, machine)).contains(inWork);
    Path named = Files.writeString(folder.resolve("mine.cfg"), "");
    Map<String, String> environment = Map.of(LslConfigFile.VARIABLE, named.toString());
    assertThat(LslConfigFile.find(environment, work, user, machine)).contains(named);
    assertThat(LslConfigFile.read(inWork).sessionId()).isEqualTo("w");
  }
}
