package org.efferent.cohort.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.efferent.cohort.CohortListener;
import org.efferent.cohort.CohortOptions;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.cohort.CohortResult;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/**
 * The driver: lists recordings, hands them out a wave at a time, then participants, then writes
 * tables and figures. It holds a wave, never all recordings.
 */
public final class SparkRun {
  private static final int WAVE = 1024;
  private static final int MOST_PARTS = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> WRITTEN =
      List.of(
          "work",
          Store.RUN,
          "figures.json",
          "recordings.parquet",
          "timing.parquet",
          "participants.parquet",
          "embeddings.parquet");

  private final CohortOptions options;
  private final CohortListener listener;
  private final JavaSparkContext context;
  private final Store store;
  private Workers workers; // from when on recordings are handed out

  private SparkRun(CohortOptions options, CohortListener listener, JavaSparkContext context) {
    this.options = options;
    this.listener = listener;
    this.context = context;
    store = new Store(Store.qualified(options.out(), Store.configuration()).toString());
  }

  /**
   * Runs a task over a cohort.
   *
   * @param options what and where
   * @param listener told how it goes
   * @return what it came to
   * @throws UnavailableException if the cluster is not there or gives up
   * @throws UsageException if results are there already
   */
  public static CohortResult run(CohortOptions options, CohortListener listener) {
    Master.check(options.master());
    if (SparkEnv.get() != null) {
      throw new UsageException(
          "a run over a cohort is on already in this program; wait for its end");
    }
    JavaSparkContext context = begun(configuration(options));
    try {
      return new SparkRun(options, listener, context).run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      context.stop();
    }
  }

  /** Spark's own exception is a checked one that its constructor does not declare. */
  private static JavaSparkContext begun(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new UnavailableException(
          "Spark cannot begin on %s: %s".formatted(conf.get("spark.master"), first(e)), e);
    }
  }

  private static String first(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static SparkConf configuration(CohortOptions options) {
    String master = options.master();
    SparkConf conf = new SparkConf().setMaster(master).setAppName("efferent cohort");
    conf.set("spark.ui.enabled", "false");
    conf.set("spark.ui.showConsoleProgress", "false");
    if (Master.isLoopback(master)) {
      conf.set("spark.driver.host", "127.0.0.1");
      conf.set("spark.driver.bindAddress", "127.0.0.1");
    }
    if (Master.isLoopback(master) && !master.startsWith("local[") && !master.equals("local")) {
      // Workers of this machine find the program where it is; elsewhere it is shipped.
      conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    }
    conf.setIfMissing(
        "spark.executor.extraJavaOptions",
        "-Djava.awt.headless=true -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR -Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider");
    for (String engine : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
      conf.setExecutorEnv(engine, "1");
    }
    conf.setExecutorEnv("ORT_DISABLE_TELEMETRY", "1");
    conf.setExecutorEnv("TORCH_CPP_LOG_LEVEL", "ERROR");
    options.configuration().forEach(conf::set);
    return conf;
  }

  private CohortResult run() throws Exception {
    try {
      return work();
    } catch (SparkException e) { // a checked one that Spark's methods do not declare
      throw new UnavailableException(
          "the cluster gave up: %s; what is finished is kept, go on with --resume"
              .formatted(
                  workers == null || workers.trouble().isEmpty() ? first(e) : workers.trouble()),
          e);
    } finally {
      if (workers != null) {
        workers.close();
      }
    }
  }

  private CohortResult work() throws Exception {
    Store.ask(options.recordings());
    Store.ask(options.out());
    begin();
    long start = System.nanoTime();
    int recordings = store.exists(Store.LIST) ? count() : listed();
    Progress progress = new Progress(listener, recordings);
    workers = Workers.of(context, progress, PATIENCE);
    RecordingStep step = new RecordingStep(options.task(), store, ship());
    recordings(step, progress);
    participants(step, progress, recordings);
    List<String> figures = context.parallelize(List.of(0), 1).map(i -> step.cohort()).collect();
    new Tables(store)
        .write(context, recordings, finished(), options.task().name().equals("encode"));
    store.write("figures.json", figures.get(0) + "\n");
    workers.close();
    store.write(Store.RUN, described(true));
    store.delete("work");
    return new CohortResult(
        recordings,
        progress.failed(),
        progress.reused(),
        progress.participants(),
        progress.failedParticipants(),
        (System.nanoTime() - start) / 1e9,
        progress.workersLost(),
        progress.failures(),
        progress.slowest(),
        progress.slowestSeconds(),
        Json.read("figures", figures.get(0)));
  }

  /** Looks at what is in the folder of the results, and says in it what this run is. */
  private void begin() {
    List<String> there = store.list("");
    if (options.existing() == Existing.RESUME && there.contains(Store.RUN)) {
      Map<String, Object> before = Json.read(Store.RUN, store.text(Store.RUN));
      Map<String, Object> now = Json.read(Store.RUN, described(false));
      for (String key : List.of("task", "settings", "recordings", "include", "participant")) {
        if (!String.valueOf(before.get(key)).equals(String.valueOf(now.get(key)))) {
          throw new UsageException(
              "%s: a run goes on only as it began; %s was %s and is %s; give the same options or another folder"
                  .formatted(options.out(), key, before.get(key), now.get(key)));
        }
      }
      if (Boolean.TRUE.equals(before.get("finished"))) {
        throw new UsageException(
            options.out() + ": the run in it is finished; there is nothing to go on with");
      }
    } else if (options.existing() == Existing.REPLACE) {
      RecordingList.check(options); // before anything of an earlier run is gone
      WRITTEN.stream().filter(there::contains).forEach(store::delete);
    } else if (!there.isEmpty()) {
      throw new UsageException(
          "%s is not empty; choose another folder, --resume to go on with a run that was cut short, or --force to delete its results"
              .formatted(options.out()));
    }
    store.write(Store.RUN, described(false));
  }

  private String described(boolean finished) {
    CohortTask task = options.task();
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("task", task.name());
    run.put("settings", task.settings());
    run.put("recordings", Store.qualified(options.recordings(), Store.configuration()).toString());
    run.put("include", options.include());
    run.put("participant", options.participant());
    run.put("finished", finished);
    return Json.write(run) + "\n";
  }

  /** Files of the task to every worker, under names of their own. */
  private Map<String, String> ship() {
    Map<String, String> names = new TreeMap<>();
    for (String file : options.task().files()) {
      Path path = Store.qualified(file, Store.configuration());
      try {
        if (!path.getFileSystem(Store.configuration()).exists(path)) {
          throw new org.efferent.core.InputException(file + ": there is no such file");
        }
      } catch (IOException e) {
        throw new org.efferent.core.InputException(file + ": cannot be read: " + e.getMessage(), e);
      }
      if (names.containsValue(path.getName())) {
        throw new UsageException(
            "files of a task must have names of their own, since workers get them in one folder; name="
                + path.getName());
      }
      context.addFile(path.toString());
      names.put(file, path.getName());
    }
    return names;
  }

  private BufferedReader list() throws IOException {
    return new BufferedReader(
        new InputStreamReader(store.files().open(store.path(Store.LIST)), StandardCharsets.UTF_8));
  }

  /** Writes the list; where that cannot be, nothing stays that a second try would stumble over. */
  private int listed() {
    try {
      return RecordingList.write(options, store);
    } catch (RuntimeException e) {
      store.delete("work");
      store.delete(Store.RUN);
      throw e;
    }
  }

  private int count() throws IOException {
    try (BufferedReader reader = list()) {
      return (int) reader.lines().count();
    }
  }

  private void recordings(RecordingStep step, Progress progress) throws IOException {
    try (BufferedReader reader = list()) {
      List<Listed> wave = new ArrayList<>();
      String line = reader.readLine();
      while (line != null) {
        wave.add(Listed.of(line));
        line = reader.readLine();
        if (line == null || wave.size() == WAVE) {
          List<Listed> now = new ArrayList<>(wave);
          Jobs.run(
              context,
              context.parallelize(now, now.size()),
              some -> step.recording(some.get(0)),
              (part, outcome) -> progress.recording(now.get(part), outcome));
          wave.clear();
        }
      }
    }
  }

  private void participants(RecordingStep step, Progress progress, int recordings) {
    store.delete("work/participants"); // a recording that failed before may be there now
    Jobs.run(
        context,
        Jobs.participants(
            context.textFile(store.path(Store.LIST).toString()), Math.min(recordings, MOST_PARTS)),
        some -> {
          ArrayList<Progress.Scored> scored = new ArrayList<>();
          some.forEach(
              one ->
                  scored.add(new Progress.Scored(one._1(), step.participant(one._1(), one._2()))));
          return scored;
        },
        (part, scored) -> progress.participants(scored));
  }

  /** Names of the participants with an outcome, in order. */
  private List<String> finished() {
    List<String> names = new ArrayList<>();
    for (String file : store.list("work/participants")) {
      if (file.endsWith(".json")) {
        names.add(
            java.net.URLDecoder.decode(
                file.substring(0, file.length() - ".json".length()), StandardCharsets.UTF_8));
      }
    }
    Collections.sort(names);
    return names;
  }
}
