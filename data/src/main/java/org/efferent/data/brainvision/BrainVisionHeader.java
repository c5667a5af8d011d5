package org.efferent.data.brainvision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.Units;

/** The header file. */
final class BrainVisionHeader {
  private static final Pattern FIRST =
      Pattern.compile(
          "Brain ?Vision( Core| V-Amp)? Data( Exchange)? Header File,? Version [12]\\.0.*");
  private static final String COMMON = "common infos";

  /** How a sample is stored. */
  enum Format {
    INT_16(2),
    INT_32(4),
    IEEE_FLOAT_32(4),
    ASCII(0);

    final int bytes;

    Format(int bytes) {
      this.bytes = bytes;
    }
  }

  final IniFile ini;
  final Path data;
  final Optional<Path> markers;
  final Format format;
  final boolean vectorized;
  final double rateHz;
  final long points;
  final List<ChannelInfo> channels;
  final double[] resolution;

  /**
   * Reads it.
   *
   * @param path the {@code .vhdr} file
   * @param warnings where oddities go
   */
  BrainVisionHeader(Path path, List<String> warnings) {
    ini = IniFile.read(path);
    if (!FIRST.matcher(ini.first()).matches()) {
      throw new InputException(
          "%s: is no BrainVision header of version 1.0 or 2.0; its first line is '%s'"
              .formatted(ini.name(), shorten(ini.first())));
    }
    int count = channelCount();
    double interval = positive(ini.need(COMMON, "SamplingInterval"));
    rateHz = 1e6 / interval;
    if (!Double.isFinite(rateHz)) {
      throw ini.wrong(ini.need(COMMON, "SamplingInterval"), "must give a finite rate", null);
    }
    vectorized = vectorized();
    format = format();
    refuseFrequencies();
    points = points();
    resolution = new double[count];
    channels = channels(count, warnings);
    data = sibling(path, ini.need(COMMON, "DataFile"), "data file");
    Optional<IniFile.Entry> marker = ini.find(COMMON, "MarkerFile");
    if (marker.isEmpty() || marker.get().value().isEmpty()) {
      markers = Optional.empty();
    } else {
      markers = Optional.of(sibling(path, marker.get(), "marker file"));
    }
  }

  private int channelCount() {
    IniFile.Entry entry = ini.need(COMMON, "NumberOfChannels");
    double value = ini.number(entry);
    long described = ini.section("channel infos").stream().filter(e -> index(e) > 0).count();
    if (value != Math.rint(value) || value < 1 || value > 1 << 20) {
      throw ini.wrong(entry, "must be a whole number of at least 1", null);
    }
    if (value != described) {
      throw ini.wrong(
          entry, "must equal the channels of section [Channel Infos], " + described, null);
    }
    return (int) value;
  }

  private double positive(IniFile.Entry entry) {
    double value = ini.number(entry);
    if (!(value > 0)) {
      throw ini.wrong(entry, "must be positive", null);
    }
    return value;
  }

  private boolean vectorized() {
    IniFile.Entry entry = ini.need(COMMON, "DataOrientation");
    return switch (entry.value().toUpperCase(Locale.ROOT)) {
      case "MULTIPLEXED" -> false;
      case "VECTORIZED" -> true;
      default -> throw ini.wrong(entry, "must be MULTIPLEXED or VECTORIZED", null);
    };
  }

  private Format format() {
    IniFile.Entry entry = ini.need(COMMON, "DataFormat");
    String value = entry.value().toUpperCase(Locale.ROOT);
    if (value.equals("ASCII")) {
      return Format.ASCII;
    }
    if (!value.equals("BINARY")) {
      throw ini.wrong(entry, "must be BINARY or ASCII", null);
    }
    IniFile.Entry binary = ini.need("binary infos", "BinaryFormat");
    if (ini.find("binary infos", "UseBigEndianOrder")
        .filter(e -> e.value().equalsIgnoreCase("YES"))
        .isPresent()) {
      throw new UnsupportedInputException(
          ini.name()
              + ": UseBigEndianOrder=YES is not supported; export it in little-endian order");
    }
    return switch (binary.value().toUpperCase(Locale.ROOT)) {
      case "INT_16" -> Format.INT_16;
      case "INT_32" -> Format.INT_32;
      case "IEEE_FLOAT_32" -> Format.IEEE_FLOAT_32;
      default ->
          throw new UnsupportedInputException(
              "%s: line %d: BinaryFormat must be INT_16, INT_32 or IEEE_FLOAT_32; value='%s'"
                  .formatted(ini.name(), binary.number(), binary.value()));
    };
  }

  private void refuseFrequencies() {
    Optional<IniFile.Entry> type = ini.find(COMMON, "DataType");
    if (type.isPresent() && !type.get().value().equalsIgnoreCase("TIMEDOMAIN")) {
      throw new UnsupportedInputException(
          "%s: line %d: only DataType=TIMEDOMAIN is supported; value='%s'"
              .formatted(ini.name(), type.get().number(), type.get().value()));
    }
  }

  private long points() {
    Optional<IniFile.Entry> entry = ini.find(COMMON, "DataPoints");
    if (entry.isEmpty()) {
      return -1;
    }
    double value = ini.number(entry.get());
    if (value < 0 || value != Math.rint(value) || value > 1e15) {
      throw ini.wrong(entry.get(), "must be a whole number", null);
    }
    return (long) value;
  }

  private List<ChannelInfo> channels(int count, List<String> warnings) {
    ChannelInfo[] all = new ChannelInfo[count];
    for (IniFile.Entry entry : ini.section("channel infos")) {
      int index = index(entry);
      if (index == 0) {
        continue;
      }
      if (index > count || all[index - 1] != null) {
        throw ini.wrong(entry, "must be numbered 1 to " + count + " and occur once", null);
      }
      String[] fields = entry.value().split(",", -1);
      String label = IniFile.field(fields, 0);
      String unit = IniFile.field(fields, 3);
      unit = unit.isEmpty() ? "µV" : unit;
      resolution[index - 1] = resolution(entry, IniFile.field(fields, 2));
      all[index - 1] = new ChannelInfo(label, kind(label, unit), unit);
    }
    for (IniFile.Entry entry : ini.section("coordinates")) {
      int index = index(entry);
      if (index < 1 || index > count) {
        warnings.add("line %d: coordinates of no channel were left out".formatted(entry.number()));
        continue;
      }
      position(entry).ifPresent(p -> all[index - 1] = all[index - 1].at(p));
    }
    return List.of(all);
  }

  private double resolution(IniFile.Entry entry, String text) {
    if (text.isEmpty()) {
      return 1;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && value != 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw ini.wrong(entry, "must have a resolution that is a number", e);
    }
    throw ini.wrong(entry, "must have a finite resolution that is not 0", null);
  }

  /**
   * Radius, theta, phi: theta is the angle from the vertex, negative to the left; phi from the
   * right ear towards the nose (negative theta: from the left ear towards the back). Radius 1 is
   * the head's surface, of 85 mm here; radius 0 means that the position is not known.
   */
  private Optional<SensorPosition> position(IniFile.Entry entry) {
    String[] fields = entry.value().split(",", -1);
    double[] v = new double[3];
    try {
      for (int i = 0; i < 3; i++) {
        v[i] = Double.parseDouble(IniFile.field(fields, i));
      }
    } catch (NumberFormatException e) {
      throw ini.wrong(entry, "must be radius, theta and phi", e);
    }
    double theta = Math.toRadians(v[1]);
    double phi = Math.toRadians(v[2]);
    double r = v[0] * Spherical.HEAD_RADIUS;
    double x = r * Math.sin(theta) * Math.cos(phi);
    double y = r * Math.sin(theta) * Math.sin(phi);
    double z = r * Math.cos(theta);
    if (v[0] == 0 || !Double.isFinite(x + y + z)) {
      return Optional.empty();
    }
    return Optional.of(new SensorPosition(SensorPosition.Frame.TEMPLATE, x, y, z));
  }

  private Path sibling(Path header, IniFile.Entry entry, String what) {
    // $b stands for the name of the header without its end.
    String base = InputFiles.name(header).replaceFirst("\\.[^.]*$", "");
    String name = entry.value().replace("$b", base);
    // Paths of the machine that recorded mean nothing here: the files lie side by side.
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    if (last.isEmpty() || last.indexOf('\0') >= 0) {
      throw ini.wrong(entry, "must name the " + what, null);
    }
    Path file;
    try {
      file = header.resolveSibling(last);
    } catch (java.nio.file.InvalidPathException e) {
      throw ini.wrong(entry, "must name the " + what, e);
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s: line %d: the %s '%s' is not beside the header; put it there or correct %s"
              .formatted(ini.name(), entry.number(), what, last, entry.key()));
    }
    return file;
  }

  /** The number of {@code Ch12}; 0 if it is none. */
  private static int index(IniFile.Entry entry) {
    String key = entry.key();
    if (key.length() < 3 || key.length() > 9 || !key.regionMatches(true, 0, "Ch", 0, 2)) {
      return 0;
    }
    for (int i = 2; i < key.length(); i++) {
      if (key.charAt(i) < '0' || key.charAt(i) > '9') {
        return 0;
      }
    }
    return Integer.parseInt(key.substring(2));
  }

  /** The kind by label and unit: what is in volts and not named otherwise is EEG. */
  static String kind(String label, String unit) {
    String upper = label.toUpperCase(Locale.ROOT);
    for (String part : new String[] {"EOG", "ECG", "EMG"}) {
      if (upper.contains(part)) {
        return part;
      }
    }
    if (upper.equals("GSR") || upper.equals("EDA")) {
      return "GSR";
    }
    if (upper.equals("RESP")) {
      return "RESP";
    }
    boolean volts = Units.toSi(unit).isPresent() && unit.strip().endsWith("V");
    return volts ? "EEG" : "MISC";
  }

  private static String shorten(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
