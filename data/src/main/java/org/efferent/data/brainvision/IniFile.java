package org.efferent.data.brainvision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * A header or marker file: sections of {@code key=value}. Text is UTF-8 where it is that and the
 * code page does not say otherwise, else Windows' Latin-1.
 */
final class IniFile {
  private static final int MOST_BYTES = 64 << 20;
  private static final Pattern CODE_PAGE =
      Pattern.compile("^Codepage=(.+?)\\s*$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /**
   * A line of the file.
   *
   * @param number from 1
   * @param section the section's name in lower case, empty before the first
   * @param key as written, trimmed
   * @param value as written, trimmed
   */
  record Entry(int number, String section, String key, String value) {}

  private final String name;
  private final String first;
  private final List<Entry> entries = new ArrayList<>();

  private IniFile(String name, String text) {
    this.name = name;
    String section = "";
    int number = 0;
    String head = "";
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.strip();
      if (number == 1) {
        head = line.startsWith("\uFEFF") ? line.substring(1) : line;
      } else if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).toLowerCase(Locale.ROOT);
      } else if (!line.isEmpty() && !line.startsWith(";") && !section.equals("comment")) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          String value = line.substring(equals + 1).strip();
          entries.add(new Entry(number, section, line.substring(0, equals).strip(), value));
        }
      }
    }
    this.first = head;
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @return its entries
   */
  static IniFile read(Path path) {
    try (FileBytes file = FileBytes.open(path)) {
      if (file.size() > MOST_BYTES) {
        throw new UnsupportedInputException(
            "%s: header and marker files of more than %d bytes are not supported; bytes=%d"
                .formatted(file.name(), MOST_BYTES, file.size()));
      }
      byte[] bytes = file.read(0, (int) file.size(), "its text", ByteOrder.BIG_ENDIAN).array();
      return new IniFile(file.name(), decode(bytes));
    }
  }

  /** The file's name. */
  String name() {
    return name;
  }

  /** The first line. */
  String first() {
    return first;
  }

  /** The lines of a section. */
  List<Entry> section(String section) {
    return entries.stream().filter(e -> e.section().equals(section)).toList();
  }

  /** A line, if it is there. */
  Optional<Entry> find(String section, String key) {
    return entries.stream()
        .filter(e -> e.section().equals(section) && e.key().equalsIgnoreCase(key))
        .findFirst();
  }

  /** A line that must be there. */
  Entry need(String section, String key) {
    return find(section, key)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: section [%s] must have a line %s=…; it has none"
                        .formatted(name, title(section), key)));
  }

  /** A number in a line that must be there. */
  double number(Entry entry) {
    try {
      double value = Double.parseDouble(entry.value().replace(',', '.'));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(entry, "must be a number", e);
    }
    throw wrong(entry, "must be finite", null);
  }

  /** The error of a line. */
  InputException wrong(Entry entry, String rule, Throwable cause) {
    return new InputException(
        "%s: line %d: %s %s; value='%s'"
            .formatted(name, entry.number(), entry.key(), rule, entry.value()),
        cause);
  }

  /** Commas within a field are written {@code \1}. */
  static String field(String[] fields, int index) {
    return index < fields.length ? fields[index].replace("\\1", ",").strip() : "";
  }

  private static String title(String section) {
    StringBuilder title = new StringBuilder();
    for (String word : section.split(" ", -1)) {
      title.append(title.isEmpty() ? "" : " ");
      title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return title.toString();
  }

  private static String decode(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher matcher = CODE_PAGE.matcher(ascii);
    Charset windows = windows();
    if (matcher.find()) {
      String page = matcher.group(1);
      try {
        charset = page.equalsIgnoreCase("ANSI") ? windows : Charset.forName(page);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        charset = StandardCharsets.UTF_8;
      }
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, windows);
    }
  }

  private static Charset windows() {
    return Charset.isSupported("windows-1252")
        ? Charset.forName("windows-1252")
        : StandardCharsets.ISO_8859_1;
  }
}
