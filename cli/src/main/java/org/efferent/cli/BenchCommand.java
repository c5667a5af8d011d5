package org.efferent.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.efferent.cli.bench.Areas;
import org.efferent.cli.bench.BenchArea;
import org.efferent.cli.bench.BenchSettings;
import org.efferent.cli.bench.Measured;
import org.efferent.cli.bench.PythonPeer;
import org.efferent.core.EfferentException;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: this toolkit's figures on this machine, beside peers that are there. */
@Command(
    name = "bench",
    description = {
      "Measures this toolkit on this machine, area by area, and beside it the peers that are there,",
      "in turns in the same run. Speeds are reported, never judged."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent bench --quick",
      "  efferent bench --python /usr/bin/python3 --liblsl liblsl64.so --out bench",
      "  efferent bench --only filters,retrieval --json",
      "",
      "A ratio above 1: this toolkit is so many times as fast as the peer. Read ratios, not times,",
      "where other work runs beside. liblsl before 1.17 stays on this machine only by a",
      "lsl_api.cfg in the working directory. A full run takes about three minutes."
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "AREA",
      description =
          "Of ring, lsl, readers, filters, encoders, streaming, retrieval, dashboards (default: all).")
  private List<String> only = List.of();

  @Option(names = "--quick", description = "Little material, three rounds: does all of it work?")
  private boolean quick;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description =
          "Put peers beside that this Python 3 can import: numpy, mne, torch, faiss, matplotlib.")
  private String python;

  @Option(
      names = "--liblsl",
      paramLabel = "PATH",
      description = "Put the liblsl of this file beside LSL in Java.")
  private Path liblsl;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Of encoders and retrieval, here and at the peers (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write bench.json, bench.csv, bench.md and report.html there.")
  private Path out;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, BenchArea> areas = chosen();
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads must lie in 1 to 1024; threads=" + threads);
    }
    if (out != null) {
      RunRecord.folder(out, force);
    }
    System.setProperty("java.awt.headless", "true"); // no window, whatever DISPLAY says
    Path folder = temporary();
    try (PythonPeer peer = python == null ? null : PythonPeer.start(python, folder, threads)) {
      BenchResult result = measure(areas, new BenchSettings(quick, liblsl, peer, threads, folder));
      output.text("%s", result.table());
      output.result(result.json());
      if (out != null) {
        result.write(out, record(areas, result), force);
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private Map<String, BenchArea> chosen() {
    Map<String, BenchArea> areas = Areas.all();
    for (String name : only) {
      if (!areas.containsKey(name)) {
        throw new UsageException(
            "--only takes %s; only=%s".formatted(String.join(", ", areas.keySet()), name));
      }
    }
    if (!only.isEmpty()) {
      areas.keySet().retainAll(only);
    }
    return areas;
  }

  private BenchResult measure(Map<String, BenchArea> areas, BenchSettings settings)
      throws InterruptedException {
    List<Measured> measured = new ArrayList<>();
    Map<String, Object> unavailable = new LinkedHashMap<>();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("version", Versions.program());
    facts.put("java", Versions.java());
    facts.put("machine", Versions.machine());
    facts.put("quick", quick);
    facts.put("threads", threads);
    facts.put("loadBefore", load());
    facts.put("python", settings.python() == null ? Map.of() : settings.python().versions());
    facts.put("liblsl", liblsl == null ? "" : liblsl.getFileName().toString());
    long begin = System.nanoTime();
    for (Map.Entry<String, BenchArea> area : areas.entrySet()) {
      output.note("%s …", area.getKey());
      try {
        measured.addAll(area.getValue().measure(settings));
      } catch (EfferentException e) {
        unavailable.put(area.getKey(), e.getMessage());
        output.note("%s: %s", area.getKey(), e.getMessage());
      }
    }
    facts.put("seconds", (System.nanoTime() - begin) / 1e9);
    facts.put("loadAfter", load());
    return new BenchResult(facts, measured, unavailable);
  }

  private RunRecord record(Map<String, BenchArea> areas, BenchResult result) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("only", List.copyOf(areas.keySet()));
    configuration.put("quick", quick);
    configuration.put("threads", threads);
    configuration.put("python", python);
    configuration.put("liblsl", liblsl == null ? null : liblsl.toString());
    RunRecord record = new RunRecord("bench", configuration, 0);
    record.figures(result.figures());
    return record;
  }

  /** Negative where the system does not tell. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("efferent-bench");
    } catch (IOException e) {
      throw new UsageException("no temporary folder can be made; set java.io.tmpdir", e);
    }
  }

  private void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      output.note("%s: could not be deleted: %s", folder.toString(), e.getMessage());
    }
  }
}
