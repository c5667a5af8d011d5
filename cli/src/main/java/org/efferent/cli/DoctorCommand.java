package org.efferent.cli;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.efferent.acquisition.liblsl.LibLsl;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnavailableException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.efferent.filters.NativeCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what works on this machine, and what to do about what does not. */
@Command(
    name = "doctor",
    description = "Tells what works on this machine, and what to do about what does not.",
    footerHeading = "%nExample:%n",
    footer = "  efferent doctor")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long MEBIBYTE = 1 << 20;

  @Mixin private OutputOptions output;

  @Option(
      names = "--liblsl",
      paramLabel = "PATH",
      description = {
        "The file of liblsl to look at; else EFFERENT_LIBLSL names it, else it is the system's."
      })
  private Path liblsl;

  /**
   * One thing that was looked at.
   *
   * @param name what
   * @param ok whether it works, or is not needed
   * @param needed whether the program is of little use without it
   * @param detail what was found
   * @param hint what to do; empty where there is nothing to do
   */
  private record Check(String name, boolean ok, boolean needed, String detail, String hint) {}

  @Override
  public Integer call() throws InterruptedException {
    List<Check> checks =
        List.of(
            java(),
            memory(),
            natives(),
            lsl("lsl unicast", unicast(), "allow UDP and TCP on 127.0.0.1 in the firewall"),
            lsl(
                "loopback multicast",
                multicast(),
                "other programs are then found by unicast only: set KnownPeers in their lsl_api.cfg"),
            display(),
            liblsl(),
            engine(),
            gpu());
    boolean ok = checks.stream().allMatch(c -> c.ok() || !c.needed());
    List<Map<String, Object>> json = new ArrayList<>();
    for (Check check : checks) {
      output.text("%-20s %-8s %s", check.name(), check.ok() ? "ok" : "MISSING", check.detail());
      if (!check.hint().isEmpty()) {
        output.text("%-29s → %s", "", check.hint());
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", check.name());
      one.put("ok", check.ok());
      one.put("detail", check.detail());
      one.put("hint", check.hint());
      json.add(one);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ok", ok);
    result.put("checks", json);
    output.result(result);
    return ok ? 0 : 5;
  }

  private static Check java() {
    return new Check("java", true, true, Versions.line(), "");
  }

  private static Check memory() {
    long most = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    boolean enough = most >= 900;
    return new Check(
        "memory",
        enough,
        false,
        most + " MiB of heap at the most",
        enough ? "" : "give the JVM more: EFFERENT_OPTS=-Xmx2g");
  }

  private static Check natives() {
    String problem = NativeCheck.problem();
    return new Check(
        "native BLAS",
        problem.isEmpty(),
        false,
        problem.isEmpty() ? "OpenBLAS loads and multiplies" : problem,
        problem.isEmpty()
            ? ""
            : "large Gaussian processes (dkf-gp, best) need it; the other filters do not");
  }

  /** Loads the engine of the encoders, which unpacks its natives the first time. */
  private static Check engine() {
    try (Compute compute = Compute.open(new ComputeOptions("cpu", 0, Precision.SINGLE))) {
      String found = "PyTorch %s on the %s".formatted(Compute.version(), compute.device());
      return new Check("encoders' engine", true, false, found, "");
    } catch (UnavailableException e) {
      return new Check(
          "encoders' engine", false, false, e.getMessage(), "cursor control works without it");
    }
  }

  private static Check gpu() {
    try (Compute compute = Compute.open(ComputeOptions.DEFAULTS)) {
      boolean found = compute.note().isEmpty();
      return new Check(
          "gpu",
          true,
          false,
          found
              ? compute.device()
              : "none, or a build without -P cuda: encoders compute on the CPU",
          "");
    } catch (UnavailableException e) {
      return new Check("gpu", true, false, "not looked for: the engine does not load", "");
    }
  }

  private static Check lsl(String name, String problem, String hint) {
    boolean ok = problem.isEmpty();
    return new Check(
        name, ok, name.startsWith("lsl"), ok ? "a stream was found" : problem, ok ? "" : hint);
  }

  /** Loads liblsl, which sends nothing yet; that there is none is wrong only where one is named. */
  private Check liblsl() {
    try {
      LibLsl library = liblsl == null ? LibLsl.load() : LibLsl.load(liblsl);
      String found =
          "%s, protocol %s: %s".formatted(library.version(), library.protocol(), library.file());
      return new Check("liblsl", true, false, found, "");
    } catch (UnavailableException e) {
      boolean named = liblsl != null || LibLsl.isNamed();
      return named
          ? new Check("liblsl", false, false, e.getMessage(), "")
          : new Check("liblsl", true, false, "none, and none needed: LSL is spoken in Java", "");
    }
  }

  /** Publishes a stream and looks for it by asking this host's ports one by one. */
  private static String unicast() throws InterruptedException {
    return found(LslConfig.LOOPBACK);
  }

  /** Publishes a stream and looks for it by multicast on the loopback interface alone. */
  private static String multicast() throws InterruptedException {
    LslConfig loopback = LslConfig.LOOPBACK;
    return found(
        new LslConfig(
            loopback.sessionId(),
            loopback.scope(),
            loopback.addressesOverride(),
            loopback.ttlOverride(),
            loopback.listenAddress(),
            loopback.interfaces(),
            List.of(),
            loopback.discoveryPort(),
            loopback.basePort(),
            loopback.portRange(),
            loopback.randomPorts(),
            loopback.tuning()));
  }

  private static String found(LslConfig config) throws InterruptedException {
    String id = "efferent-doctor-" + UUID.randomUUID();
    StreamInfo info = StreamInfo.of("EfferentDoctor", "Test", 0, 1);
    try (LslOutlet outlet =
        new LslOutlet(LslStreamInfo.of(info, ChannelFormat.DOUBLE64).withSourceId(id), config)) {
      String predicate = LslResolver.property("source_id", outlet.info().sourceId());
      return LslResolver.resolve(predicate, 1, PATIENCE, config).isEmpty()
          ? "a stream of this program was not found within 3 s"
          : "";
    } catch (StreamException e) {
      return e.getMessage();
    }
  }

  private static Check display() {
    boolean ok = !GraphicsEnvironment.isHeadless();
    if (ok) {
      try {
        GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
      } catch (java.awt.AWTError | NoClassDefFoundError | java.awt.HeadlessException e) {
        ok = false;
      }
    }
    return new Check(
        "display",
        ok,
        false,
        ok ? "windows can be opened" : "none; windows cannot be opened",
        ok ? "" : "use --headless, or set DISPLAY; pictures and reports are written all the same");
  }
}
