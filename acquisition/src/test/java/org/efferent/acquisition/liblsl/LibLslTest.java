package org.efferent.acquisition.liblsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.LslTesting;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.Chunk;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library itself, and what only liblsl does. */
@Timeout(120)
class LibLslTest {
  private static final String WHAT_TO_DO =
      "; install liblsl (github.com/sccn/liblsl/releases), or name its file by --liblsl, the"
          + " environment variable EFFERENT_LIBLSL or the system property efferent.liblsl; LSL in"
          + " Java (--lsl java) needs none";

  @TempDir private Path folder;

  @Test
  void whatIsNoLibraryIsToldWithWhatToDo() throws Exception {
    Path missing = folder.resolve("liblsl.so");
    assertThatThrownBy(() -> LibLsl.load(missing))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("liblsl is not there: " + missing + WHAT_TO_DO);
    Path text = Files.writeString(folder.resolve("text.so"), "no library");
    assertThatThrownBy(() -> LibLsl.load(text))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("no liblsl: " + text + " (")
        .hasMessageEndingWith(")" + WHAT_TO_DO);
  }

  @Test
  void theLibrarySaysWhichItIs() {
    LibLsl library = LiblslTesting.library();
    assertThat(library.version()).matches("1\\.\\d+");
    assertThat(library.protocol()).isEqualTo("1.10");
    assertThat(library.file()).isRegularFile();
    assertThat(library.clock()).isBetween(LocalClock.SYSTEM.seconds() - 5, Double.MAX_VALUE);
    assertThat(library.optional("lsl_no_such_function")).isEmpty();
    assertThat(library.optional("lsl_local_clock")).isPresent();
    assertThat(LibLsl.load(library.file())).isSameAs(library);
  }

  @Test
  void errorsOfTheLibraryBecomeOurs() {
    LibLsl library = LiblslTesting.library();
    assertThatCode(() -> library.check(0, "x")).doesNotThrowAnyException();
    String[] told = {"no answer in time", "the stream was lost", "", "liblsl failed within"};
    for (int code : new int[] {1, 2, 4}) {
      assertThatThrownBy(() -> library.check(-code, "opening"))
          .isInstanceOf(StreamException.class)
          .hasMessageStartingWith("opening: " + told[code - 1]);
    }
    assertThatThrownBy(() -> library.check(-3, "opening"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opening: liblsl refuses an argument");
    assertThatThrownBy(() -> library.check(-77, "opening"))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("opening: liblsl's error -77");
  }

  /**
   * liblsl itself throws away what it has not sent when it closes. It does not tell, so that only
   * the last thousand is left to the patience of our outlet here, whatever the machine is doing.
   */
  @Test
  void anOutletThatClosesHasSentEverything() throws Exception {
    NativeLsl lsl = LiblslTesting.lsl();
    JavaLsl java = new JavaLsl(LiblslTesting.WORLD);
    StreamOutlet outlet = lsl.openOutlet(stream(1000));
    String name = LslResolver.property("name", outlet.info().name());
    LslStreamInfo found = java.resolve(name, 1, LslTesting.LONG).get(0);
    InletOptions options = InletOptions.DEFAULTS.withEndOnDisconnect(true);
    try (StreamInlet inlet = java.openInlet(found, options)) {
      assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
      for (int i = 0; i < 10_000; i++) {
        outlet.push(new double[] {i}, 1 + i);
      }
      Chunk chunk = new Chunk(777, 1);
      int seen = 0;
      boolean closed = false;
      for (int n = inlet.pull(chunk, LslTesting.LONG);
          n != Source.END;
          n = inlet.pull(chunk, LslTesting.LONG)) {
        for (int r = 0; r < n; r++, seen++) {
          assertThat(chunk.values()[r]).isEqualTo(seen);
          assertThat(chunk.stamps()[r]).isEqualTo(1 + seen);
        }
        if (seen >= 9_000 && !closed) {
          closed = true;
          outlet.close();
        }
      }
      assertThat(seen).isEqualTo(10_000);
    }
  }

  private static LslStreamInfo stream(double rate) {
    String name = "liblsl-" + UUID.randomUUID();
    return LslStreamInfo.of(StreamInfo.of(name, "Test", rate, 1), ChannelFormat.DOUBLE64);
  }

  @Test
  void stampsThatAreSignsAreSentAsTheirNeighbours() throws Exception {
    NativeLsl lsl = LiblslTesting.lsl();
    try (StreamOutlet outlet = lsl.openOutlet(stream(10))) {
      String name = LslResolver.property("name", outlet.info().name());
      try (StreamInlet inlet =
          lsl.openInlet(lsl.resolve(name, 1, LslTesting.LONG).get(0), InletOptions.DEFAULTS)) {
        assertThat(outlet.awaitConsumers(LslTesting.LONG)).isTrue();
        outlet.pushAt(new double[1], 0, -1);
        outlet.pushAt(new double[1], 0, 0);
        assertThat(inlet.pull(new double[1], LslTesting.LONG)).isEqualTo(Math.nextDown(-1.0));
        assertThat(inlet.pull(new double[1], LslTesting.LONG)).isEqualTo(Double.MIN_VALUE);
      }
    }
  }

  @Test
  void aStreamWithoutAddressCannotBeReached() {
    NativeLsl lsl = LiblslTesting.lsl();
    LslStreamInfo nowhere = stream(10);
    assertThatThrownBy(() -> lsl.openInlet(nowhere, InletOptions.DEFAULTS))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "stream '"
                + nowhere.name()
                + "' has no address; liblsl receives what a search of the same way found");
  }

  @Test
  void theBufferIsInLiblslsUnits() {
    InletOptions some = InletOptions.DEFAULTS.withBufferSamples(1001);
    assertThat(NativeInlet.bufferSeconds(stream(500), some)).isEqualTo(3);
    assertThat(NativeInlet.bufferSeconds(stream(0), some)).isEqualTo(11);
    assertThat(NativeInlet.bufferSeconds(stream(5000), some)).isEqualTo(1);
    assertThat(NativeInlet.bufferSeconds(stream(500), InletOptions.DEFAULTS)).isEqualTo(360);
  }

  @Test
  void aConfigurationThatStaysHereIsRecognised() throws Exception {
    Path file = folder.resolve("lsl_api.cfg");
    assertThat(NativeLsl.staysHere(file)).isFalse();
    String good =
        "[ports]\nIPv6 = disable\n[multicast]\nResolveScope=machine\n[lab]\nKnownPeers = {127.0.0.1}\n";
    assertThat(NativeLsl.staysHere(Files.writeString(file, good))).isTrue();
    for (String bad :
        new String[] {
          good.replace("machine", "link"),
          good.replace("IPv6 = disable", ""),
          good.replace("{127.0.0.1}", "{127.0.0.1, 10.0.0.1}"),
          good.replace("[lab]", "AddressesOverride = {224.0.0.1}\n[lab]")
        }) {
      assertThat(NativeLsl.staysHere(Files.writeString(file, bad))).as(bad).isFalse();
    }
  }

  @Test
  void aHandleIsNotUsedOnceItIsClosed() {
    try (Memory memory = new Memory(8)) {
      Handle handle = new Handle(memory);
      long held = handle.enter();
      assertThat(held).isNotZero();
      handle.exit(held);
      int[] destroyed = {0};
      handle.close(pointer -> destroyed[0]++);
      handle.close(pointer -> destroyed[0]++);
      assertThat(destroyed[0]).isEqualTo(1);
      assertThat(handle.enter()).isZero();
      LibLsl none = null;
      assertThatThrownBy(
              () -> handle.patiently(1, "inlet 'x'", "trying", none, (p, seconds, error) -> p))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("inlet 'x' is closed");
    }
  }

  @Test
  void integersStopAtTheirLimits() {
    try (Memory memory = new Memory(16)) {
      RawValues values = new RawValues(ChannelFormat.INT8, memory);
      values.put(new double[] {1e9, -1e9, Double.NaN, -3.9}, 0, 4);
      assertThat(memory.getByteArray(0, 4)).containsExactly(127, -128, 0, -3);
      new RawValues(ChannelFormat.INT16, memory).put(new double[] {1e9, -1e9}, 0, 2);
      assertThat(memory.getShort(0)).isEqualTo(Short.MAX_VALUE);
      assertThat(memory.getShort(2)).isEqualTo(Short.MIN_VALUE);
      new RawValues(ChannelFormat.INT32, memory).put(0, Long.MIN_VALUE);
      assertThat(memory.getInt(0)).isEqualTo(Integer.MIN_VALUE);
    }
  }

  @Test
  void aSearchCanBeInterrupted() {
    NativeLsl lsl = LiblslTesting.lsl();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lsl.search("", Integer.MAX_VALUE, Duration.ofMinutes(5)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
