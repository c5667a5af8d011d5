package org.efferent.acquisition.liblsl;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.efferent.core.StreamException;
import org.efferent.core.UnavailableException;

/**
 * A liblsl that is loaded. There is one a process, since liblsl's own configuration and threads are
 * the process's.
 */
public final class LibLsl {
  /** System property that names the library's file. */
  public static final String PROPERTY = "efferent.liblsl";

  /** Environment variable that names the library's file, where the property does not. */
  public static final String VARIABLE = "EFFERENT_LIBLSL";

  private static final String WHAT_TO_DO =
      "install liblsl (github.com/sccn/liblsl/releases), or name its file by --liblsl, the"
          + " environment variable EFFERENT_LIBLSL or the system property efferent.liblsl; LSL in"
          + " Java (--lsl java) needs none";

  /** liblsl's code of a call whose time was over. */
  static final int TIMEOUT = -1;

  /** Names that the library has on the systems. */
  private static final String[] NAMES = {"lsl", "liblsl", "lsl64", "liblsl64"};

  /**
   * An exception to the house's "no static mutable state", written once: JNA binds {@link Calls} to
   * one library a process, and handles of one library must not reach another.
   */
  private static final AtomicReference<LibLsl> LOADED = new AtomicReference<>();

  private final NativeLibrary library;
  private boolean configured;

  private LibLsl(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Loads the library that {@link #PROPERTY} or {@link #VARIABLE} names, or else the system's.
   *
   * @return the library
   * @throws UnavailableException if there is none, with what to do
   */
  public static LibLsl load() {
    String path = named();
    return path.isEmpty() ? loadOneOf(NAMES) : load(Path.of(path));
  }

  /** Whether {@link #PROPERTY} or {@link #VARIABLE} names a file. */
  public static boolean isNamed() {
    return !named().isEmpty();
  }

  private static String named() {
    String property = System.getProperty(PROPERTY, "");
    String variable = System.getenv(VARIABLE);
    return !property.isEmpty() ? property : variable == null ? "" : variable;
  }

  /**
   * Loads a file.
   *
   * @param file the shared library
   * @return the library
   * @throws UnavailableException if it is not there, cannot be loaded, is no liblsl, or another one
   *     is loaded already
   */
  public static LibLsl load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnavailableException("liblsl is not there: " + file + "; " + WHAT_TO_DO);
    }
    return loadOneOf(file.toAbsolutePath().toString());
  }

  private static synchronized LibLsl loadOneOf(String... names) {
    UnsatisfiedLinkError first = null;
    for (String name : names) {
      try {
        return bind(NativeLibrary.getInstance(name), name);
      } catch (UnsatisfiedLinkError e) {
        first = first == null ? e : first;
      } catch (NoClassDefFoundError e) {
        throw new UnavailableException("JNA's own native part cannot be loaded: " + e, e);
      }
    }
    String found = names.length > 1 ? "this system has no liblsl" : "no liblsl: " + names[0];
    throw new UnavailableException(
        found + " (" + first.getMessage().lines().findFirst().orElse("") + "); " + WHAT_TO_DO,
        first);
  }

  private static LibLsl bind(NativeLibrary library, String name) {
    if (Native.POINTER_SIZE != 8) {
      throw new UnavailableException(
          "liblsl is used on a 64-bit JVM only; --lsl java works on any");
    }
    LibLsl loaded = LOADED.get();
    if (loaded != null) {
      if (!loaded.library.equals(library)) {
        throw new UnavailableException(
            "one liblsl a process; loaded is " + loaded.file() + ", asked for " + name);
      }
      return loaded;
    }
    Native.register(Calls.class, library);
    LibLsl first = new LibLsl(library);
    LOADED.set(first);
    return first;
  }

  /** The file that it came from. */
  public Path file() {
    return library.getFile().toPath();
  }

  /** Its version, such as {@code 1.12}. */
  public String version() {
    int version = Calls.lsl_library_version();
    return version / 100 + "." + version % 100;
  }

  /** Its protocol, such as {@code 1.10}. */
  public String protocol() {
    int version = Calls.lsl_protocol_version();
    return "%d.%02d".formatted(version / 100, version % 100);
  }

  /**
   * What a recent library says of its own build.
   *
   * @return a line; empty where it is too old to say
   */
  public Optional<String> build() {
    return optional("lsl_library_info")
        .map(f -> f.invokePointer(new Object[0]).getString(0, "UTF-8"));
  }

  /** Seconds on liblsl's clock. */
  public double clock() {
    return Calls.lsl_local_clock();
  }

  /**
   * A function that not every version has.
   *
   * @param symbol its C name
   * @return the function, empty if this library lacks it
   */
  Optional<Function> optional(String symbol) {
    try {
      return Optional.of(library.getFunction(symbol));
    } catch (UnsatisfiedLinkError e) {
      // An older library: the caller does without.
      return Optional.empty();
    }
  }

  /**
   * Hands liblsl its configuration, once a process and before anything else.
   *
   * @param content as a {@code lsl_api.cfg}
   * @return whether this library can take it (1.17 and later)
   */
  synchronized boolean configure(String content) {
    Optional<Function> set = optional("lsl_set_config_content");
    if (set.isPresent() && !configured) {
      try (Memory text = text(content)) {
        set.get().invokeVoid(new Object[] {text});
      }
      configured = true;
    }
    return set.isPresent();
  }

  /**
   * Makes an error of liblsl's code.
   *
   * @param code 0 = none
   * @param doing what was tried, for the message
   * @throws StreamException if the code says timeout, lost or internal
   * @throws IllegalArgumentException if it says that an argument is wrong
   */
  void check(int code, String doing) {
    if (code == 0) {
      return;
    }
    String own =
        optional("lsl_last_error")
            .map(f -> f.invokePointer(new Object[0]))
            .map(p -> " (" + p.getString(0, "UTF-8") + ")")
            .orElse("");
    switch (code) {
      case TIMEOUT -> throw new StreamException(doing + ": no answer in time" + own);
      case -2 -> throw new StreamException(doing + ": the stream was lost" + own);
      case -3 -> throw new IllegalArgumentException(doing + ": liblsl refuses an argument" + own);
      case -4 -> throw new StreamException(doing + ": liblsl failed within" + own);
      default -> throw new StreamException(doing + ": liblsl's error " + code + own);
    }
  }

  /** A count that came back as {@code unsigned long}. */
  static long count(long raw) {
    return Native.LONG_SIZE == 4 ? raw & 0xFFFF_FFFFL : raw;
  }

  /** A text as C wants it: UTF-8, ended by 0. */
  static Memory text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Memory memory = new Memory(bytes.length + 1L);
    memory.write(0, bytes, 0, bytes.length);
    memory.setByte(bytes.length, (byte) 0);
    return memory;
  }

  /** Takes over the description behind an info handle, without giving the handle up. */
  static String xml(Pointer info) {
    Pointer text = Calls.lsl_get_xml(info);
    try {
      return text.getString(0, "UTF-8");
    } finally {
      Calls.lsl_destroy_string(text);
    }
  }
}
