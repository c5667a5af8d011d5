package org.efferent.data.fif;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;

/**
 * A FIF file, open. Whatever it holds is here: raw data, epochs, evoked responses, event lists,
 * covariances, projectors, annotations, transforms.
 *
 * <p>Files without a directory or with a damaged one are walked tag by tag; both orders of bytes
 * are read; {@code .fif.gz} is unpacked. What was odd is in {@link #warnings()}.
 */
public final class FifFile implements AutoCloseable {
  private static final int MOST_PARTS = 1000;

  private final Path path;
  private final List<FifInput> inputs;
  private final List<String> warnings = new ArrayList<>();
  private final Optional<FifInfo> info;
  private final Optional<FifRaw> raw;
  private final Optional<FifEpochs> epochs;
  private final List<FifEvoked> evoked;
  private final List<FifEvents> events;
  private final List<FifCovariance> covariances;
  private final List<FifProjector> projectors;
  private final List<FifAnnotations> annotations;
  private final List<FifTransform> transforms = new ArrayList<>();

  private FifFile(Path path, List<FifInput> inputs) {
    this.path = path;
    this.inputs = inputs;
    FifInput in = inputs.get(0);
    FifNode root = FifDirectory.read(in, warnings);
    this.info = InfoReader.read(in, root, warnings);
    this.annotations = FifAnnotations.readAll(in, root, warnings);
    this.events = FifEvents.readAll(in, root);
    this.covariances = FifCovariance.readAll(in, root);
    this.projectors =
        info.map(FifInfo::projectors)
            .orElseGet(() -> covariances.isEmpty() ? FifProjector.readAll(in, root) : List.of());
    collectTransforms(in, root);
    this.raw = info.flatMap(i -> raw(in, root, i));
    this.evoked = info.map(i -> FifEvoked.readAll(in, root, i, warnings)).orElse(List.of());
    this.epochs = info.flatMap(i -> FifEpochs.read(in, root, i));
    if (epochs.isPresent()) {
      SplitFiles.next(in, root)
          .ifPresent(p -> warnings.add("more epochs are in " + InputFiles.name(p)));
    }
  }

  /**
   * Opens a file. Samples of raw data and epochs are read when they are asked for.
   *
   * @param path the file, {@code .fif} or {@code .fif.gz}; of a split recording the first part
   * @return the file, to be closed
   * @throws InputException if it is missing, not FIF or damaged beyond use
   * @throws org.efferent.core.UnsupportedInputException if its values are of a type that is not
   *     read
   */
  public static FifFile open(Path path) {
    List<FifInput> inputs = new ArrayList<>();
    try {
      inputs.add(FifInput.open(path));
      return new FifFile(path, inputs);
    } catch (RuntimeException e) {
      inputs.forEach(FifInput::close);
      throw e;
    }
  }

  /**
   * Opens a file as every reader does: raw data or evoked responses are its recordings, annotations
   * and trigger events the markers, the rest is told by {@code contents}. The trigger channels are
   * scanned, so all of the file is read once.
   *
   * @param path the file
   * @return its recordings, to be closed
   * @throws InputException if it is missing, not FIF or damaged beyond use
   */
  public static RecordingFile read(Path path) {
    FifFile file = open(path);
    try {
      List<Recording> recordings = new ArrayList<>();
      List<Marker> markers = List.of();
      if (file.raw.isPresent()) {
        RegularRecording recording = file.raw.get().recording();
        recordings.add(recording);
        markers = recording.markers();
      }
      file.evoked.forEach(e -> recordings.add(e.recording()));
      List<String> contents = file.contents();
      if (file.raw.isEmpty()) {
        file.close();
      }
      return new RecordingFile(
          path,
          file.format(),
          recordings,
          markers,
          file.info.map(FifInfo::about).orElse(RecordingAbout.UNKNOWN),
          contents,
          file.warnings);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Optional<FifRaw> raw(FifInput in, FifNode root, FifInfo i) {
    Optional<FifNode> node = rawNode(root);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (root.first(Fiff.B_IAS_RAW_DATA).isPresent()) {
      warnings.add(
          "it was recorded with active shielding (MaxShield) and not corrected for it: its fields are"
              + " distorted");
    }
    RawBuffers buffers = new RawBuffers(i.channels().size(), i.sampleRateHz(), warnings);
    buffers.add(in, node.get());
    addParts(in, root, i, buffers);
    return Optional.of(new FifRaw(path, i, buffers, inputs, annotations));
  }

  private static Optional<FifNode> rawNode(FifNode root) {
    return root.first(Fiff.B_RAW_DATA)
        .or(() -> root.first(Fiff.B_CONTINUOUS_DATA))
        .or(() -> root.first(Fiff.B_IAS_RAW_DATA));
  }

  private void addParts(FifInput first, FifNode firstRoot, FifInfo i, RawBuffers buffers) {
    Optional<Path> next = SplitFiles.next(first, firstRoot);
    while (next.isPresent()) {
      Path part = next.get();
      if (!Files.isRegularFile(part)) {
        warnings.add(
            "its next part %s is missing; the recording ends before it"
                .formatted(InputFiles.name(part)));
        return;
      }
      if (inputs.size() >= MOST_PARTS
          || inputs.stream().anyMatch(in -> SplitFiles.same(in.path(), part))) {
        throw new InputException(
            "%s: its parts name each other in a circle, at %s"
                .formatted(InputFiles.name(path), InputFiles.name(part)));
      }
      FifInput in = FifInput.open(part);
      inputs.add(in);
      FifNode root = FifDirectory.read(in, warnings);
      Optional<FifInfo> other = InfoReader.read(in, root, warnings);
      boolean fits =
          other.isPresent()
              && other.get().channels().size() == i.channels().size()
              && other.get().sampleRateHz() == i.sampleRateHz();
      Optional<FifNode> node = rawNode(root);
      if (!fits || node.isEmpty()) {
        throw new InputException(
            "%s: its part %s must have the same channels and rate and raw data; it has not"
                .formatted(InputFiles.name(path), InputFiles.name(part)));
      }
      buffers.add(in, node.get());
      next = SplitFiles.next(in, root);
    }
  }

  private void collectTransforms(FifInput in, FifNode node) {
    for (FifTag tag : node.tags()) {
      if (tag.kind() == Fiff.COORD_TRANS) {
        transforms.add(FifTransform.read(in, tag));
      }
    }
    for (FifNode child : node.children()) {
      collectTransforms(in, child);
    }
  }

  /** The measurement; empty in files of events, covariances, … */
  public Optional<FifInfo> info() {
    return info;
  }

  /** Continuous data. Closing it closes this file. */
  public Optional<FifRaw> raw() {
    return raw;
  }

  /** Epochs; they are read while this file is open. */
  public Optional<FifEpochs> epochs() {
    return epochs;
  }

  /** Evoked responses, in memory. */
  public List<FifEvoked> evoked() {
    return evoked;
  }

  /** Event lists of MNE; that of epochs is among them. */
  public List<FifEvents> events() {
    return events;
  }

  /** Covariances. */
  public List<FifCovariance> covariances() {
    return covariances;
  }

  /** Projectors of the measurement, or of a file that holds only such. */
  public List<FifProjector> projectors() {
    return projectors;
  }

  /** Blocks of annotations; {@link FifRaw#annotations()} has those of a recording on its clock. */
  public List<FifAnnotations> annotations() {
    return annotations;
  }

  /** All transforms between coordinate frames, in the order of the file. */
  public List<FifTransform> transforms() {
    return transforms;
  }

  /** What was odd, one line each. */
  public List<String> warnings() {
    return warnings;
  }

  private String format() {
    String packed = InputFiles.name(path).endsWith(".gz") ? ", compressed" : "";
    return (raw.isPresent() && inputs.size() > 1 ? "FIF in " + inputs.size() + " parts" : "FIF")
        + packed;
  }

  /** What is in it besides the recording, one line each. */
  public List<String> contents() {
    return FifContents.of(this);
  }

  @Override
  public void close() {
    inputs.forEach(FifInput::close);
  }
}
