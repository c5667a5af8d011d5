package org.efferent.acquisition.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingAbout;
import org.efferent.data.edf.EdfOptions;
import org.efferent.data.edf.EdfWriter;

/**
 * A BIDS folder of simulated EEG: many participants, several runs each, of imagined movements
 * ({@code left}, {@code right}, {@code rest}) or of evoked responses ({@code target}, {@code
 * standard}). Participants differ: in imagery the rhythms opposite to the hand lose 20 to 70 % of
 * their amplitude, uniformly drawn; evoked responses have −20 to −5 dB.
 *
 * @param kind imagery or evoked
 * @param participants at least 1
 * @param runs of each, at least 1
 * @param seconds of a run, 10 to 36,000
 * @param electrodes how many
 * @param rateHz samples a second
 * @param seed of all that is random; a run is a function of it and of its numbers
 */
public record SimulatedCohort(
    Kind kind,
    int participants,
    int runs,
    double seconds,
    int electrodes,
    double rateHz,
    long seed) {
  /** Imagery: 4 participants, 2 runs of 2 minutes each, 16 electrodes, 160 Hz. */
  public static final SimulatedCohort DEFAULTS =
      new SimulatedCohort(Kind.IMAGERY, 4, 2, 120, 16, 160, 0);

  /** What the participants do. */
  public enum Kind {
    /** They imagine movements. */
    IMAGERY,
    /** They look at targets and standards. */
    EVOKED
  }

  /** Checks the numbers. */
  public SimulatedCohort {
    Limits.check("participants", participants, 1, 100_000);
    Limits.check("runs", runs, 1, 1000);
    Limits.check("seconds", seconds, 10, 36_000);
    Limits.check("electrodes", electrodes, 2, 343);
    Limits.check("rateHz", rateHz, 64, 20_000);
    if (rateHz != Math.rint(rateHz)) {
      throw new UsageException("rateHz must be a whole number, for EDF; rateHz=" + rateHz);
    }
  }

  /** Name of a participant, from 1: {@code 001}. */
  public static String participant(int number) {
    return "%03d".formatted(number);
  }

  /**
   * One run, computed when it is read.
   *
   * @param participant from 1
   * @param run from 1
   * @return EEG in microvolt with its markers
   */
  public Recording recording(int participant, int run) {
    SplittableRandom random = new SplittableRandom(seed * 31 + participant);
    double drawn = random.nextDouble();
    long own = new SplittableRandom(random.nextLong() + run).nextLong();
    EegOptions eeg =
        EegOptions.DEFAULTS.withElectrodes(EegOptions.electrodes(electrodes)).withRate(rateHz);
    Simulation simulation =
        kind == Kind.IMAGERY
            ? new EegSimulation(
                eeg.withImagery(new MotorImagery(1.5, 3, 0.2 + 0.5 * drawn, 0.05)), own)
            : new EvokedSimulation(
                EvokedOptions.DEFAULTS
                    .withEeg(eeg.withName("SimEvoked"))
                    .withSnr(java.util.OptionalDouble.of(-20 + 15 * drawn)),
                own);
    return simulation.recording(seconds);
  }

  /**
   * Writes the folder: EDF+ with a table of events each.
   *
   * @param folder made where it is not there
   * @param overwrite whether recordings that are there may be replaced
   * @return how many recordings
   * @throws UsageException if it cannot be written
   */
  public int write(Path folder, boolean overwrite) {
    try {
      Files.createDirectories(folder);
      text(
          folder.resolve("dataset_description.json"),
          "{\"Name\": \"Simulated cohort, %s, seed %d\", \"BIDSVersion\": \"1.8.0\", \"DatasetType\": \"raw\", \"GeneratedBy\": [{\"Name\": \"Efferent\"}]}\n"
              .formatted(word(), seed));
      StringBuilder people = new StringBuilder("participant_id\n");
      for (int p = 1; p <= participants; p++) {
        people.append("sub-").append(participant(p)).append('\n');
      }
      text(folder.resolve("participants.tsv"), people.toString());
      for (int p = 1; p <= participants; p++) {
        for (int r = 1; r <= runs; r++) {
          run(folder, p, r, overwrite);
        }
      }
      return participants * runs;
    } catch (IOException e) {
      throw new UsageException(folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void run(Path folder, int participant, int run, boolean overwrite) throws IOException {
    String sub = "sub-" + participant(participant);
    Path eeg = Files.createDirectories(folder.resolve(sub).resolve("eeg"));
    String stem = "%s_task-%s_run-%02d".formatted(sub, word(), run);
    Recording whole = wholeSeconds(recording(participant, run));
    EdfWriter.write(
        eeg.resolve(stem + "_eeg.edf"),
        whole,
        RecordingAbout.UNKNOWN,
        overwrite ? EdfOptions.DEFAULTS.overwriting() : EdfOptions.DEFAULTS);
    StringBuilder events = new StringBuilder("onset\tduration\ttrial_type\n");
    for (Marker marker : whole.markers()) {
      events.append(String.format(Locale.ROOT, "%.6f\tn/a\t%s%n", marker.time(), marker.label()));
    }
    text(eeg.resolve(stem + "_events.tsv"), events.toString());
    text(
        eeg.resolve(stem + "_eeg.json"),
        "{\"TaskName\": \"%s\", \"SamplingFrequency\": %d, \"EEGReference\": \"n/a\", \"PowerLineFrequency\": 50, \"SoftwareFilters\": \"n/a\"}\n"
            .formatted(word(), (long) rateHz));
  }

  /** Without the part of a second at the end, which EDF would not hold, and its markers. */
  private static Recording wholeSeconds(Recording recording) {
    MemoryRecording all = recording.load();
    StreamInfo info = all.info();
    int rate = (int) info.sampleRateHz();
    int rows = all.stamps().length / rate * rate;
    List<Marker> kept =
        all.markers().stream().filter(m -> m.time() < (double) rows / rate).toList();
    return new MemoryRecording(
        info,
        java.util.Arrays.copyOf(all.stamps(), rows),
        java.util.Arrays.copyOf(all.values(), rows * all.channels()),
        kept);
  }

  private static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
