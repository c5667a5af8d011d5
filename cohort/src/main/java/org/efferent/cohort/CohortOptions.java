package org.efferent.cohort;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.core.UsageException;

/**
 * A run over a cohort.
 *
 * @param task what is asked
 * @param master {@code local}, {@code local[N]}, {@code local[*]}, {@code
 *     local-cluster[WORKERS,CORES,MEGABYTES]}, {@code spark://HOST:PORT}, or what {@code
 *     spark-submit} names
 * @param recordings a BIDS folder, a plain folder, or a list ({@code .txt}, {@code .tsv}): a path
 *     or a URI of a file system that Hadoop knows
 * @param out folder of the results; with a cluster it must be one that every machine sees
 * @param include pattern that the path of a recording below the folder must contain; empty for all
 * @param participant pattern whose first group that is there names the participant in a path; empty
 *     for the usual one ({@link #PARTICIPANT})
 * @param existing what to do where results are there already
 * @param configuration further settings of Spark, by their names
 */
public record CohortOptions(
    CohortTask task,
    String master,
    String recordings,
    String out,
    String include,
    String participant,
    Existing existing,
    Map<String, String> configuration) {
  /**
   * {@code sub-01_…} of BIDS, then {@code S001} of {@code S001R03.edf}; a recording that is named
   * otherwise belongs to the participant that its folder is named after.
   */
  public static final String PARTICIPANT = "(?:^|[/\\\\_])sub-([A-Za-z0-9]+)|(S\\d{2,})R\\d+";

  /** What to do where results are there already. */
  public enum Existing {
    /** Say so and do nothing. */
    REFUSE,
    /** Go on with a run that was cut short: what is finished is kept. */
    RESUME,
    /** Delete what an earlier run wrote. */
    REPLACE
  }

  /** Checks the patterns and copies the map. */
  public CohortOptions {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    participant = participant.isEmpty() ? PARTICIPANT : participant;
    if (compiled("--participant", participant).matcher("").groupCount() < 1) {
      throw new UsageException(
          "--participant must have a group that names the participant, such as '(S\\d+)R'; participant="
              + participant);
    }
    compiled("--include", include);
    if (recordings.isBlank() || out.isBlank()) {
      throw new UsageException(
          "recordings and out must be named; recordings='%s', out='%s'".formatted(recordings, out));
    }
  }

  private static Pattern compiled(String option, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "%s must be a regular expression: %s".formatted(option, e.getDescription()), e);
    }
  }

  /** The pattern of participants. */
  public Pattern participants() {
    return Pattern.compile(participant);
  }

  /** The pattern of what is included. */
  public Pattern included() {
    return Pattern.compile(include);
  }
}
