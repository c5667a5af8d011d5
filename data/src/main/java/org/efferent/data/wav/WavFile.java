package org.efferent.data.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;

/**
 * Reads WAV: whole numbers of 8, 16, 24 and 32 bits, floats of 32 and 64, plain and extensible,
 * RIFF and RF64. Values are relative to full scale: whole numbers lie in [−1, 1), floats are as
 * stored.
 */
public final class WavFile {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MOST_CHUNKS = 100_000;

  private final FileBytes file;
  private final List<String> warnings = new ArrayList<>();
  private int code;
  private int channels;
  private long rateHz;
  private int bits;
  private int blockBytes;
  private long dataAt = -1;
  private long dataBytes;
  private long longDataBytes = -1;

  private WavFile(FileBytes file) {
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @param path a {@code .wav} file
   * @return its recording; channels are named 1 … n and of kind AUDIO
   * @throws InputException if it is missing, no WAV, or damaged before its samples
   * @throws UnsupportedInputException if it is compressed or of another width
   */
  public static RecordingFile open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    boolean done = false;
    try {
      RecordingFile opened = new WavFile(bytes).read(path);
      done = true;
      return opened;
    } finally {
      if (!done) {
        bytes.close();
      }
    }
  }

  private RecordingFile read(Path path) {
    ByteBuffer riff = file.read(0, 12, "the RIFF header", ByteOrder.LITTLE_ENDIAN);
    String form = text(riff, 0);
    if (form.equals("RIFX")) {
      throw new UnsupportedInputException(
          file.name() + ": RIFX, the big-endian form, is not supported; convert it to RIFF");
    }
    if (!(form.equals("RIFF") || form.equals("RF64")) || !text(riff, 8).equals("WAVE")) {
      throw new InputException(
          file.name()
              + ": is no WAV file: it must begin with RIFF or RF64 and WAVE; check the file");
    }
    chunks(form.equals("RF64"));
    if (blockBytes == 0 || dataAt < 0) {
      throw new InputException(
          "%s: must have a chunk '%s'; it has none; the file is truncated or damaged"
              .formatted(file.name(), blockBytes == 0 ? "fmt " : "data"));
    }
    long there = file.size() - dataAt;
    if (dataBytes > there) {
      warnings.add(
          "the data chunk says %d bytes, %d are there; these are read".formatted(dataBytes, there));
    }
    long rows = Math.min(dataBytes, there) / blockBytes;
    List<ChannelInfo> infos = new ArrayList<>();
    for (int c = 1; c <= channels; c++) {
      infos.add(new ChannelInfo(Integer.toString(c), "AUDIO", ""));
    }
    StreamInfo info = new StreamInfo(file.name(), "Audio", rateHz, "", infos);
    WavRows source = new WavRows(file, dataAt, channels, bits / 8, code == FLOAT);
    return RecordingFile.of(
        path,
        "WAV",
        new RegularRecording(info, rows, 0, List.of(), source),
        RecordingAbout.UNKNOWN,
        warnings);
  }

  private void chunks(boolean rf64) {
    long at = 12;
    for (int i = 0; at + 8 <= file.size() && i < MOST_CHUNKS; i++) {
      ByteBuffer head = file.read(at, 8, "the head of a chunk", ByteOrder.LITTLE_ENDIAN);
      String id = text(head, 0);
      long size = head.getInt(4) & 0xFFFF_FFFFL;
      switch (id) {
        case "ds64" -> {
          // The 64-bit sizes of RIFF and data (EBU Tech 3306, 2.3).
          longDataBytes = file.read(at + 8, 24, "chunk 'ds64'", ByteOrder.LITTLE_ENDIAN).getLong(8);
        }
        case "fmt " -> format(at + 8, size);
        case "data" -> {
          dataAt = at + 8;
          dataBytes = rf64 && size == 0xFFFF_FFFFL && longDataBytes >= 0 ? longDataBytes : size;
          size = dataBytes;
        }
        default -> {
          // Comments, cues and the like say nothing about the samples.
        }
      }
      if (dataAt >= 0 && blockBytes > 0) {
        return;
      }
      if (size > file.size() - at) {
        return;
      }
      // Chunks begin at even bytes.
      at += 8 + size + (size & 1);
    }
  }

  private void format(long at, long size) {
    if (size < 16) {
      throw new InputException(
          "%s: chunk 'fmt ' must have at least 16 bytes; bytes=%d; the file is damaged"
              .formatted(file.name(), size));
    }
    int length = (int) Math.min(size, 40);
    ByteBuffer fmt = file.read(at, length, "chunk 'fmt '", ByteOrder.LITTLE_ENDIAN);
    code = fmt.getShort(0) & 0xFFFF;
    channels = fmt.getShort(2) & 0xFFFF;
    rateHz = fmt.getInt(4) & 0xFFFF_FFFFL;
    bits = fmt.getShort(14) & 0xFFFF;
    if (code == EXTENSIBLE && length >= 26) {
      code = fmt.getShort(24) & 0xFFFF;
    }
    boolean pcm = code == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
    boolean floats = code == FLOAT && (bits == 32 || bits == 64);
    if (!pcm && !floats) {
      throw new UnsupportedInputException(
          "%s: samples must be whole numbers of 8, 16, 24 or 32 bits or floats of 32 or 64; format=%d, bits=%d; convert the file to one of these"
              .formatted(file.name(), code, bits));
    }
    if (channels == 0 || rateHz == 0) {
      throw new InputException(
          "%s: channels and rate must be positive; channels=%d, rate=%d; the file is damaged"
              .formatted(file.name(), channels, rateHz));
    }
    blockBytes = channels * bits / 8;
    // Each channel takes memory: so many say that no sample is there.
    if (blockBytes > file.size() + 1024) {
      throw new InputException(
          "%s: a sample of all channels must not be larger than the file of %d bytes; channels=%d, bits=%d; the file is damaged"
              .formatted(file.name(), file.size(), channels, bits));
    }
    int said = fmt.getShort(12) & 0xFFFF;
    if (said != blockBytes) {
      warnings.add(
          "chunk 'fmt ' says that a sample of all channels has %d bytes; %d channels of %d bits have %d"
              .formatted(said, channels, bits, blockBytes));
    }
  }

  private static String text(ByteBuffer buffer, int at) {
    byte[] id = new byte[4];
    buffer.get(at, id);
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
