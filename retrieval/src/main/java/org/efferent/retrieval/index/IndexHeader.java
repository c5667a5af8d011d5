package org.efferent.retrieval.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * The beginning of an index's file, little-endian:
 *
 * <table>
 *   <caption>Format, version 1</caption>
 *   <tr><th>bytes</th><th>what</th></tr>
 *   <tr><td>8</td><td>{@code EFFINDEX}</td></tr>
 *   <tr><td>4, 4</td><td>version; bytes of the header</td></tr>
 *   <tr><td>…</td><td>the header, JSON: kind, metric, width, count, byte order, columns, sections
 *       (places from the first one on, bytes)</td></tr>
 *   <tr><td>…</td><td>from the next multiple of 4,096 on: the sections, each at a multiple of 64:
 *       {@code vectors} {@code [count × width]} float32; {@code norm}, the largest, float64; {@code
 *       ids}; {@code column…} a column of metadata each: float64, or int32 codes (-1: missing) with
 *       {@code column….texts}; {@code graph} of approximate indexes. Texts are their ends (int64
 *       each) and their UTF-8.</td></tr>
 *   <tr><td>32</td><td>SHA-256 of all before</td></tr>
 * </table>
 */
final class IndexHeader {
  static final int VERSION = 1;
  static final int HASH_BYTES = 32;
  private static final byte[] MAGIC = "EFFINDEX".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED = 16;
  private static final int PAGE = 4096;
  private static final int MOST_BYTES = 1 << 24;

  private final Kind kind;
  private final Metric metric;
  private final int width;
  private final int count;
  private final Map<String, Boolean> columns = new LinkedHashMap<>();
  private final Map<String, Section> sections = new LinkedHashMap<>();
  private long dataStart;
  private long dataBytes;

  /** What a file can do. */
  enum Kind {
    EXACT,
    HNSW
  }

  /** A part of the file: place behind the header, bytes. */
  record Section(long at, long bytes) {}

  IndexHeader(Kind kind, Metric metric, int width, int count) {
    this.kind = kind;
    this.metric = metric;
    this.width = width;
    this.count = count;
  }

  Kind kind() {
    return kind;
  }

  Metric metric() {
    return metric;
  }

  int width() {
    return width;
  }

  int count() {
    return count;
  }

  /** Names of columns, and whether they hold numbers. */
  Map<String, Boolean> columns() {
    return columns;
  }

  void addColumn(Metadata.Column column) {
    columns.put(column.name(), column instanceof Metadata.Numbers);
  }

  /** Makes room for a section behind those that are there. */
  void addSection(String name, long bytes) {
    dataBytes = (dataBytes + 63) / 64 * 64;
    sections.put(name, new Section(dataBytes, bytes));
    dataBytes += bytes;
  }

  Section section(String name) {
    return sections.get(name);
  }

  List<String> sections() {
    return List.copyOf(sections.keySet());
  }

  /** Where in the file the first section begins; known once read or written. */
  long dataStart() {
    return dataStart;
  }

  /** Bytes of the whole file. */
  long fileBytes() {
    return dataStart + dataBytes + HASH_BYTES;
  }

  /** What stands before the first section. */
  byte[] bytes() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("format", "efferent index").put("version", VERSION);
    root.put("kind", kind == Kind.EXACT ? "exact" : "hnsw").put("metric", metric.word());
    root.put("width", width).put("count", count);
    root.put("numbers", "float32").put("byteOrder", "little");
    ArrayNode list = root.putArray("columns");
    columns.forEach(
        (name, numbers) ->
            list.addObject().put("name", name).put("type", numbers ? "number" : "text"));
    ObjectNode places = root.putObject("sections");
    sections.forEach((name, s) -> places.putObject(name).put("at", s.at()).put("bytes", s.bytes()));
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    dataStart = start(json.length);
    return ByteBuffer.allocate(Math.toIntExact(dataStart))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(VERSION)
        .putInt(json.length)
        .put(json)
        .array();
  }

  private static long start(int jsonBytes) {
    return (FIXED + jsonBytes + PAGE - 1L) / PAGE * PAGE;
  }

  /**
   * Reads it.
   *
   * @param file an index's file
   * @return the header; the file is as long as it says
   * @throws InputException if it is no index or not whole
   * @throws UnsupportedInputException if it is of another version
   */
  static IndexHeader read(FileBytes file) {
    if (file.size() < FIXED) {
      throw notAnIndex(file);
    }
    ByteBuffer begin = file.read(0, FIXED, "the beginning", ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    begin.get(magic);
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw notAnIndex(file);
    }
    int version = begin.getInt();
    if (version != VERSION) {
      throw new UnsupportedInputException(
          "%s: is an index of version %d, this program reads version %d; make the index anew with efferent retrieve index"
              .formatted(file.name(), version, VERSION));
    }
    int length = begin.getInt();
    if (length < 2 || length > MOST_BYTES) {
      throw damaged(file, "a header of " + length + " bytes", null);
    }
    IndexHeader header;
    try {
      byte[] json = new byte[length];
      file.read(FIXED, length, "the header", ByteOrder.LITTLE_ENDIAN).get(json);
      header = of(file, new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is not JSON", e);
    } catch (java.io.IOException e) {
      throw damaged(file, "its header cannot be read", e);
    }
    header.dataStart = start(length);
    if (header.fileBytes() != file.size()) {
      throw new InputException(
          "%s: an index must be whole; bytes=%d, its header says %d; copy or make it anew"
              .formatted(file.name(), file.size(), header.fileBytes()));
    }
    return header;
  }

  private static IndexHeader of(FileBytes file, JsonNode root) {
    String kind = root.path("kind").asText();
    if (!kind.equals("exact") && !kind.equals("hnsw")) {
      throw damaged(file, "its kind is '" + kind + "'", null);
    }
    IndexHeader header =
        new IndexHeader(
            kind.equals("exact") ? Kind.EXACT : Kind.HNSW,
            Metric.of(root.path("metric").asText(), file.name()),
            root.path("width").asInt(),
            root.path("count").asInt());
    if (header.width < 1 || header.count < 1 || !root.path("byteOrder").asText().equals("little")) {
      throw damaged(file, "its header has no sizes", null);
    }
    for (JsonNode column : root.path("columns")) {
      header.columns.put(
          column.path("name").asText(), column.path("type").asText().equals("number"));
    }
    root.path("sections")
        .properties()
        .forEach(
            e -> {
              Section s =
                  new Section(
                      e.getValue().path("at").asLong(-1), e.getValue().path("bytes").asLong(-1));
              if (s.at() < 0 || s.bytes() < 0 || s.at() > file.size() || s.bytes() > file.size()) {
                throw damaged(file, "section " + e.getKey() + " lies beyond it", null);
              }
              header.sections.put(e.getKey(), s);
              header.dataBytes = Math.max(header.dataBytes, s.at() + s.bytes());
            });
    header.check(file);
    return header;
  }

  /** Every section that there must be is there and as long as the sizes say. */
  private void check(FileBytes file) {
    List<String> needed = new ArrayList<>(List.of("vectors", "norm", "ids"));
    for (int i = 0; i < columns.size(); i++) {
      needed.add("column" + i);
    }
    if (kind == Kind.HNSW) {
      needed.add("graph");
    }
    for (String name : needed) {
      if (!sections.containsKey(name)) {
        throw damaged(file, "section " + name + " is missing", null);
      }
    }
    if (sections.get("vectors").bytes() != 4L * width * count
        || sections.get("norm").bytes() != 8) {
      throw damaged(file, "its vectors do not fit its sizes", null);
    }
    int i = 0;
    for (boolean numbers : columns.values()) {
      Section column = sections.get("column" + i);
      boolean texts = numbers || sections.containsKey("column" + i + ".texts");
      if (column.bytes() != (numbers ? 8L : 4L) * count || !texts) {
        throw damaged(file, "column " + i + " does not fit its sizes", null);
      }
      i++;
    }
  }

  private static InputException notAnIndex(FileBytes file) {
    return new InputException(
        file.name() + ": is not an index; make one with efferent retrieve index");
  }

  static InputException damaged(FileBytes file, String what, Throwable cause) {
    return new InputException(
        file.name() + ": is damaged: " + what + "; make the index anew", cause);
  }
}
