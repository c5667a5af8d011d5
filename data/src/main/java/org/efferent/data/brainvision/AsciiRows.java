package org.efferent.data.brainvision;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringTokenizer;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.RegularRecording;

/**
 * The data file as text, held in memory: a line a sample (MULTIPLEXED) or a line a channel
 * (VECTORIZED), after the lines and columns that {@code [ASCII Infos]} says to skip.
 */
final class AsciiRows implements RegularRecording.Rows {
  private static final long MOST_BYTES = 1L << 30;

  private final Path path;
  private final int channels;
  private final long rows;
  private final double[] values;

  private AsciiRows(Path path, int channels, double[] values) {
    this.path = path;
    this.channels = channels;
    this.rows = values.length / channels;
    this.values = values;
  }

  static AsciiRows load(BrainVisionHeader header) {
    long size = InputFiles.check(header.data);
    if (size > MOST_BYTES) {
      throw new UnsupportedInputException(
          "%s: samples as text are read up to %d bytes; bytes=%d; export them as binary"
              .formatted(InputFiles.name(header.data), MOST_BYTES, size));
    }
    int skipLines = skip(header, "SkipLines", header.vectorized ? 0 : 1);
    int skipColumns = skip(header, "SkipColumns", header.vectorized ? 1 : 0);
    boolean comma =
        header
            .ini
            .find("ascii infos", "DecimalSymbol")
            .filter(e -> e.value().equals(","))
            .isPresent();
    int channels = header.resolution.length;
    Numbers numbers = new Numbers(header, skipColumns, comma);
    try (BufferedReader in = Files.newBufferedReader(header.data, StandardCharsets.ISO_8859_1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        numbers.add(line, skipLines);
      }
    } catch (IOException e) {
      throw InputFiles.failed(header.data, e);
    }
    double[] values = numbers.done();
    if (header.vectorized) {
      int points = values.length / channels;
      double[] turned = new double[values.length];
      for (int c = 0; c < channels; c++) {
        for (int r = 0; r < points; r++) {
          turned[r * channels + c] = values[c * points + r];
        }
      }
      values = turned;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] *= header.resolution[i % channels];
    }
    return new AsciiRows(header.data, channels, values);
  }

  long rows() {
    return rows;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    System.arraycopy(values, (int) from * channels, into, offset, count * channels);
  }

  @Override
  public void close() {
    // Nothing is open: the values are in memory.
  }

  private static int skip(BrainVisionHeader header, String key, int otherwise) {
    return header
        .ini
        .find("ascii infos", key)
        .map(
            e -> {
              double value = header.ini.number(e);
              if (value < 0 || value != (int) value) {
                throw header.ini.wrong(e, "must be a whole number", null);
              }
              return (int) value;
            })
        .orElse(otherwise);
  }

  /** Collects numbers, each line of the same count. */
  private static final class Numbers {
    private final BrainVisionHeader header;
    private final int skipColumns;
    private final boolean comma;
    private final int channels;
    private double[] values = new double[1024];
    private int size;
    private int line;
    private int lines;
    private int perLine = -1;

    Numbers(BrainVisionHeader header, int skipColumns, boolean comma) {
      this.header = header;
      this.skipColumns = skipColumns;
      this.comma = comma;
      this.channels = header.resolution.length;
    }

    void add(String text, int skipLines) {
      line++;
      if (line <= skipLines || text.isBlank()) {
        return;
      }
      StringTokenizer tokens = new StringTokenizer(text, comma ? " \t;" : " \t;,");
      int before = size;
      for (int column = 0; tokens.hasMoreTokens(); column++) {
        String token = tokens.nextToken();
        if (column >= skipColumns) {
          push(parse(token));
        }
      }
      int here = size - before;
      int expected = header.vectorized ? (perLine < 0 ? here : perLine) : channels;
      if (here != expected) {
        throw wrong("must have %d numbers; it has %d".formatted(expected, here));
      }
      perLine = here;
      lines++;
    }

    double[] done() {
      if (header.vectorized && lines != channels) {
        throw new InputException(
            "%s: must have a line for each of %d channels; it has %d"
                .formatted(InputFiles.name(header.data), channels, lines));
      }
      return Arrays.copyOf(values, size);
    }

    private void push(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1));
      }
      values[size++] = value;
    }

    private double parse(String token) {
      try {
        return Double.parseDouble(comma ? token.replace(',', '.') : token);
      } catch (NumberFormatException e) {
        throw new InputException(
            "%s: line %d: '%s' is no number".formatted(InputFiles.name(header.data), line, token),
            e);
      }
    }

    private InputException wrong(String rule) {
      return new InputException(
          "%s: line %d: %s".formatted(InputFiles.name(header.data), line, rule));
    }
  }
}
