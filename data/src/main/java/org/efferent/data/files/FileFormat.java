package org.efferent.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/** Formats that are read. A file is recognised by its first bytes, then by its name. */
public enum FileFormat {
  /** LSL recording, XDF 1.0, plain or compressed. */
  XDF("XDF", ".xdf", ".xdfz", ".xdf.gz"),
  /** EDF, EDF+, BDF, BDF+. */
  EDF("EDF", ".edf", ".bdf", ".rec"),
  /** BrainVision: header, markers and samples in three files. */
  BRAINVISION("BrainVision", ".vhdr", ".vmrk", ".eeg"),
  /** Functional Image File Format of MEGIN and MNE, plain or compressed. */
  FIF("FIF", ".fif", ".fif.gz"),
  /** CTF's folder. */
  CTF("CTF", ".ds"),
  /** KIT, Yokogawa, Ricoh. */
  KIT("KIT", ".con", ".sqd"),
  /** EEGLAB's structure. */
  EEGLAB("EEGLAB", ".set", ".fdt"),
  /** Neurodata Without Borders 2. */
  NWB("NWB", ".nwb"),
  /** MATLAB variables. */
  MAT("MAT", ".mat"),
  /** HDF5 of any content. */
  HDF5("HDF5", ".h5", ".hdf5"),
  /** Blackrock's continuous signals. */
  NSX("NSx", ".ns1", ".ns2", ".ns3", ".ns4", ".ns5", ".ns6"),
  /** Blackrock's spikes and events. */
  NEV("NEV", ".nev"),
  /** One array of NumPy. */
  NPY("NPY", ".npy"),
  /** Several arrays of NumPy. */
  NPZ("NPZ", ".npz"),
  /** Arrays in Python's pickle. */
  PICKLE("pickle", ".pkl", ".pickle"),
  /** Named tensors. */
  SAFETENSORS("safetensors", ".safetensors"),
  /** Sound. */
  WAV("WAV", ".wav"),
  /** A folder in the Brain Imaging Data Structure. */
  BIDS("BIDS"),
  /** Table of numbers as text. */
  CSV("CSV", ".csv", ".tsv");

  private static final int PEEK = 1 << 16;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> extensions;

  FileFormat(String title, String... extensions) {
    this.title = title;
    this.extensions = List.of(extensions);
  }

  /** How people call it. */
  public String title() {
    return title;
  }

  /** How names of its files end, in lower case, with the point. */
  public List<String> extensions() {
    return extensions;
  }

  /**
   * Recognises a file or a folder.
   *
   * @param path the file
   * @return its format
   * @throws InputException if the file is missing or empty
   * @throws UnsupportedInputException if it is nothing that is read; the message lists what is
   */
  public static FileFormat of(Path path) {
    String name = InputFiles.name(path);
    if (Files.isDirectory(path)) {
      return folder(path, name);
    }
    if (InputFiles.check(path) == 0) {
      throw new InputException(name + ": is empty");
    }
    byte[] head = head(path);
    FileFormat byContent = byContent(head);
    if (byContent == HDF5 || byContent == MAT) {
      // Several formats live in these containers: the name says which.
      FileFormat byName = byName(name);
      return byName == EEGLAB || byName == NWB || byName == MAT ? byName : byContent;
    }
    if (byContent != null) {
      return byContent;
    }
    FileFormat byName = byName(name);
    if (byName != null) {
      // Claims to be one by name: the reader says what is wrong with it.
      return byName;
    }
    if (looksLikeTable(head)) {
      return CSV;
    }
    throw unknown(name);
  }

  private static FileFormat folder(Path path, String name) {
    if (name.toLowerCase(Locale.ROOT).endsWith(".ds")) {
      return CTF;
    }
    if (Files.isRegularFile(path.resolve("dataset_description.json"))) {
      return BIDS;
    }
    throw new UnsupportedInputException(
        name
            + ": is a folder, but neither BIDS (it has no dataset_description.json) nor CTF (its name"
            + " does not end with .ds); name a file in it");
  }

  private static FileFormat byName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(f -> f.extensions.stream().anyMatch(lower::endsWith))
        .findFirst()
        .orElse(null);
  }

  private static FileFormat byContent(byte[] head) {
    String text = new String(head, 0, Math.min(head.length, 64), StandardCharsets.ISO_8859_1);
    if (text.startsWith("XDF:")) {
      return XDF;
    }
    if (text.startsWith("0       ") || text.startsWith("\u00FFBIOSEMI")) {
      return EDF;
    }
    if (text.startsWith("Brain Vision") || text.startsWith("BrainVision")) {
      return BRAINVISION;
    }
    if (text.startsWith("\0\0\0\144\0\0\0\37")) {
      return FIF;
    }
    if (text.startsWith("MATLAB ")) {
      return MAT;
    }
    if (text.startsWith("\u0089HDF\r\n\u001A\n")) {
      return HDF5;
    }
    return arraysOrSpikes(text);
  }

  private static FileFormat arraysOrSpikes(String text) {
    if (text.startsWith("\u0093NUMPY")) {
      return NPY;
    }
    if (text.startsWith("NEURALSG") || text.startsWith("NEURALCD") || text.startsWith("BRSMPGRP")) {
      return NSX;
    }
    if (text.startsWith("NEURALEV") || text.startsWith("BREVENTS")) {
      return NEV;
    }
    if ((text.startsWith("RIFF") || text.startsWith("RF64")) && text.startsWith("WAVE", 8)) {
      return WAV;
    }
    return null;
  }

  private static UnsupportedInputException unknown(String name) {
    StringBuilder readable = new StringBuilder();
    for (FileFormat format : values()) {
      if (!format.extensions.isEmpty()) {
        readable.append(readable.isEmpty() ? "" : ", ").append(format.title).append(" (");
        readable.append(String.join(" ", format.extensions)).append(')');
      }
    }
    return new UnsupportedInputException(
        name + ": is of a kind that is not read; these are: " + readable + ", and BIDS folders");
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
    try (InputStream raw = Files.newInputStream(path);
        InputStream in = new GZIPInputStream(raw)) {
      byte[] unpacked = in.readNBytes(8);
      FileFormat format = byContent(unpacked);
      // Other compressed content is not looked into.
      return format == XDF || format == FIF ? unpacked : head;
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
      boolean number = NUMBER.matcher(cell.strip()).matches();
      numbers += number ? 1 : 0;
    }
    return numbers * 2 > cells.length;
  }
}
