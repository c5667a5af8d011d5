package org.efferent.data.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A sound recording: one file, or several that belong together.
 *
 * @param opened the path that the reader is given, relative to the folder of the case
 * @param members its files
 */
public record FuzzSeed(String opened, List<Member> members) {
  /** Copies the list. */
  public FuzzSeed {
    members = List.copyOf(members);
  }

  /**
   * A file.
   *
   * @param name path relative to the folder of the case
   * @param payload what is damaged
   * @param packing what wraps it
   * @param structure where parts of the payload begin
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Member(String name, byte[] payload, Packing packing, Structure structure) {
    byte[] file() {
      return packing.pack(payload);
    }
  }

  /** One file of bytes. */
  public static FuzzSeed of(String name, byte[] bytes, Structure structure) {
    return packed(name, bytes, Packing.NONE, structure);
  }

  /** One file of UTF-8. */
  public static FuzzSeed text(String name, String text) {
    return of(name, text.getBytes(StandardCharsets.UTF_8), Structure.TEXT);
  }

  /** One file whose payload is wrapped. */
  public static FuzzSeed packed(String name, byte[] payload, Packing packing, Structure structure) {
    return new FuzzSeed(name, List.of(new Member(name, payload, packing, structure)));
  }

  /** Several files, of which the reader is given another path. */
  public static FuzzSeed folder(String opened) {
    return new FuzzSeed(opened, List.of());
  }

  /** With one more file. */
  public FuzzSeed and(String name, byte[] bytes, Structure structure) {
    List<Member> more = new ArrayList<>(members);
    more.add(new Member(name, bytes, Packing.NONE, structure));
    return new FuzzSeed(opened, more);
  }

  /** With one more file of UTF-8. */
  public FuzzSeed and(String name, String text) {
    return and(name, text.getBytes(StandardCharsets.UTF_8), Structure.TEXT);
  }
}
