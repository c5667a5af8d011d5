package org.efferent.data.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.efferent.core.InputException;

/** Reads cards; says of whatever is wrong in one where it stands and what would be right. */
final class CardReader {
  /** What {@code format} says in a card that this version reads. */
  static final String FORMAT = "efferent-dataset-card/1";

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern VARIABLE =
      Pattern.compile(FetchEnvironment.TOKEN + "[A-Z0-9_]{1,64}");
  private static final int MOST_FILES = 100_000;

  private final String name;

  private CardReader(String name) {
    this.name = name;
  }

  /**
   * Reads a card.
   *
   * @param text JSON
   * @param name what errors begin with
   * @return the card
   * @throws InputException if it is not a card
   */
  static DatasetCard read(String text, String name) {
    CardReader reader = new CardReader(name);
    return reader.card(new CardNode(name, "", Json.parse(text, name)), text);
  }

  private DatasetCard card(CardNode root, String text) {
    root.only(
        "format",
        "id",
        "title",
        "description",
        "publisher",
        "version",
        "page",
        "licence",
        "citation",
        "size",
        "contents",
        "use",
        "checksums",
        "addressesVerified",
        "access",
        "source",
        "files",
        "select");
    String format = root.text("format");
    if (!format.equals(FORMAT)) {
      throw root.wrong("format", "\"" + FORMAT + "\"", format);
    }
    String id = root.text("id");
    if (!ID.matcher(id).matches()) {
      throw root.wrong("id", "a word of a to z, 0 to 9 and -", id);
    }
    CardSource source = source(root.object("source"));
    List<DatasetCard.CardFile> files = files(root, source);
    List<String> citation = root.texts("citation");
    if (citation.isEmpty()) {
      throw root.wrong("citation", "a list of at least one work", "[]");
    }
    return new DatasetCard(
        id,
        root.text("title"),
        root.text("description"),
        root.text("publisher"),
        root.optionalText("version"),
        root.address("page"),
        licence(root.object("licence")),
        citation,
        size(root.object("size")),
        root.text("contents"),
        root.text("use"),
        root.text("checksums"),
        root.bool("addressesVerified"),
        root.has("access") ? Optional.of(access(root.object("access"))) : Optional.empty(),
        source,
        files,
        root.has("select") ? root.texts("select") : List.of(),
        text);
  }

  private static DatasetCard.Licence licence(CardNode node) {
    node.only("name", "address", "asks");
    return new DatasetCard.Licence(node.text("name"), node.address("address"), node.text("asks"));
  }

  private static DatasetCard.Size size(CardNode node) {
    node.only("bytes", "verified", "note");
    return new DatasetCard.Size(node.bytes("bytes"), node.bool("verified"), node.text("note"));
  }

  private static DatasetCard.Access access(CardNode node) {
    node.only("variable", "required", "how");
    String variable = node.text("variable");
    if (!VARIABLE.matcher(variable).matches()) {
      throw node.wrong("variable", "a name that begins with EFFERENT_TOKEN_", variable);
    }
    return new DatasetCard.Access(variable, node.bool("required"), node.text("how"));
  }

  private static CardSource source(CardNode node) {
    String kind = node.text("kind");
    switch (kind) {
      case "files" -> {
        node.only("kind");
        return new CardSource.Files();
      }
      case "sha256sums" -> {
        node.only("kind", "base", "list");
        URI base = node.address("base");
        if (!base.getRawPath().endsWith("/")) {
          throw node.wrong("base", "the address of a folder, with a slash at its end", base + "");
        }
        return new CardSource.Sums(base, node.text("list"));
      }
      case "osf" -> {
        node.only("kind", "api", "nodes");
        return new CardSource.Osf(node.address("api"), node.texts("nodes"));
      }
      case "s3" -> {
        node.only("kind", "bucket", "prefix");
        return new CardSource.S3(node.address("bucket"), node.text("prefix"));
      }
      case "dryad" -> {
        node.only("kind", "api", "doi");
        return new CardSource.Dryad(node.address("api"), node.text("doi"));
      }
      case "huggingface" -> {
        node.only("kind", "hub", "type", "repository", "revision");
        return new CardSource.HuggingFace(
            node.address("hub"), node.text("repository"), node.text("revision"), hubType(node));
      }
      case "manual" -> {
        node.only("kind", "steps");
        return new CardSource.Manual(node.texts("steps"));
      }
      default ->
          throw node.wrong(
              "kind", "files, sha256sums, osf, s3, dryad, huggingface or manual", kind);
    }
  }

  private static CardSource.HubType hubType(CardNode node) {
    String type = node.has("type") ? node.text("type") : "dataset";
    return switch (type) {
      case "dataset" -> CardSource.HubType.DATASET;
      case "model" -> CardSource.HubType.MODEL;
      default -> throw node.wrong("type", "dataset or model", type);
    };
  }

  private List<DatasetCard.CardFile> files(CardNode root, CardSource source) {
    List<DatasetCard.CardFile> files = new ArrayList<>();
    for (CardNode node : root.has("files") ? root.objects("files") : List.<CardNode>of()) {
      files.add(file(node, source instanceof CardSource.Files));
    }
    if (files.size() > MOST_FILES) {
      throw root.wrong("files", "at most " + MOST_FILES + " files", files.size() + " files");
    }
    if (files.isEmpty() && source instanceof CardSource.Files) {
      throw root.wrong("files", "a list of at least one file, since source.kind is files", "[]");
    }
    return files;
  }

  private DatasetCard.CardFile file(CardNode node, boolean addressed) {
    node.only("path", "address", "bytes", "sha256", "md5", "verified");
    Optional<URI> address =
        addressed || node.has("address") ? Optional.of(node.address("address")) : Optional.empty();
    Optional<Checksum> checksum = Optional.empty();
    for (Checksum.Algorithm algorithm :
        List.of(Checksum.Algorithm.MD5, Checksum.Algorithm.SHA256)) {
      String key = algorithm == Checksum.Algorithm.MD5 ? "md5" : "sha256";
      if (node.has(key)) {
        checksum = Optional.of(checksum(node, key, algorithm));
      }
    }
    return new DatasetCard.CardFile(
        RemotePath.check(node.text("path"), name),
        address,
        node.has("bytes") ? node.bytes("bytes") : RemoteFile.UNKNOWN,
        checksum,
        node.bool("verified"));
  }

  private static Checksum checksum(CardNode node, String key, Checksum.Algorithm algorithm) {
    try {
      return new Checksum(algorithm, node.text(key));
    } catch (InputException e) {
      throw node.wrong(key, algorithm.digits() + " hexadecimal digits", node.text(key));
    }
  }
}
