package org.efferent.data.blackrock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * Continuous signals of Blackrock: {@code .ns1} to {@code .ns6}, versions 2.1 (NEURALSG), 2.2 and
 * 2.3 (NEURALCD), 3.0 (BRSMPGRP). Values are microvolts, by the digital and analogue ranges of each
 * channel; version 2.1 has none, so they come from the {@code .nev} file beside it, and without one
 * values are steps of the converter.
 *
 * <p>Stamps are those of the data packets, seconds on the device's clock: ticks over the resolution
 * that the header gives (30,000 a second, or nanoseconds since 1970 where devices share a PTP
 * clock; then a stamp of 64 bits keeps a quarter of a microsecond). A pause is a step between
 * stamps; where the clock was set back, they go back. Events of the {@code .nev} file of the same
 * name are the markers; they are on the same clock.
 */
public final class NsxFile {
  private NsxFile() {}

  /**
   * Opens a file.
   *
   * @param path {@code .ns1} to {@code .ns6}
   * @return its recording, to be closed
   * @throws InputException if it is missing, damaged or no NSx file
   * @throws UnsupportedInputException if it is of another version
   */
  public static RecordingFile open(Path path) {
    FileBytes bytes = FileBytes.open(path);
    RecordingFile opened = null;
    try {
      opened = open(path, bytes);
      return opened;
    } finally {
      if (opened == null) {
        bytes.close();
      }
    }
  }

  private static RecordingFile open(Path path, FileBytes bytes) {
    List<String> warnings = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    NsxHeader header = new NsxHeader(bytes);
    NsxPackets packets = new NsxPackets(bytes, header, contents, warnings);
    List<Marker> markers = List.of();
    List<ChannelInfo> channels = header.channels;
    double[] scale = header.scale.clone();
    String equipment = "";
    Path beside = events(path);
    if (Files.isRegularFile(beside)) {
      try (NevFile nev = NevFile.open(beside)) {
        markers = nev.markers();
        equipment = nev.about().equipment();
        contents.add(
            "%s: %d spikes, %d events"
                .formatted(InputFiles.name(beside), nev.spikeCount(), markers.size()));
        if (header.old) {
          channels = scaled(header, nev, scale);
        }
      } catch (InputException | UnsupportedInputException e) {
        warnings.add("the events beside it could not be read: " + e.getMessage());
      }
    }
    if (channels.stream().anyMatch(c -> c.unit().isEmpty())) {
      warnings.add("some channels have no unit: their values are steps of the converter");
    }
    StreamInfo info = new StreamInfo(InputFiles.name(path), "Ephys", header.rateHz, "", channels);
    Recording recording = new NsxRecording(header, packets, info, markers, scale, header.offset);
    RecordingAbout about =
        new RecordingAbout(
            "", "", "", Optional.empty(), header.start, "", "", equipment, header.comment);
    return new RecordingFile(
        path, "NSx " + header.version, List.of(recording), markers, about, contents, warnings);
  }

  /** Scales and labels of version 2.1. */
  private static List<ChannelInfo> scaled(NsxHeader header, NevFile nev, double[] scale) {
    List<ChannelInfo> channels = new ArrayList<>();
    for (int c = 0; c < scale.length; c++) {
      ChannelInfo plain = header.channels.get(c);
      Optional<NevElectrode> electrode = nev.electrode(header.electrodes[c]);
      double step = electrode.map(NevElectrode::microvoltsPerStep).orElse(0.0);
      String label =
          electrode.map(NevElectrode::label).filter(l -> !l.isEmpty()).orElse(plain.label());
      scale[c] = step > 0 ? step : 1;
      channels.add(new ChannelInfo(label, plain.kind(), step > 0 ? "uV" : ""));
    }
    return channels;
  }

  private static Path events(Path path) {
    String name = InputFiles.name(path);
    int dot = name.lastIndexOf('.');
    return path.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".nev");
  }
}
