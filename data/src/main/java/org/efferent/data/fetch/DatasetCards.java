package org.efferent.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/** The cards that come with Efferent, and those of users. */
public final class DatasetCards {
  /** The cards that come with Efferent; each lies beside this class as {@code cards/ID.json}. */
  public static final List<String> IDS =
      List.of(
          "eegmmidb",
          "flint-run1",
          "things-eeg2",
          "things-meg",
          "meg-masc",
          "broderick",
          "brennan",
          "libribrain",
          "clip-vit-l14",
          "dinov2-base",
          "wav2vec2-base",
          "wav2vec2-xlsr",
          "whisper-base");

  private static final long MOST_BYTES = 32L << 20;

  private DatasetCards() {}

  /** All cards that come with Efferent, in the order of {@link #IDS}. */
  public static List<DatasetCard> builtIn() {
    return IDS.stream().map(DatasetCards::load).toList();
  }

  /**
   * A card that comes with Efferent.
   *
   * @param id one of {@link #IDS}
   * @return the card
   * @throws UsageException if there is none of this name
   */
  public static DatasetCard named(String id) {
    if (!IDS.contains(id)) {
      throw new UsageException(
          "there is no data set or model \"%s\"; there are %s; a card of your own is named by --card FILE"
              .formatted(Shown.of(id), String.join(", ", IDS)));
    }
    return load(id);
  }

  private static DatasetCard load(String id) {
    String name = id + ".json";
    try (InputStream in = DatasetCards.class.getResourceAsStream("cards/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + DatasetCards.class);
      }
      return CardReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read from the program's own files", e);
    }
  }

  /**
   * A card of a user.
   *
   * @param file the card
   * @return the card
   * @throws InputException if the file is missing, too large or not a card
   */
  public static DatasetCard read(Path file) {
    long bytes = InputFiles.check(file);
    String name = InputFiles.name(file);
    if (bytes > MOST_BYTES) {
      throw new InputException(
          "%s: a card has at most %d bytes; bytes=%d".formatted(name, MOST_BYTES, bytes));
    }
    try {
      return CardReader.read(Files.readString(file), name);
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
  }
}
