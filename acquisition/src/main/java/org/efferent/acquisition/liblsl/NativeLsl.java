package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslSearch;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.core.UnavailableException;

/**
 * LSL through liblsl, which takes its configuration from its own {@code lsl_api.cfg}: in the
 * working directory, in {@code ~/lsl_api}, in {@code /etc/lsl_api}.
 */
public final class NativeLsl implements Lsl {
  /** Most streams that one look at a search's results takes. */
  private static final int MOST_RESULTS = 1024;

  private static final double FORGET_SECONDS = 5;
  private static final long LOOK_MILLIS = 20;
  private static final double FULL_INFO_SECONDS = 5;

  /** What keeps liblsl on this host; the discovery of {@code LslConfig.LOOPBACK} meets it. */
  private static final String LOOPBACK =
      """
      [ports]
      IPv6 = disable
      [multicast]
      ResolveScope = machine
      Interfaces = {127.0.0.1}
      [lab]
      KnownPeers = {127.0.0.1}
      """;

  private final LibLsl library;

  /** What liblsl found, by uid: 1.12 keeps addresses that its descriptions do not tell. */
  private final Map<String, Pointer> known = new LinkedHashMap<>();

  /**
   * Speaks through a library, configured as liblsl configures itself.
   *
   * @param library the one that is loaded
   */
  public NativeLsl(LibLsl library) {
    this.library = library;
  }

  /**
   * Speaks through a library that stays on this host. A library of 1.17 or later is told so; an
   * older one reads a {@code lsl_api.cfg} in the working directory and nothing else would do.
   *
   * @param library the one that is loaded, not used before
   * @return the way
   * @throws UnavailableException if the library is old and no such file keeps it on this host
   */
  public static NativeLsl onThisHost(LibLsl library) {
    if (!library.configure(LOOPBACK)) {
      Path file = Path.of("lsl_api.cfg").toAbsolutePath();
      if (!staysHere(file)) {
        throw new UnavailableException(
            "--loopback: liblsl %s cannot be told to stay on this host but by a lsl_api.cfg in the working directory; write %s with IPv6 = disable below [ports], ResolveScope = machine below [multicast] and KnownPeers = {127.0.0.1} below [lab], take a liblsl of 1.17 or later, or use --lsl java"
                .formatted(library.version(), file));
      }
    }
    return new NativeLsl(library);
  }

  /** Whether a configuration file keeps liblsl from every network. */
  static boolean staysHere(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(line -> line.replaceAll("\\s", ""))
              .toList();
      return lines.contains("IPv6=disable")
          && lines.contains("ResolveScope=machine")
          && lines.contains("KnownPeers={127.0.0.1}")
          && lines.stream().noneMatch(line -> line.startsWith("AddressesOverride="));
    } catch (IOException e) {
      // Not there or not readable, by liblsl neither.
      return false;
    }
  }

  /** The library below. */
  public LibLsl library() {
    return library;
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public String reach() {
    return "in the session and on a host that the lsl_api.cfg of liblsl "
        + library.version()
        + " reaches";
  }

  @Override
  public LocalClock clock() {
    return new LocalClock() {
      @Override
      public long nanos() {
        return (long) (seconds() * 1e9);
      }

      @Override
      public double seconds() {
        return Calls.lsl_local_clock();
      }
    };
  }

  @Override
  public LslSearch search(String predicate, int minimum, Duration timeout)
      throws InterruptedException {
    // liblsl puts it behind "session_id='…' and ", so that what is empty must be true.
    Pointer resolver;
    try (Memory text = LibLsl.text(predicate.isBlank() ? "true()" : "(" + predicate + ")")) {
      resolver = Calls.lsl_create_continuous_resolver_bypred(text, FORGET_SECONDS);
    }
    if (resolver == null) {
      throw new StreamException("liblsl cannot search for \"" + predicate + "\"");
    }
    try (Memory handles = new Memory(8L * MOST_RESULTS)) {
      Search found = new Search();
      long deadline = System.nanoTime() + timeout.toNanos();
      while (true) {
        int n = Calls.lsl_resolver_results(resolver, handles, MOST_RESULTS);
        for (int i = 0; i < n; i++) {
          found.take(handles.getPointer(8L * i));
        }
        long left = deadline - System.nanoTime();
        if (found.streams.size() >= minimum || left <= 0) {
          return found.result();
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
      }
    } finally {
      Calls.lsl_destroy_continuous_resolver(resolver);
    }
  }

  /** What a search has found so far. */
  private final class Search {
    private final Map<String, LslStreamInfo> streams = new LinkedHashMap<>();
    private final Map<String, String> malformed = new LinkedHashMap<>();

    private void take(Pointer info) {
      String xml = LibLsl.xml(info);
      try {
        LslStreamInfo stream = LslStreamInfo.parse(xml);
        streams.putIfAbsent(stream.origin().uid(), stream);
        remember(stream.origin().uid(), info);
      } catch (StreamException e) {
        Calls.lsl_destroy_streaminfo(info);
        malformed.putIfAbsent(xml, e.getMessage());
      }
    }

    private LslSearch result() {
      List<LslStreamInfo> sorted = new ArrayList<>(streams.values());
      sorted.sort(
          Comparator.comparingDouble((LslStreamInfo s) -> s.origin().createdAt()).reversed());
      String first = malformed.values().stream().findFirst().orElse("");
      return new LslSearch(sorted, List.of(), List.of(), malformed.size(), first);
    }
  }

  @Override
  public LslStreamInfo fullInfo(LslStreamInfo info) {
    try (NativeInlet inlet = unopened(info, InletOptions.DEFAULTS)) {
      return inlet.fullInfo(FULL_INFO_SECONDS);
    }
  }

  @Override
  public NativeInlet openInlet(LslStreamInfo info, InletOptions options) {
    NativeInlet inlet = unopened(info, options);
    try {
      inlet.connect();
      return inlet;
    } catch (RuntimeException e) {
      inlet.close();
      throw e;
    }
  }

  private NativeInlet unopened(LslStreamInfo info, InletOptions options) {
    Pointer description = recall(info.origin().uid());
    if (description == null) {
      if (!info.v4().isComplete() && !info.v6().isComplete()) {
        throw new StreamException(
            "stream '%s' has no address; liblsl receives what a search of the same way found"
                .formatted(info.name()));
      }
      description = handle(info);
    }
    try {
      return new NativeInlet(info, options, library, description);
    } finally {
      Calls.lsl_destroy_streaminfo(description);
    }
  }

  private synchronized void remember(String uid, Pointer info) {
    Pointer before = known.remove(uid);
    known.put(uid, info);
    if (before == null && known.size() > MOST_RESULTS) {
      before = known.remove(known.keySet().iterator().next());
    }
    if (before != null) {
      Calls.lsl_destroy_streaminfo(before);
    }
  }

  /** A copy of what was found, for the caller to destroy; null if it was not. */
  private synchronized Pointer recall(String uid) {
    Pointer info = known.get(uid);
    return info == null ? null : Calls.lsl_copy_streaminfo(info);
  }

  @Override
  public NativeOutlet openOutlet(LslStreamInfo stream) {
    return new NativeOutlet(stream, library);
  }

  /** An info handle of a description; the caller destroys it. */
  static Pointer handle(LslStreamInfo info) {
    try (Memory xml = LibLsl.text(info.plainXml())) {
      Pointer handle = Calls.lsl_streaminfo_from_xml(xml);
      if (handle == null) {
        throw new StreamException("liblsl refuses the description of stream '" + info.name() + "'");
      }
      return handle;
    }
  }
}
