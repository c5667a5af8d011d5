package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.w3c.dom.Element;

/**
 * Walks over the chunks of a recording: {@code [NumLengthBytes 1, 4 or 8][Length][Tag u16][StreamId
 * u32, tags 2, 3, 4, 6][content]}. Damage ends a stretch; reading resumes after the next boundary.
 * Chunks are counted from 0. Used once. Longer than 300 lines because all that can be wrong with a
 * chunk is handled in one place.
 */
final class XdfScanner {
  private static final int FILE_HEADER = 1;
  private static final int STREAM_HEADER = 2;
  private static final int SAMPLES = 3;
  private static final int CLOCK_OFFSET = 4;
  private static final int BOUNDARY = 5;
  private static final int STREAM_FOOTER = 6;
  private static final String[] TAG_NAMES = {
    "", "FileHeader", "StreamHeader", "Samples", "ClockOffset", "Boundary", "StreamFooter"
  };

  /** Bytes of XML; what is parsed takes many times as many. */
  private static final int MOST_TEXT = 16 << 20;

  private final String name;
  private final XdfBytes bytes;
  private final Warnings warnings;
  private final HeaderXml xml;
  private final Map<Long, StreamAssembly> streams = new LinkedHashMap<>();
  private final Map<Long, Long> orphans = new TreeMap<>();
  private long chunk;
  private long position = 4;
  private boolean sound;
  private boolean fileHeader;
  private boolean truncated;
  private String problem;
  private final boolean indexed;
  private String startedAt = "";

  /** A channel takes a byte a sample at the least, so all streams have no more than these. */
  private long channelsLeft;

  /**
   * A scan.
   *
   * @param name how errors begin
   * @param bytes the recording
   * @param warnings hears what is odd
   * @param indexed whether numbers are left in the file and only their places kept
   */
  XdfScanner(String name, XdfBytes bytes, Warnings warnings, boolean indexed) {
    this.indexed = indexed;
    this.name = name;
    this.bytes = bytes;
    this.warnings = warnings;
    this.xml = new HeaderXml(warnings);
    this.channelsLeft = bytes.size() + 1024;
  }

  /** Reads to the end and answers the streams in the order of their headers. */
  Map<Long, StreamAssembly> scan() throws IOException {
    magic();
    while (position < bytes.size() && !truncated) {
      long start = position;
      try {
        next(start);
      } catch (Corrupt e) {
        resume(start, e.getMessage());
      }
      chunk++;
    }
    if (!truncated && bytes.cut()) {
      truncated(position, "the compressed data ends too early");
    }
    if (streams.isEmpty()) {
      throw nothing();
    }
    if (!fileHeader) {
      warnings.add("the file has no FileHeader chunk");
    }
    orphans.forEach(
        (id, count) ->
            warnings.add(
                "stream " + id + ": " + count + " chunks were skipped, it has no usable header"));
    return streams;
  }

  /** When the recorder says that it began; empty if it does not say. */
  String startedAt() {
    return startedAt;
  }

  private InputException nothing() {
    if (problem != null) {
      return new InputException(name + ": " + problem);
    }
    return new InputException(
        name
            + (truncated ? ": is truncated: ends at byte " : ": ends at byte ")
            + bytes.size()
            + " without a complete stream header; nothing can be read");
  }

  private void magic() throws IOException {
    int length = (int) Math.min(4, bytes.size());
    ByteBuffer head = bytes.view(0, length);
    StringBuilder found = new StringBuilder();
    boolean good = length == 4;
    for (int i = 0; i < length; i++) {
      good &= head.get(i) == "XDF:".charAt(i);
      found.append(String.format(i == 0 ? "%02x" : " %02x", head.get(i) & 0xFF));
    }
    if (!good) {
      throw new InputException(
          name
              + ": byte 0: an XDF recording begins with 'XDF:' (58 44 46 3a); found "
              + (length == 0 ? "an empty file" : found));
    }
  }

  private void next(long start) throws Corrupt, IOException {
    int width = bytes.view(start, 1).get(0);
    if (width != 1 && width != 4 && width != 8) {
      throw new Corrupt("the length of a chunk takes 1, 4 or 8 bytes; bytes=" + (width & 0xFF));
    }
    long body = start + 1 + width;
    if (body > bytes.size()) {
      truncated(start, "the file ends inside it");
      return;
    }
    ByteBuffer field = bytes.view(start + 1, width);
    long length =
        width == 1
            ? field.get() & 0xFF
            : width == 4 ? field.getInt() & 0xFFFFFFFFL : field.getLong();
    if (length < 0 || length > bytes.size() - body) {
      if (bytes.afterNextBoundary(body) >= 0) {
        throw new Corrupt("it reaches beyond the end of the file; length=" + show(length));
      }
      partial(start, body);
      return;
    }
    int tag = length < 2 ? -1 : bytes.view(body, 2).getShort() & 0xFFFF;
    boolean ofStream = isOfStream(tag);
    if (length < (ofStream ? 6 : 2)) {
      throw new Corrupt(
          (ofStream
                  ? "a " + TAG_NAMES[tag] + " chunk holds at least tag and stream id, 6 bytes"
                  : "a chunk holds at least its tag, 2 bytes")
              + "; length="
              + length);
    }
    position = body + length;
    content(start, tag, body, length);
  }

  private static boolean isOfStream(int tag) {
    return tag == STREAM_HEADER || tag == SAMPLES || tag == CLOCK_OFFSET || tag == STREAM_FOOTER;
  }

  private void content(long start, int tag, long body, long length) throws Corrupt, IOException {
    if (!isOfStream(tag)) {
      switch (tag) {
        case FILE_HEADER -> {
          if (fileHeader) {
            warnings.add(at(start) + ": a second FileHeader was ignored");
          } else {
            fileHeader(text(body + 2, length - 2));
          }
        }
        case BOUNDARY -> boundary(body + 2, length - 2);
        default -> warnings.add(at(start) + ": unknown tag " + tag + "; skipped by its length");
      }
      return;
    }
    long id = bytes.view(body + 2, 4).getInt() & 0xFFFFFFFFL;
    long from = body + 6;
    if (tag == STREAM_HEADER) {
      streamHeader(start, id, from, length - 6);
      return;
    }
    StreamAssembly stream = streams.get(id);
    if (stream == null) {
      orphans.merge(id, 1L, Long::sum);
      return;
    }
    switch (tag) {
      case SAMPLES -> samples(start, from, body + length, stream);
      case CLOCK_OFFSET -> clockOffset(stream, from, length);
      default -> footer(start, stream, from, length - 6);
    }
  }

  private ByteBuffer text(long from, long length) throws IOException {
    if (length > MOST_TEXT) {
      throw new UnsupportedInputException(
          "%s: chunk %d: headers and footers of up to %d bytes are read; bytes=%d"
              .formatted(name, chunk, MOST_TEXT, length));
    }
    return bytes.view(from, (int) length);
  }

  private void fileHeader(ByteBuffer in) {
    fileHeader = true;
    try {
      Element info = xml.parse(HeaderXml.text(in));
      startedAt = HeaderXml.child(info, "datetime");
      String version = HeaderXml.child(info, "version");
      if (version.matches("[2-9](\\..*)?|[1-9]\\d+(\\..*)?")) {
        throw new UnsupportedInputException(name + ": XDF 1.x is read; version=" + version);
      }
    } catch (Corrupt e) {
      warnings.add("the FileHeader was ignored: " + e.getMessage());
    }
  }

  private void boundary(long from, long length) throws Corrupt, IOException {
    if (length != XdfBytes.BOUNDARY_BYTES) {
      throw new Corrupt("a Boundary chunk holds its tag and 16 bytes; length=" + (length + 2));
    }
    if (!XdfBytes.isBoundary(bytes.view(from, XdfBytes.BOUNDARY_BYTES), 0)) {
      throw new Corrupt("a Boundary chunk holds the UUID of boundaries; found another");
    }
    sound = true;
  }

  private void streamHeader(long start, long id, long from, long length) throws IOException {
    if (streams.containsKey(id)) {
      warnings.add(at(start) + ": stream " + id + " has a second header, which was ignored");
      return;
    }
    try {
      XdfHeader header = xml.header(id, HeaderXml.text(text(from, length)), channelsLeft);
      channelsLeft -= header.channelCount();
      streams.put(id, new StreamAssembly(header, indexed));
    } catch (Corrupt e) {
      String why = at(start) + ": the header of stream " + id + " was ignored: " + e.getMessage();
      warnings.add(why);
      problem = problem == null ? why : problem;
      orphans.merge(id, 0L, Long::sum);
    }
  }

  private void samples(long start, long from, long end, StreamAssembly stream)
      throws Corrupt, IOException {
    try {
      long rest = SampleDecoder.decode(bytes, from, end, stream);
      if (rest > 0) {
        warnings.add(at(start) + ": " + rest + " bytes after its last sample were skipped");
      }
      // Left-over bytes may mean that the lengths lie: such a chunk vouches for nothing.
      sound |= rest == 0;
    } catch (BufferUnderflowException e) {
      throw new Corrupt("a Samples chunk ends before its last sample");
    }
  }

  private void clockOffset(StreamAssembly stream, long from, long length)
      throws Corrupt, IOException {
    if (length < 22) {
      throw new Corrupt("a ClockOffset chunk holds two doubles, 22 bytes in all; length=" + length);
    }
    ByteBuffer in = bytes.view(from, 16);
    stream.clockOffset(in.getDouble(), in.getDouble());
    sound = true;
  }

  private void footer(long start, StreamAssembly stream, long from, long length)
      throws IOException {
    if (stream.hasFooter()) {
      warnings.add(
          at(start) + ": " + stream.header().title() + " has a second footer, which was ignored");
      return;
    }
    try {
      Element info = xml.parse(HeaderXml.text(text(from, length)));
      String count = HeaderXml.child(info, "sample_count");
      stream.footer(count.matches("\\d{1,18}") ? Long.parseLong(count) : -1);
    } catch (Corrupt e) {
      stream.footer(-1);
      warnings.add(at(start) + ": the footer was ignored: " + e.getMessage());
    }
  }

  /** The last chunk of a file that ends too early: whole samples of it are kept. */
  private void partial(long start, long body) throws Corrupt, IOException {
    if (bytes.size() - body >= 6) {
      ByteBuffer in = bytes.view(body, 6);
      int tag = in.getShort() & 0xFFFF;
      StreamAssembly stream = tag == SAMPLES ? streams.get(in.getInt() & 0xFFFFFFFFL) : null;
      if (stream != null) {
        try {
          SampleDecoder.decode(bytes, body + 6, bytes.size(), stream);
        } catch (BufferUnderflowException e) {
          // Expected: what came before the end is kept.
          sound = true;
        }
      }
    }
    truncated(start, "the file ends inside it");
  }

  private void truncated(long start, String why) {
    truncated = true;
    warnings.add(at(start) + ": " + why + "; what came before was read");
  }

  private void resume(long start, String why) throws IOException {
    long after = bytes.afterNextBoundary(start + 1);
    if (after < 0) {
      if (!sound || streams.isEmpty()) {
        throw new InputException(where(start) + ": " + why);
      }
      warnings.add(at(start) + ": " + why + "; no boundary follows, the rest was not read");
      position = bytes.size();
      return;
    }
    warnings.add(at(start) + ": " + why + "; reading resumed after the boundary at byte " + after);
    position = after;
  }

  private static String show(long length) {
    return Long.toUnsignedString(length);
  }

  private String at(long start) {
    return "chunk " + chunk + " at byte " + start;
  }

  private String where(long start) {
    return name + ": " + at(start);
  }
}
