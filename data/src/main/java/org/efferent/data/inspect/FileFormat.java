package org.efferent.data.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/** Formats of recordings that are read; recognised by their first bytes. */
public enum FileFormat {
  /** LSL recording, XDF 1.0, plain or compressed. */
  XDF("XDF"),
  /** Table of numbers as text. */
  CSV("CSV");

  private static final int PEEK = 1 << 16;
  private static final String READABLE =
      "XDF recordings (.xdf, .xdfz, .xdf.gz) and numeric tables (.csv, .tsv)";

  private final String title;

  FileFormat(String title) {
    this.title = title;
  }

  /** How people call it. */
  public String title() {
    return title;
  }

  /**
   * Recognises a file.
   *
   * @param path the file
   * @return its format
   * @throws InputException if the file is missing or empty
   * @throws UnsupportedInputException if it is nothing that is read; the message lists what is
   */
  public static FileFormat of(Path path) {
    long size = InputFiles.check(path);
    String name = InputFiles.name(path);
    String lower = name.toLowerCase(Locale.ROOT);
    if (size == 0) {
      throw new InputException(name + ": is empty");
    }
    byte[] head = head(path);
    if (isXdf(head)
        || lower.endsWith(".xdf")
        || lower.endsWith(".xdfz")
        || lower.endsWith(".xdf.gz")) {
      // Claims to be one by name: the reader says what is wrong with it.
      return XDF;
    }
    boolean table = lower.endsWith(".csv") || lower.endsWith(".tsv");
    if (table || looksLikeTable(head)) {
      return CSV;
    }
    throw new UnsupportedInputException(
        name + ": is of a kind that is not read; these are: " + READABLE);
  }

  private static boolean isXdf(byte[] head) {
    return head.length >= 4 && head[0] == 'X' && head[1] == 'D' && head[2] == 'F' && head[3] == ':';
  }

  private static byte[] head(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(PEEK);
      if (head.length > 2 && head[0] == 0x1F && head[1] == (byte) 0x8B) {
        return unpackedHead(path, head);
      }
      return head;
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private static byte[] unpackedHead(Path path, byte[] head) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      byte[] unpacked = in.readNBytes(4);
      // Other compressed content is not looked into.
      return isXdf(unpacked) ? unpacked : head;
    } catch (IOException e) {
      return head;
    }
  }

  /** Text without control characters whose first or second line has mostly numbers. */
  private static boolean looksLikeTable(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    String[] lines = new String(head, StandardCharsets.UTF_8).split("\r?\n", 3);
    return mostlyNumbers(lines[0]) || (lines.length > 1 && mostlyNumbers(lines[1]));
  }

  private static boolean mostlyNumbers(String line) {
    String[] cells = line.split("[,;\t]", -1);
    int numbers = 0;
    for (String cell : cells) {
      boolean number = cell.strip().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
      numbers += number ? 1 : 0;
    }
    return numbers * 2 > cells.length;
  }
}
