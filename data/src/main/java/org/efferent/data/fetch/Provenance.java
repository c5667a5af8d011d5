package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.AtomicFile;
import org.efferent.data.InputFiles;

/**
 * {@code dataset.json} in the folder of a data set: the card, the licence and when it was accepted,
 * what to cite, and every file with its hash, where it came from and what it was checked against.
 * What an earlier fetch noted stays.
 */
final class Provenance {
  private static final String FORMAT = "efferent-dataset/1";
  private static final long MOST_BYTES = 1L << 30;

  private final Path file;
  private final DatasetCard card;
  private final Map<String, JsonNode> files = new TreeMap<>();

  private Provenance(Path file, DatasetCard card) {
    this.file = file;
    this.card = card;
  }

  /**
   * The provenance of a folder; empty if there is none yet.
   *
   * @throws UsageException if the folder holds another data set
   * @throws InputException if the file is damaged
   */
  static Provenance in(Path folder, DatasetCard card) {
    Provenance provenance = new Provenance(folder.resolve(RemotePath.PROVENANCE), card);
    if (Files.exists(provenance.file)) {
      provenance.read();
    }
    return provenance;
  }

  private void read() {
    long bytes = InputFiles.check(file);
    if (bytes > MOST_BYTES) {
      throw new InputException(file + ": is too large to be a note of a data set; move it away");
    }
    JsonNode root;
    try {
      root = Json.parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw InputFiles.failed(file, e);
    }
    if (!root.path("format").asText().equals(FORMAT)) {
      throw new InputException(
          "%s: is not written by this program (format must be %s); move it away"
              .formatted(file, FORMAT));
    }
    String id = root.path("card").path("id").asText();
    if (!id.equals(card.id())) {
      throw new UsageException(
          "%s: the folder holds the data set %s, not %s; choose another with --out"
              .formatted(file.getParent(), Shown.of(id), card.id()));
    }
    for (JsonNode entry : root.path("files")) {
      files.put(entry.path("path").asText(), entry);
    }
  }

  Path file() {
    return file;
  }

  /** The SHA-256 that a file had when it was fetched from the same address. */
  Optional<Checksum> sha256(RemoteFile wanted) {
    JsonNode entry = files.get(wanted.path());
    if (entry == null || !entry.path("address").asText().equals(wanted.address().toString())) {
      return Optional.empty();
    }
    return Optional.of(new Checksum(Checksum.Algorithm.SHA256, entry.path("sha256").asText()));
  }

  /** Writes it, with what was fetched now. */
  void write(LicenceAcceptance acceptance, List<FetchedFile> fetched, Instant now) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String date = now.truncatedTo(ChronoUnit.SECONDS).toString();
    for (FetchedFile one : fetched) {
      JsonNode before = files.get(one.file().path());
      ObjectNode entry = json.objectNode();
      entry.put("path", one.file().path());
      entry.put("bytes", one.bytes());
      entry.put("sha256", one.sha256().hex());
      entry.put("address", one.file().address().toString());
      entry.put("checkedAgainst", one.checkedAgainst());
      boolean there = one.presence() == FetchedFile.Presence.THERE;
      entry.put("fetched", there && before != null ? before.path("fetched").asText() : date);
      if (one.unpacked() > 0) {
        entry.put("unpackedFiles", one.unpacked());
      } else if (before != null && before.has("unpackedFiles")) {
        entry.set("unpackedFiles", before.get("unpackedFiles"));
      }
      files.put(one.file().path(), entry);
    }
    ObjectNode root = json.objectNode();
    root.put("format", FORMAT);
    root.put("title", card.title());
    ObjectNode licence = root.putObject("licence");
    licence.put("name", card.licence().name());
    licence.put("address", card.licence().address().toString());
    licence.put("asks", card.licence().asks());
    licence.put("accepted", acceptance.when().truncatedTo(ChronoUnit.SECONDS).toString());
    ArrayNode citation = root.putArray("citation");
    card.citation().forEach(citation::add);
    root.put("date", date);
    root.set("card", Json.parse(card.text(), card.id()));
    root.putArray("files").addAll(files.values());
    AtomicFile.write(
        file, true, out -> out.write(Json.text(root).getBytes(StandardCharsets.UTF_8)));
  }
}
