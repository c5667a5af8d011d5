package org.efferent.data.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What there is to know of a public data set before it is downloaded. {@code docs/DATASETS.md}
 * describes the file that a card is written in.
 *
 * @param id the word by which the command names it
 * @param title its name
 * @param description what was recorded, in a sentence or two
 * @param publisher who publishes it
 * @param version the publisher's version; empty if there is none
 * @param page the publisher's page about it
 * @param licence what may be done with it
 * @param citation what to cite, one work each
 * @param size how large it is
 * @param contents which files it has
 * @param use what Efferent can do with it
 * @param checksums where checksums come from, in a sentence
 * @param addressesVerified whether the addresses were asked when the card was written
 * @param access what the publisher wants of whoever downloads
 * @param source where the list of files comes from
 * @param files files that the card itself knows: all of them for {@link CardSource.Files}, else
 *     those whose checksums it vouches for
 * @param select which files are meant when the user does not say: globs; empty means all
 * @param text the card as it was written, for the provenance
 */
public record DatasetCard(
    String id,
    String title,
    String description,
    String publisher,
    String version,
    URI page,
    Licence licence,
    List<String> citation,
    Size size,
    String contents,
    String use,
    String checksums,
    boolean addressesVerified,
    Optional<Access> access,
    CardSource source,
    List<CardFile> files,
    List<String> select,
    String text) {

  /** Copies the lists. */
  public DatasetCard {
    citation = List.copyOf(citation);
    files = List.copyOf(files);
    select = List.copyOf(select);
  }

  /**
   * A licence.
   *
   * @param name its name
   * @param address where it can be read
   * @param asks what it asks, in a sentence
   */
  public record Licence(String name, URI address, String asks) {}

  /**
   * The size of a whole data set.
   *
   * @param bytes bytes; {@link RemoteFile#UNKNOWN} if nobody says
   * @param verified whether it was measured when the card was written
   * @param note where the number comes from, or why there is none
   */
  public record Size(long bytes, boolean verified, String note) {
    /** For people: {@code 3.40 GB (as its page says; not measured)}, {@code unknown}. */
    public String shown() {
      if (bytes < 0) {
        return "unknown";
      }
      return ByteCount.shown(bytes)
          + (verified ? "" : " (as the publisher says; not measured here)");
    }
  }

  /**
   * What a publisher wants of whoever downloads.
   *
   * @param variable the environment variable that holds a bearer token; begins with {@code
   *     EFFERENT_TOKEN_}, so that a card cannot ask for anything else that lies in the environment
   * @param required whether nothing can be downloaded without it
   * @param how how to get one, in a sentence
   */
  public record Access(String variable, boolean required, String how) {}

  /**
   * A file that a card knows.
   *
   * @param path its name in the folder of the data set
   * @param address where it lies; empty if the source says so
   * @param bytes its size; {@link RemoteFile#UNKNOWN} if unknown
   * @param checksum what its content adds up to; empty if unknown
   * @param verified whether size and checksum were computed from a copy when the card was written
   */
  public record CardFile(
      String path,
      Optional<URI> address,
      long bytes,
      Optional<Checksum> checksum,
      boolean verified) {}
}
