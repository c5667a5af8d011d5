package org.efferent.cohort.spark;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.cohort.recordings.Facts;
import org.efferent.core.EfferentException;
import org.efferent.data.Safetensors;
import org.efferent.decoders.linear.LinearAlgebra;

/** What a worker does: a recording, or a participant. What is finished already is left as it is. */
final class RecordingStep implements Serializable {
  /** So often a recording may take its worker down with it before it counts as failed. */
  private static final int DEATHS = 3;

  private static final long serialVersionUID = 1;

  private final CohortTask task;
  private final Store store;

  /** Names of the task's files as workers find them, by their names as they were given. */
  private final TreeMap<String, String> files;

  RecordingStep(CohortTask task, Store store, Map<String, String> files) {
    this.task = task;
    this.store = store;
    this.files = new TreeMap<>(files);
  }

  private Path file(String name) {
    return Path.of(SparkFiles.get(files.get(name)));
  }

  static String worker() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown";
    }
    return host + " executor " + org.apache.spark.SparkEnv.get().executorId();
  }

  /**
   * Keeps what a recording gives, or why it gives nothing.
   *
   * @param listed which
   * @return how it went; {@code worker} is empty where it was finished before
   */
  Outcome recording(Listed listed) {
    check();
    String name = Store.recording(listed.index());
    if (store.exists(name + ".json")) {
      Outcome before = Outcome.of(store.text(name + ".json"));
      if (before.isGood()) {
        return new Outcome("", before.seconds(), "", 1, 0, before.facts());
      }
    }
    long start = System.nanoTime();
    String error = "";
    LinkedHashMap<String, Double> facts = new LinkedHashMap<>();
    if (TaskContext.get().attemptNumber() >= DEATHS) {
      error = "its worker was lost %d times while it was read; try it alone".formatted(DEATHS);
    } else {
      LinearAlgebra.setThreads(1);
      try (Localized localized = Localized.open(listed)) {
        Safetensors kept = task.recording(localized.file(), this::file);
        facts.putAll(Facts.read(kept));
        store.write(name + ".safetensors", kept);
      } catch (EfferentException e) {
        error = said(e);
      } catch (OutOfMemoryError e) {
        error = "is larger than the worker's memory; give workers more";
      } catch (RuntimeException e) {
        // A defect in one recording must not take the others with it; it is named in full.
        error =
            "defect: " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
      }
    }
    Outcome outcome =
        new Outcome(
            error,
            (System.nanoTime() - start) / 1e9,
            worker(),
            error.isEmpty() ? 1 : 0,
            error.isEmpty() ? 0 : 1,
            facts);
    store.write(name + ".json", outcome.json());
    return outcome;
  }

  private static String said(EfferentException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Says where a worker does not see the folder of the results. */
  private void check() {
    if (!store.exists(Store.RUN)) {
      throw new IllegalStateException(
          "%s: worker %s does not see this folder; results must lie where every machine sees them"
              .formatted(store.root(), worker()));
    }
  }

  /**
   * Keeps what the recordings of a participant give.
   *
   * @param participant name
   * @param recordings in order of the list
   * @return how it went
   */
  Outcome participant(String participant, List<Listed> recordings) {
    check();
    String name = Store.participant(participant);
    List<Safetensors> kept = new ArrayList<>();
    int failed = 0;
    for (Listed listed : recordings) {
      String of = Store.recording(listed.index());
      if (Outcome.of(store.text(of + ".json")).isGood()) {
        kept.add(store.tensors(of + ".safetensors"));
      } else {
        failed++;
      }
    }
    long start = System.nanoTime();
    String error = "";
    LinkedHashMap<String, Double> facts = new LinkedHashMap<>();
    LinearAlgebra.setThreads(1);
    try {
      if (kept.isEmpty()) {
        error = "no recording of it could be read";
      } else {
        Safetensors scored = task.participant(participant, kept, this::file);
        facts.putAll(Facts.read(scored));
        store.write(name + ".safetensors", scored);
      }
    } catch (EfferentException e) {
      error = said(e);
    }
    Outcome outcome =
        new Outcome(error, (System.nanoTime() - start) / 1e9, worker(), kept.size(), failed, facts);
    store.write(name + ".json", outcome.json());
    return outcome;
  }

  /**
   * The figures of all.
   *
   * @return a line of JSON
   */
  String cohort() {
    TreeMap<String, Safetensors> participants = new TreeMap<>();
    for (String file : store.list("work/participants")) {
      if (file.endsWith(".json")) {
        String stem = file.substring(0, file.length() - ".json".length());
        if (Outcome.of(store.text("work/participants/" + file)).isGood()) {
          participants.put(
              java.net.URLDecoder.decode(stem, java.nio.charset.StandardCharsets.UTF_8),
              store.tensors("work/participants/" + stem + ".safetensors"));
        }
      }
    }
    return Json.write(participants.isEmpty() ? Map.of() : task.cohort(participants));
  }
}
