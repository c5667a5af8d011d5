package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * liblsl's configuration file {@code lsl_api.cfg}, read as liblsl reads it ({@code api_config.cpp},
 * {@code inireader.cpp}): sections in brackets, {@code Key = value}, a line that begins with {@code
 * ;} is a comment, sets in braces {@code {a, b}}, only {@code 1} is true, keys mind their case,
 * unknown keys mean nothing.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><th>section</th><th>keys</th></tr>
 *   <tr><td>ports</td><td>MulticastPort, BasePort, PortRange, AllowRandomPorts, IPv6 ({@code allow} and
 *       {@code disable} mean IPv4 here; {@code force} is refused)</td></tr>
 *   <tr><td>multicast</td><td>ResolveScope, ListenAddress, MachineAddresses, LinkAddresses,
 *       SiteAddresses, OrganizationAddresses, GlobalAddresses, AddressesOverride, TTLOverride,
 *       Interfaces</td></tr>
 *   <tr><td>lab</td><td>KnownPeers, SessionID</td></tr>
 *   <tr><td>tuning</td><td>MulticastMinRTT, TimeProbeCount, TimeProbeInterval, TimeProbeMaxRTT,
 *       TimeUpdateMinProbes, TimeUpdateInterval, WatchdogCheckInterval, WatchdogTimeThreshold,
 *       SmoothingHalftime; UseProtocolVersion below 110 is refused</td></tr>
 * </table>
 */
public final class LslConfigFile {
  /** The variable that names the file. */
  public static final String VARIABLE = "LSLAPICFG";

  private static final List<String> SCOPES =
      List.of("machine", "link", "site", "organization", "global");

  private final String name;
  private final Map<String, Entry> entries;

  /** A value and the line that it stands in. */
  private record Entry(String value, int line) {}

  private LslConfigFile(String name, Map<String, Entry> entries) {
    this.name = name;
    this.entries = entries;
  }

  /**
   * The configuration of this process: the file that {@code LSLAPICFG} names, else {@code
   * lsl_api.cfg} in the working directory, else {@code ~/lsl_api/lsl_api.cfg}, else {@code
   * /etc/lsl_api/lsl_api.cfg}, else {@link LslConfig#DEFAULTS}.
   *
   * @return the configuration
   * @throws InputException if a file is there and wrong
   * @throws UnsupportedInputException if it asks for IPv6 alone or for an old protocol
   */
  public static LslConfig fromSystem() {
    return find(
            System.getenv(),
            Path.of(""),
            Path.of(System.getProperty("user.home", "")),
            Path.of("/etc"))
        .map(LslConfigFile::read)
        .orElse(LslConfig.DEFAULTS);
  }

  /**
   * The file that liblsl would read.
   *
   * @param environment variables of the process
   * @param workingDirectory of the process
   * @param home of the user
   * @param etc of the machine
   * @return the first that is there
   */
  public static Optional<Path> find(
      Map<String, String> environment, Path workingDirectory, Path home, Path etc) {
    List<Path> places = new ArrayList<>();
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      places.add(Path.of(named));
    }
    places.add(workingDirectory.resolve("lsl_api.cfg"));
    places.add(home.resolve("lsl_api").resolve("lsl_api.cfg"));
    places.add(etc.resolve("lsl_api").resolve("lsl_api.cfg"));
    return places.stream().filter(Files::isReadable).filter(Files::isRegularFile).findFirst();
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the configuration; what the file does not say is as in {@link LslConfig#DEFAULTS}
   * @throws InputException if it cannot be read or a value is none; the message names the line
   * @throws UnsupportedInputException if it asks for IPv6 alone or for an old protocol
   */
  public static LslConfig read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new InputException(file + ": could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param name of the file, for errors
   * @param content its text
   * @return the configuration
   * @throws InputException if a value is none; the message names the line
   * @throws UnsupportedInputException if it asks for IPv6 alone or for an old protocol
   */
  public static LslConfig parse(String name, String content) {
    Map<String, Entry> entries = new HashMap<>();
    String section = "";
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      String text = line.strip();
      int equals = text.indexOf('=');
      if (line.startsWith(";") || text.isEmpty()) {
        continue;
      }
      if (text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1).strip();
      } else if (equals > 0) {
        entries.put(
            section + "." + text.substring(0, equals).strip(),
            new Entry(text.substring(equals + 1).strip(), number));
      }
    }
    return new LslConfigFile(name, entries).config();
  }

  private LslConfig config() {
    LslConfig defaults = LslConfig.DEFAULTS;
    refuse("ports.IPv6", "force", "IPv6 alone is not spoken here; set IPv6 = allow");
    int protocol = whole("tuning.UseProtocolVersion", 110, 0, 1_000);
    if (protocol < 110) {
      throw new UnsupportedInputException(
          where("tuning.UseProtocolVersion") + "only protocol 110 is spoken here; leave it out");
    }
    String scope = text("multicast.ResolveScope", "site").toLowerCase(Locale.ROOT);
    if (!SCOPES.contains(scope)) {
      throw new InputException(
          where("multicast.ResolveScope")
              + "ResolveScope is one of "
              + String.join(", ", SCOPES)
              + "; found "
              + scope);
    }
    int base = whole("ports.BasePort", defaults.basePort(), 1, 65_535);
    return new LslConfig(
        text("lab.SessionID", defaults.sessionId()),
        LslConfig.Scope.valueOf(scope.toUpperCase(Locale.ROOT)),
        addresses(LslConfig.Scope.valueOf(scope.toUpperCase(Locale.ROOT))),
        whole("multicast.TTLOverride", -1, -1, 255),
        text("multicast.ListenAddress", ""),
        set("multicast.Interfaces"),
        set("lab.KnownPeers"),
        whole("ports.MulticastPort", defaults.discoveryPort(), 1, 65_535),
        base,
        whole("ports.PortRange", defaults.portRange(), 0, 65_536 - base),
        text("ports.AllowRandomPorts", "1").equals("1"),
        tuning());
  }

  /** The addresses to ask where any of them is not liblsl's own; else none. */
  private List<String> addresses(LslConfig.Scope scope) {
    List<String> override = set("multicast.AddressesOverride");
    boolean named = false;
    List<String> all = new ArrayList<>();
    for (LslConfig.Scope one : LslConfig.Scope.values()) {
      if (one.compareTo(scope) <= 0) {
        String lower = one.name().substring(1).toLowerCase(Locale.ROOT);
        String key = "multicast." + one.name().charAt(0) + lower + "Addresses";
        named |= entries.containsKey(key);
        all.addAll(entries.containsKey(key) ? set(key) : one.adds());
      }
    }
    all.removeIf(address -> address.indexOf(':') >= 0); // IPv6 groups
    return !override.isEmpty() ? override : named ? all : List.of();
  }

  private LslTuning tuning() {
    LslTuning d = LslTuning.DEFAULTS;
    return new LslTuning(
        seconds("MulticastMinRTT", d.waveInterval()),
        d.settle(),
        whole("tuning.TimeProbeCount", d.timeProbes(), 1, 1_000),
        seconds("TimeProbeInterval", d.timeProbeInterval()),
        seconds("TimeProbeMaxRTT", d.timeProbeMaxRtt()),
        whole("tuning.TimeUpdateMinProbes", d.timeMinProbes(), 1, 1_000),
        seconds("TimeUpdateInterval", d.timeUpdateInterval()),
        d.handshake(),
        d.flush(),
        d.recoverPause(),
        seconds("WatchdogCheckInterval", d.watchdogInterval()),
        seconds("WatchdogTimeThreshold", d.watchdogThreshold()),
        seconds("SmoothingHalftime", d.smoothingHalftime()));
  }

  private void refuse(String key, String value, String instead) {
    if (text(key, "").equals(value)) {
      throw new UnsupportedInputException(where(key) + instead);
    }
  }

  private String where(String key) {
    return "%s: line %d: %s: ".formatted(name, entries.get(key).line(), key);
  }

  private String text(String key, String otherwise) {
    Entry entry = entries.get(key);
    return entry == null || entry.value().isEmpty() ? otherwise : entry.value();
  }

  private List<String> set(String key) {
    String value = text(key, "");
    if (!value.startsWith("{") || !value.endsWith("}")) {
      return List.of(); // as liblsl: without braces there is no set
    }
    List<String> items = new ArrayList<>();
    for (String item : value.substring(1, value.length() - 1).split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private int whole(String key, int otherwise, int least, int most) {
    String value = text(key, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw none(key, "a whole number", value);
    }
    throw none(key, "between " + least + " and " + most, value);
  }

  private Duration seconds(String key, Duration otherwise) {
    String full = "tuning." + key;
    String value = text(full, "");
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      double seconds = Double.parseDouble(value);
      if (seconds > 0 && seconds < 1e6) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
      }
    } catch (NumberFormatException e) {
      throw none(full, "a number of seconds", value);
    }
    throw none(full, "a positive number of seconds", value);
  }

  private InputException none(String key, String rule, String value) {
    return new InputException(where(key) + "must be " + rule + "; found " + value);
  }
}
