package org.efferent.data.blackrock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * Spikes and events of Blackrock, open for reading: {@code .nev}, versions 2.1 to 2.3 (NEURALEV)
 * and 3.0 (BREVENTS). Times are seconds on the device's clock, as in {@link NsxFile}. All packets
 * are looked at once when it is opened; spikes and waveforms are read from the file when they are
 * asked for. One thread at a time uses it.
 *
 * <p>Digital events are markers with the number as label ({@code serial 13} for the serial port),
 * comments with their text. Video, tracking and configuration packets are counted only; comments
 * that go on in a further packet are cut.
 */
public final class NevFile implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  private final FileBytes file;
  private final NevHeader header;
  private final NevScan scan;
  private final long packets;
  private final int blockPackets;
  private final List<String> warnings = new ArrayList<>();

  private NevFile(FileBytes file) {
    this.file = file;
    this.header = new NevHeader(file, warnings);
    this.packets = (file.size() - header.dataAt) / header.packetBytes;
    this.blockPackets = Math.max(1, BLOCK / header.packetBytes);
    this.scan = new NevScan(header);
    long left = (file.size() - header.dataAt) % header.packetBytes;
    if (left != 0) {
      warnings.add("%d bytes after the last whole packet were left out".formatted(left));
    }
    // One buffer for all: the garbage of a file of gigabytes would be as large.
    ByteBuffer block = ByteBuffer.allocate(0);
    for (long from = 0; from < packets; from += blockPackets) {
      block = block(from, block);
      for (int i = 0; i < block.limit() / header.packetBytes; i++) {
        scan.packet(block, i * header.packetBytes);
      }
    }
    scan.finish();
    if (scan.restarts > 0) {
      warnings.add("its clock was set back %d times".formatted(scan.restarts));
    }
  }

  /** Packets from one on, in a buffer that is large enough: the given one if it is. */
  private ByteBuffer block(long from, ByteBuffer used) {
    int bytes = (int) Math.min(blockPackets, packets - from) * header.packetBytes;
    ByteBuffer block =
        used.capacity() >= bytes
            ? used.clear().limit(bytes)
            : ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      file.fill(header.dataAt + from * header.packetBytes, block);
    } catch (IOException e) {
      throw InputFiles.failed(file.path(), e);
    }
    return block.flip();
  }

  /**
   * Opens a file.
   *
   * @param path {@code .nev}
   * @return its spikes and events
   * @throws InputException if it is missing, damaged or no NEV file
   * @throws UnsupportedInputException if it is of another version
   */
  public static NevFile open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    NevFile opened = null;
    try {
      opened = new NevFile(bytes);
      return opened;
    } finally {
      if (opened == null) {
        bytes.close();
      }
    }
  }

  /**
   * What is in a file, for programs that handle files of any kind.
   *
   * @param path {@code .nev}
   * @return its events as markers, its spikes as counts in the contents; no recording
   * @throws InputException if it is missing, damaged or no NEV file
   * @throws UnsupportedInputException if it is of another version
   */
  public static RecordingFile read(Path path) {
    try (NevFile nev = open(path)) {
      return new RecordingFile(
          path,
          "NEV " + nev.header.version,
          List.of(),
          nev.markers(),
          nev.about(),
          nev.contents(),
          nev.warnings);
    }
  }

  private List<String> contents() {
    List<String> lines = new ArrayList<>();
    header.arrays.forEach(name -> lines.add("array: " + name));
    header.ports.forEach(name -> lines.add("port: " + name));
    Map<Integer, StringBuilder> electrodes = new TreeMap<>();
    Map<Integer, Long> sums = new TreeMap<>();
    scan.counts.forEach(
        (unit, count) -> {
          electrodes
              .computeIfAbsent(unit.electrode(), e -> new StringBuilder())
              .append(", ")
              .append(count)
              .append(' ')
              .append(unit.describe());
          sums.merge(unit.electrode(), count, Long::sum);
        });
    electrodes.forEach(
        (id, units) ->
            lines.add(
                "electrode %d%s: %d spikes: %s"
                    .formatted(id, title(id), sums.get(id), units.substring(2))));
    scan.others.forEach((name, count) -> lines.add("%s packets: %d".formatted(name, count)));
    return lines;
  }

  private String title(int id) {
    return electrode(id)
        .map(NevElectrode::label)
        .filter(label -> !label.isEmpty())
        .map(label -> " (" + label + ")")
        .orElse("");
  }

  /** Whom and what it is of. */
  public RecordingAbout about() {
    return header.about;
  }

  /** Events and comments in order of time. */
  public List<Marker> markers() {
    return Collections.unmodifiableList(scan.markers);
  }

  /** What was odd, one line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The electrodes that the header describes, by number. */
  public List<NevElectrode> electrodes() {
    return List.copyOf(header.electrodes.values());
  }

  /**
   * An electrode.
   *
   * @param id its number
   * @return what the header says of it; empty if it says nothing
   */
  public Optional<NevElectrode> electrode(int id) {
    return Optional.ofNullable(header.electrodes.get(id));
  }

  /** How many spikes there are of each unit, by electrode and unit. */
  public SortedMap<NevUnit, Long> counts() {
    return Collections.unmodifiableSortedMap(scan.counts);
  }

  /** How many spikes there are in all. */
  public long spikeCount() {
    return scan.spikes;
  }

  /** Samples a second of the waveforms. */
  public double waveformRateHz() {
    return header.waveformRateHz;
  }

  /**
   * All spikes in the order of the file, read a block at a time. Iterators are independent of each
   * other.
   */
  public Iterable<NevSpike> spikes() {
    return () -> new NevSpikes(header, this::block, scan.spikes);
  }

  /**
   * The times of a unit.
   *
   * @param unit electrode and unit
   * @return seconds, in the order of the file; none if there is no such unit
   * @throws UnsupportedInputException if they are more than an array holds
   */
  public double[] times(NevUnit unit) {
    long count = scan.counts.getOrDefault(unit, 0L);
    if (count > Integer.MAX_VALUE - 8) {
      throw new UnsupportedInputException(
          "%s: %d spikes of electrode %d are more than one array holds; use the iterator"
              .formatted(file.name(), count, unit.electrode()));
    }
    double[] times = new double[(int) count];
    int n = 0;
    if (count > 0) {
      for (NevSpike spike : spikes()) {
        if (spike.unit().equals(unit)) {
          times[n++] = spike.time();
        }
      }
    }
    return times;
  }

  /**
   * The waveform of a spike.
   *
   * @param spike one of this file
   * @return its samples in microvolt, at {@link #waveformRateHz}
   * @throws InputException if the header does not tell the electrode's scale
   */
  public double[] waveform(NevSpike spike) {
    Objects.checkIndex(spike.packet(), packets);
    int id = spike.unit().electrode();
    NevElectrode electrode =
        electrode(id)
            .filter(e -> e.microvoltsPerStep() > 0)
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: electrode %d: the header must tell the scale of its waveforms (NEUEVWAV); it does not"
                            .formatted(file.name(), id)));
    int head = header.wide ? 12 : 8;
    int width = electrode.waveformBytes();
    int samples = (header.packetBytes - head) / width;
    if (electrode.waveformSamples() > 0) {
      samples = Math.min(samples, electrode.waveformSamples());
    }
    long at = header.dataAt + spike.packet() * header.packetBytes + head;
    ByteBuffer b = file.read(at, samples * width, "a waveform", ByteOrder.LITTLE_ENDIAN);
    double[] waveform = new double[samples];
    for (int i = 0; i < samples; i++) {
      int step = width == 1 ? b.get(i) : width == 2 ? b.getShort(2 * i) : b.getInt(4 * i);
      waveform[i] = step * electrode.microvoltsPerStep();
    }
    return waveform;
  }

  @Override
  public void close() {
    file.close();
  }
}
