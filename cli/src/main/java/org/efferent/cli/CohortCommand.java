package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.cohort.CohortOptions;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.cohort.CohortResult;
import org.efferent.cohort.CohortRun;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cohort}: many recordings, on this machine or on a cluster. */
@Command(
    name = "cohort",
    description = {
      "Preprocesses, cuts, encodes and scores many recordings on Apache Spark, on this machine or on a",
      "cluster: a BIDS folder, a plain folder or a list, by a path or a URI (hdfs://, s3a://)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent cohort --recordings my-bids-folder --task health --out checked",
      "  efferent cohort --master local[2] --recordings eegmmidb --task imagery --out hands",
      "  efferent cohort --master spark://node1:7077 --recordings hdfs://nn/bids --task encode \\",
      "    --encoder encoder.safetensors --gallery images.npy --gallery-ids images.npy.txt \\",
      "    --out hdfs://nn/encoded",
      "  efferent cohort --recordings eegmmidb --task imagery --out hands --resume",
      "",
      "Tasks: health (gaps, flat, saturated channels); imagery (CSP and a discriminant, each recording of a",
      "participant scored by the others); evoked (lda, xdawn, ridge, likewise); encode (an encoder's",
      "embeddings at markers, ranked in a gallery). Tables are Parquet: recordings, participants, timing,",
      "embeddings; figures.json has the cohort's. A recording that fails is named; the others go on."
    })
final class CohortCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "local[N], local[*], local-cluster[WORKERS,CORES,MB] or spark://HOST:PORT (default: that of"
              + " spark-submit, else local[*]).")
  private String master = System.getProperty("spark.master", "local[*]");

  @Option(
      names = "--recordings",
      paramLabel = "DIR|LIST|URI",
      required = true,
      description =
          "A BIDS folder, a folder of recordings, or a list (.txt, .tsv): a path a line, after a tab the"
              + " participant.")
  private String recordings;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      required = true,
      description = "health, imagery, evoked or encode.")
  private String task;

  @Option(
      names = "--out",
      paramLabel = "DIR|URI",
      required = true,
      description = "Results; on a cluster where every machine sees them.")
  private String out;

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description = "Only recordings whose path below the folder has this.")
  private String include = "";

  @Option(
      names = "--participant",
      paramLabel = "REGEX",
      description =
          "Its first group names the participant in a path (default: sub-… of BIDS, S001 of S001R03, else"
              + " the folder).")
  private String participant = "";

  @Option(
      names = "--classes",
      paramLabel = "CLASS=MARKER,…",
      description =
          "imagery, evoked: what markers mean (imagery: left=T1,right=T2,left=left,right=right).")
  private String classes;

  @Option(
      names = "--band",
      paramLabel = "LOW:HIGH",
      description = "Band pass in Hz, causal (imagery 8:30, evoked 1:30, encode none).")
  private String band;

  @Option(
      names = "--trial",
      paramLabel = "FROM:TO",
      description = "imagery, evoked: seconds after the marker (0.5:2.5; 0:0.8).")
  private String trial;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "imagery: pairs of spatial filters (3).")
  private String pairs;

  @Option(
      names = "--decoder",
      paramLabel = "NAME,…",
      description = "evoked: of lda, xdawn, ridge (all three).")
  private String decoder;

  @Option(names = "--notch", paramLabel = "HZ", description = "evoked: 50 or 60; 0 for none (0).")
  private String notch;

  @Option(
      names = "--reject",
      paramLabel = "UV",
      description = "evoked: trials beyond this are not learned from (75).")
  private String reject;

  @Option(names = "--encoder", paramLabel = "FILE", description = "encode: an encoder's file.")
  private String encoder;

  @Option(
      names = "--gallery",
      paramLabel = "FILE.npy",
      description = "encode: candidates; without it embeddings alone.")
  private String gallery;

  @Option(
      names = "--gallery-ids",
      paramLabel = "FILE[#COLUMN]",
      description = "encode: names of the candidates, which markers have too.")
  private String galleryIds;

  @Option(
      names = "--subject",
      paramLabel = "N",
      description = "encode: the participant's number in the encoder (0).")
  private String subject;

  @Option(
      names = "--from",
      paramLabel = "S",
      description = "encode: where a window begins, after its marker (0).")
  private String from;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.hadoop.fs.s3a.endpoint=…; several times.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(names = "--resume", description = "Go on with a run that was cut short.")
  private boolean resume;

  @Option(names = "--force", description = "Delete the results of an earlier run first.")
  private boolean force;

  @Override
  public Integer call() {
    if (resume && force) {
      throw new UsageException("--resume keeps what --force deletes; give one of them");
    }
    CohortOptions options =
        new CohortOptions(
            CohortTask.of(task, settings()),
            master,
            recordings,
            out,
            include,
            participant,
            resume ? Existing.RESUME : force ? Existing.REPLACE : Existing.REFUSE,
            conf);
    CohortResult result = CohortRun.run(options, new CohortNotes(output));
    record(options, result);
    say(result);
    output.result(map(result));
    return 0;
  }

  private Map<String, String> settings() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("classes", classes);
    given.put("band", band);
    given.put("trial", trial);
    given.put("pairs", pairs);
    given.put("decoder", decoder);
    given.put("notch", notch);
    given.put("reject", reject);
    given.put("encoder", encoder);
    given.put("gallery", gallery);
    given.put("gallery-ids", galleryIds);
    given.put("subject", subject);
    given.put("from", from);
    given.values().removeIf(value -> value == null);
    return given;
  }

  private static Map<String, Object> map(CohortResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("recordings", result.recordings());
    map.put("failed", result.failed());
    map.put("seconds", result.seconds());
    map.put("figures", result.figures());
    map.put("participants", result.participants());
    map.put("failedParticipants", result.failedParticipants());
    map.put("reused", result.reused());
    map.put("workersLost", result.workersLost());
    map.put("slowest", result.slowest());
    map.put("slowestSeconds", result.slowestSeconds());
    map.put("failures", result.failures());
    return map;
  }

  /** {@code run.json}, where the results lie on a file system of this machine. */
  private void record(CohortOptions options, CohortResult result) {
    if (out.contains("://")) {
      return;
    }
    Path folder = Path.of(out.replaceFirst("^file:", ""));
    if (Files.isDirectory(folder)) {
      Map<String, Object> configuration = new LinkedHashMap<>();
      configuration.put("recordings", recordings);
      configuration.put("task", options.task().name());
      configuration.putAll(options.task().settings());
      configuration.put("master", master);
      configuration.put("include", include);
      configuration.put("participant", options.participant());
      RunRecord record = new RunRecord("cohort", configuration, 0);
      record.figures(map(result));
      record.write(folder.resolve("run.json"), true);
    }
  }

  private void say(CohortResult result) {
    output.text(
        "%d recordings of %d participants in %.1f s, %d failed; the slowest was %s (%.1f s)",
        result.recordings(),
        result.participants(),
        result.seconds(),
        result.failed(),
        result.slowest(),
        result.slowestSeconds());
    if (result.reused() > 0) {
      output.text("%d recordings were finished before", result.reused());
    }
    if (result.workersLost() > 0) {
      output.text(
          "%d workers were lost on the way; their recordings were done again",
          result.workersLost());
    }
    result.failures().forEach(line -> output.text("failed: %s", line));
    result.figures().forEach((name, value) -> output.text("%s", line(name, value)));
    output.text("tables and figures.json in %s", out);
  }

  private static String line(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      Object mean = map.containsKey("mean") ? map.get("mean") : map.get("value");
      if (mean instanceof Number number) {
        StringBuilder text =
            new StringBuilder(String.format(Locale.ROOT, "%s %.4g", name, number.doubleValue()));
        if (map.get("low") instanceof Number low && map.get("high") instanceof Number high) {
          text.append(
              String.format(
                  Locale.ROOT, " (95 %%: %.4g to %.4g)", low.doubleValue(), high.doubleValue()));
        }
        if (map.get("chance") instanceof Number chance) {
          text.append(String.format(Locale.ROOT, ", chance %.4g", chance.doubleValue()));
        }
        if (map.get("p") instanceof Number p) {
          text.append(String.format(Locale.ROOT, ", p %.3g", p.doubleValue()));
        }
        return text.toString();
      }
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%s %.4g", name, number)
        : name + " " + value;
  }
}
