package org.efferent.decoders.simulated;

import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.OptionReader;

/**
 * Simulated data as a configuration describes them.
 *
 * <table>
 *   <caption>Its entries</caption>
 *   <tr><th>entry</th><th>content</th></tr>
 *   <tr><td>{@code kind}</td><td>images or speech</td></tr>
 *   <tr><td>{@code preset}</td><td>linear (one subject) or several-subjects; linear</td></tr>
 *   <tr><td>{@code permuted}</td><td>whether labels mean nothing; false</td></tr>
 *   <tr><td>{@code seed}</td><td>another than the preset's</td></tr>
 *   <tr><td>{@code snrDb}</td><td>another than the preset's, in dB</td></tr>
 *   <tr><td>{@code channels}</td><td>another number than the preset's</td></tr>
 *   <tr><td>{@code train}, {@code validation}, {@code test}</td><td>other numbers of concepts or sentences</td></tr>
 *   <tr><td>{@code targets}</td><td>images: {@code .npy} whose rows are their embeddings, relative to the configuration</td></tr>
 * </table>
 */
public final class SimulatedData {
  private final SimulatedImagesOptions images;
  private final SimulatedSpeechOptions speech;

  private SimulatedData(SimulatedImagesOptions images, SimulatedSpeechOptions speech) {
    this.images = images;
    this.speech = speech;
  }

  /**
   * Reads a description.
   *
   * @param in its entries, all of which are read
   * @param folder to which files are relative
   * @return the data, not drawn yet
   * @throws InputException if an entry is missing, unknown or impossible
   */
  public static SimulatedData of(OptionReader in, Path folder) {
    String kind = in.word("kind");
    String preset = in.word("preset", "linear");
    if (!preset.equals("linear") && !preset.equals("several-subjects")) {
      throw in.wrong("preset", "linear or several-subjects");
    }
    boolean several = preset.equals("several-subjects");
    SimulatedData made =
        switch (kind) {
          case "images" ->
              new SimulatedData(
                  images(
                      several
                          ? SimulatedImagesOptions.severalSubjects()
                          : SimulatedImagesOptions.linear(),
                      in,
                      folder),
                  null);
          case "speech" ->
              new SimulatedData(
                  null,
                  speech(
                      several
                          ? SimulatedSpeechOptions.severalSubjects()
                          : SimulatedSpeechOptions.linear(),
                      in));
          default -> throw in.wrong("kind", "images or speech");
        };
    in.end();
    return made;
  }

  private static SimulatedImagesOptions images(
      SimulatedImagesOptions preset, OptionReader in, Path folder) {
    SimulatedImagesOptions made =
        preset
            .withSeed(in.whole("seed", Math.toIntExact(preset.seed())))
            .withSnrDb(in.number("snrDb", preset.snrDb()))
            .withChannels(in.whole("channels", preset.sensors().channels()))
            .withConcepts(
                in.whole("train", preset.stimuli().trainConcepts()),
                in.whole("validation", preset.stimuli().validationConcepts()),
                in.whole("test", preset.stimuli().testConcepts()));
    if (in.has("targets")) {
      made = made.withLatents(folder.resolve(in.word("targets")).normalize());
    }
    return in.yes("permuted", false) ? SimulatedImagesOptions.permuted(made) : made;
  }

  private static SimulatedSpeechOptions speech(SimulatedSpeechOptions preset, OptionReader in) {
    if (in.has("targets")) {
      throw in.wrong("targets", "left out: only images take their targets from a file");
    }
    SimulatedSpeechOptions made =
        preset
            .withSeed(in.whole("seed", Math.toIntExact(preset.seed())))
            .withSnrDb(in.number("snrDb", preset.snrDb()))
            .withChannels(in.whole("channels", preset.sensors().channels()))
            .withSentences(
                in.whole("train", preset.sentences().train()),
                in.whole("validation", preset.sentences().validation()),
                in.whole("test", preset.sentences().test()));
    return in.yes("permuted", false) ? SimulatedSpeechOptions.permuted(made) : made;
  }

  /** The seed of what is drawn. */
  public long seed() {
    return images == null ? speech.seed() : images.seed();
  }

  /**
   * Whether a stimulus is a piece of a sentence, {@code s0001-w02}, whose windows overlap those of
   * its neighbours.
   */
  public boolean sentences() {
    return speech != null;
  }

  /** All options in words, as {@code dataset.json} keeps them under {@code about}. */
  public String options() {
    return images == null ? speech.toString() : images.toString();
  }

  /**
   * Checks that a data set was made by these options.
   *
   * @param data of {@link #write}
   * @throws UsageException if it was not
   */
  public void check(WindowDataset data) {
    if (!options().equals(data.about().get("options"))) {
      throw new UsageException(
          data.folder()
              + ": was not simulated by this configuration; choose another --out, or remove it");
    }
  }

  /**
   * Draws and writes the data.
   *
   * @param folder where they go: not there yet, or empty
   */
  public void write(Path folder) {
    if (images != null) {
      new SimulatedImages(images).write(folder);
    } else {
      new SimulatedSpeech(speech).write(folder);
    }
  }

  /** An ideal observer of what {@link #write} writes. */
  public Oracle oracle() {
    return images != null
        ? new SimulatedImages(images).oracle()
        : new SimulatedSpeech(speech).oracle();
  }
}
