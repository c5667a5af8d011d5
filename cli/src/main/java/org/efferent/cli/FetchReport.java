package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.fetch.ByteCount;
import org.efferent.data.fetch.CardSource;
import org.efferent.data.fetch.DatasetCard;
import org.efferent.data.fetch.FetchResult;
import org.efferent.data.fetch.FetchedFile;
import org.efferent.data.fetch.FileList;
import org.efferent.data.fetch.RemoteFile;

/** What {@code fetch} says, to people and to programs. */
final class FetchReport {
  private final OutputOptions output;

  FetchReport(OutputOptions output) {
    this.output = output;
  }

  /** All cards, a line each. */
  void list(List<DatasetCard> cards) {
    output.text("%-14s %-12s %s", "DATASET", "SIZE", "TITLE");
    for (DatasetCard card : cards) {
      long bytes = card.size().bytes();
      output.text(
          "%-14s %-12s %s",
          card.id(), bytes < 0 ? "unknown" : ByteCount.shown(bytes), card.title());
      output.text("%-27s %s", "", card.licence().name());
      if (card.source() instanceof CardSource.Manual) {
        output.text("%-27s to be downloaded by hand", "");
      } else if (card.access().isPresent() && card.access().get().required()) {
        output.text("%-27s wants a token in %s", "", card.access().get().variable());
      }
    }
    output.result(Map.of("datasets", cards.stream().map(FetchReport::describe).toList()));
  }

  /** The card, licence first. */
  void card(DatasetCard card) {
    output.text("%s", card.title());
    output.text("  %s", card.description());
    output.text("");
    output.text("Licence:    %s", card.licence().name());
    output.text("            %s", card.licence().asks());
    output.text("            %s", card.licence().address());
    card.citation().forEach(work -> output.text("Cite:       %s", work));
    output.text("Publisher:  %s, %s", card.publisher(), card.page());
    output.text("Size:       %s; %s", card.size().shown(), card.size().note());
    output.text("Files:      %s", card.contents());
    output.text("Use:        %s", card.use());
    output.text("Checksums:  %s", card.checksums());
    card.access()
        .ifPresent(
            access ->
                output.text(
                    "Access:     %s%s", access.required() ? "" : "open to all; ", access.how()));
    if (!card.addressesVerified()) {
      output.text("            (The addresses were not tried when this card was written.)");
    }
    output.text("");
  }

  /** What a fetch would bring. */
  void dryRun(DatasetCard card, FileList files) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (RemoteFile file : files.selected()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", file.path());
      row.put("bytes", file.bytes() < 0 ? null : file.bytes());
      row.put("address", file.address().toString());
      file.checksum()
          .ifPresent(
              sum ->
                  row.put(
                      "checksum",
                      Map.of(
                          "algorithm", sum.algorithm().label(),
                          "hex", sum.hex(),
                          "from", file.checksumFrom())));
      rows.add(row);
      output.text(
          "%12s  %s%s",
          file.bytes() < 0 ? "?" : ByteCount.shown(file.bytes()),
          file.path(),
          file.checksum().isPresent() ? "" : "  (no checksum)");
    }
    if (card.source() instanceof CardSource.Manual manual) {
      manual.steps().forEach(step -> output.text("- %s", step));
    } else {
      output.text(
          "%d of %d files%s, %s%s; %d without a published checksum",
          files.selected().size(),
          files.all(),
          files.selected().size() < files.all() ? " chosen (--all takes the rest too)" : "",
          ByteCount.shown(files.knownBytes()),
          files.withoutSize() == 0 ? "" : " and " + files.withoutSize() + " files of unknown size",
          files.withoutChecksum());
    }
    Map<String, Object> result = describe(card);
    result.put("listed", files.all());
    result.put("bytes", files.knownBytes());
    result.put("withoutSize", files.withoutSize());
    result.put("withoutChecksum", files.withoutChecksum());
    result.put("files", rows);
    output.result(result);
  }

  /** What a fetch has brought. */
  void done(DatasetCard card, FetchResult result) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (FetchedFile file : result.files()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", file.file().path());
      row.put("bytes", file.bytes());
      row.put("sha256", file.sha256().hex());
      row.put("checkedAgainst", file.checkedAgainst());
      row.put("downloaded", file.presence() == FetchedFile.Presence.DOWNLOADED);
      row.put("unpackedFiles", file.unpacked());
      rows.add(row);
    }
    int there = result.files().size() - result.downloaded();
    output.text(
        "%d files downloaded (%s), %d were there",
        result.downloaded(), ByteCount.shown(result.downloadedBytes()), there);
    output.text(
        "%d checked against a published checksum, %d without one",
        result.files().size() - result.unchecked(), result.unchecked());
    int unpacked = result.files().stream().mapToInt(FetchedFile::unpacked).sum();
    if (unpacked > 0) {
      output.text("%d files unpacked", unpacked);
    }
    output.text(
        "%d retries, %d resumed, %d begun anew",
        result.counters().retries(), result.counters().resumed(), result.counters().restarted());
    output.text("%s notes licence, citation and hashes", result.provenance());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", card.id());
    json.put("folder", result.folder().toString());
    json.put("licence", licence(card));
    json.put("citation", card.citation());
    json.put("downloaded", result.downloaded());
    json.put("there", there);
    json.put("bytes", result.downloadedBytes());
    json.put("unchecked", result.unchecked());
    json.put("retries", result.counters().retries());
    json.put("resumed", result.counters().resumed());
    json.put("restarted", result.counters().restarted());
    json.put("provenance", result.provenance().toString());
    json.put("files", rows);
    output.result(json);
  }

  private static Map<String, Object> licence(DatasetCard card) {
    Map<String, Object> licence = new LinkedHashMap<>();
    licence.put("name", card.licence().name());
    licence.put("address", card.licence().address().toString());
    licence.put("asks", card.licence().asks());
    return licence;
  }

  private static Map<String, Object> describe(DatasetCard card) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("dataset", card.id());
    map.put("title", card.title());
    map.put("description", card.description());
    map.put("publisher", card.publisher());
    map.put("version", card.version());
    map.put("page", card.page().toString());
    map.put("licence", licence(card));
    map.put("citation", card.citation());
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("bytes", card.size().bytes() < 0 ? null : card.size().bytes());
    size.put("verified", card.size().verified());
    size.put("note", card.size().note());
    map.put("size", size);
    map.put("contents", card.contents());
    map.put("use", card.use());
    map.put("checksums", card.checksums());
    map.put("addressesVerified", card.addressesVerified());
    card.access()
        .ifPresent(
            access ->
                map.put(
                    "access",
                    Map.of(
                        "variable", access.variable(),
                        "required", access.required(),
                        "how", access.how())));
    if (card.source() instanceof CardSource.Manual manual) {
      map.put("steps", manual.steps());
    }
    return map;
  }
}
