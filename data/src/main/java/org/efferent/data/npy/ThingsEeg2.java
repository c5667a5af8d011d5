package org.efferent.data.npy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;
import org.efferent.data.pickle.Pickle;

/**
 * A file of THINGS-EEG2 (Gifford et al., NeuroImage 2022) or made like one, open for reading by
 * range. One thread at a time uses it; who opened it closes it.
 *
 * <table>
 *   <caption>What is read</caption>
 *   <tr><th>file</th><th>what it is</th></tr>
 *   <tr><td>{@code raw_eeg_{training,test}.npy}</td><td>a dict in an NPY file: {@code raw_eeg_data}
 *       [channels × samples] in volt, {@code ch_names}, {@code ch_types}, {@code sfreq}: {@link
 *       #recording()}</td></tr>
 *   <tr><td>{@code preprocessed_eeg_*.npy} of the publishers</td><td>a dict in an NPY file: {@code
 *       preprocessed_eeg_data}, {@code ch_names}, {@code times}: epochs</td></tr>
 *   <tr><td>the same of NICE and ATM</td><td>a pickle for all its name, with the same keys; {@code
 *       meg_data} of THINGS-MEG too</td></tr>
 *   <tr><td>the same of SAMGA and NeuroBridge</td><td>an NPY file of numbers alone: epochs without
 *       names and times</td></tr>
 * </table>
 *
 * <p>Epochs have four axes, {@code [images × repetitions × channels × times]}. Five, {@code
 * [concepts × images × repetitions × channels × times]}, become four: images of a concept follow
 * each other. Longer than 300 lines by the table above.
 */
public final class ThingsEeg2 implements AutoCloseable {
  private final Path path;
  private final AutoCloseable owner;
  private final boolean raw;
  private final NpyArray data;
  private final List<ChannelInfo> channels;
  private final double[] times;
  private final double rateHz;

  private ThingsEeg2(
      Path path,
      AutoCloseable owner,
      boolean raw,
      NpyArray data,
      List<ChannelInfo> channels,
      double[] times,
      double rateHz) {
    this.path = path;
    this.owner = owner;
    this.raw = raw;
    this.data = data;
    this.channels = List.copyOf(channels);
    this.times = times;
    this.rateHz = rateHz;
  }

  /**
   * Opens a file; its numbers stay where they are.
   *
   * @param path the file
   * @return the file
   * @throws InputException if it is missing, damaged, or none of the kinds above
   * @throws UnsupportedInputException if it holds what is not read
   */
  public static ThingsEeg2 open(Path path) {
    if (!NpyKind.isNpy(path)) {
      Pickle pickle = Pickle.open(path);
      return owned(path, pickle, () -> of(path, pickle, pickle.value()));
    }
    NpyFile file = NpyFile.open(path);
    return owned(
        path, file, () -> of(path, file, file.isObjects() ? file.objects() : file.array()));
  }

  private static ThingsEeg2 owned(
      Path path, AutoCloseable owner, java.util.function.Supplier<ThingsEeg2> make) {
    try {
      return make.get();
    } catch (InputException | UnsupportedInputException e) {
      close(path, owner);
      throw e;
    }
  }

  private static void close(Path path, AutoCloseable owner) {
    try {
      owner.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new InputException(InputFiles.name(path) + ": could not be closed", e);
    }
  }

  private static ThingsEeg2 of(Path path, AutoCloseable owner, Object value) {
    String name = InputFiles.name(path);
    if (value instanceof NpyArray array) {
      NpyArray epochs = epochs(name, array);
      return new ThingsEeg2(path, owner, false, epochs, numbered(epochs.size(2)), new double[0], 0);
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InputException(
          name + ": a file of THINGS-EEG2 is a dict or an array; this one is something else");
    }
    if (map.get("raw_eeg_data") instanceof NpyArray data) {
      return raw(path, owner, map, data);
    }
    Object data = map.get("preprocessed_eeg_data");
    if (!((data == null ? map.get("meg_data") : data) instanceof NpyArray array)) {
      throw new InputException(
          "%s: a file of THINGS-EEG2 has raw_eeg_data, preprocessed_eeg_data or meg_data; it has %s"
              .formatted(name, map.keySet()));
    }
    NpyArray epochs = epochs(name, array);
    List<String> names = names(name, map.get("ch_names"), epochs.size(2));
    List<ChannelInfo> channels = new ArrayList<>();
    names.forEach(label -> channels.add(new ChannelInfo(label, data == null ? "MEG" : "EEG", "")));
    double[] times = times(name, map.get("times"), epochs.size(3));
    double rate = times.length > 1 ? (times.length - 1) / (times[times.length - 1] - times[0]) : 0;
    return new ThingsEeg2(path, owner, false, epochs, channels, times, rate > 0 ? rate : 0);
  }

  private static ThingsEeg2 raw(Path path, AutoCloseable owner, Map<?, ?> map, NpyArray data) {
    String name = InputFiles.name(path);
    if (data.axes() != 2 || !data.type().isNumber()) {
      throw new InputException(
          "%s: raw_eeg_data must be numbers [channels × samples]; shape=%s"
              .formatted(name, Arrays.toString(data.shape())));
    }
    List<String> names = names(name, map.get("ch_names"), data.size(0));
    List<String> types = strings(map.get("ch_types"));
    List<ChannelInfo> channels = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      boolean stim = (c < types.size() ? types.get(c) : names.get(c)).equalsIgnoreCase("stim");
      channels.add(new ChannelInfo(names.get(c), stim ? "TRIG" : "EEG", stim ? "" : "V"));
    }
    double rate = map.get("sfreq") instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new InputException(name + ": sfreq must be a positive number; sfreq=" + rate);
    }
    return new ThingsEeg2(path, owner, true, data, channels, new double[0], rate);
  }

  private static NpyArray epochs(String name, NpyArray array) {
    if ((array.axes() != 4 && array.axes() != 5) || !array.type().isNumber()) {
      throw new InputException(
          "%s: epochs must be numbers [images × repetitions × channels × times]; shape=%s of %s"
              .formatted(name, Arrays.toString(array.shape()), array.type().title()));
    }
    NpyArray epochs = array.axes() == 4 ? array : array.joined(0);
    if (epochs.size(1) * epochs.size(2) * epochs.size(3) > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          name + ": the epochs of one image are more than one array holds");
    }
    return epochs;
  }

  private static List<ChannelInfo> numbered(long count) {
    return StreamInfo.of("epochs", "EEG", 0, Math.toIntExact(Math.max(1, count))).channels();
  }

  private static List<String> strings(Object value) {
    if (value instanceof NpyArray array && array.type().isText()) {
      return array.strings();
    }
    List<String> strings = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> strings.add(String.valueOf(item instanceof String ? item : "")));
    }
    return strings;
  }

  private static List<String> names(String name, Object value, long channels) {
    List<String> names = strings(value);
    if (names.size() != channels || channels < 1) {
      throw new InputException(
          "%s: ch_names must name every channel; names=%d, channels=%d"
              .formatted(name, names.size(), channels));
    }
    return names;
  }

  /** Times of the samples; where more are named than there are samples, the last ones. */
  private static double[] times(String name, Object value, long samples) {
    double[] times =
        value instanceof NpyArray array && array.type().isNumber()
            ? array.doubles()
            : value instanceof List<?> list
                ? list.stream()
                    .mapToDouble(t -> t instanceof Number n ? n.doubleValue() : Double.NaN)
                    .toArray()
                : new double[0];
    if (times.length < samples) {
      throw new InputException(
          "%s: times must name every sample; times=%d, samples=%d"
              .formatted(name, times.length, samples));
    }
    // NICE cuts the baseline off the data and leaves it in the times.
    return Arrays.copyOfRange(times, times.length - (int) samples, times.length);
  }

  /** Whether it is a continuous recording, not epochs. */
  public boolean isRaw() {
    return raw;
  }

  /** The channels in order. */
  public List<ChannelInfo> channels() {
    return channels;
  }

  /** A copy of the times of an epoch's samples, seconds from the image on; none if not known. */
  public double[] times() {
    return times.clone();
  }

  /** Samples a second; 0 if not known. */
  public double sampleRateHz() {
    return rateHz;
  }

  /**
   * The epochs, {@code [images × repetitions × channels × times]}, in the units of the file (volt,
   * or noise-normalised numbers).
   *
   * @return a view of the file
   * @throws UnsupportedInputException if it is a continuous recording
   */
  public NpyArray epochs() {
    if (raw) {
      throw new UnsupportedInputException(
          InputFiles.name(path) + ": is a continuous recording; it has no epochs");
    }
    return data;
  }

  /**
   * Reads one epoch.
   *
   * @param image from 0
   * @param repetition from 0
   * @param into {@code [channels × times]}, row-major
   * @throws IndexOutOfBoundsException if there is no such epoch
   */
  public void readEpoch(long image, long repetition, double[] into) {
    NpyArray all = epochs();
    int[] count = {1, 1, (int) all.size(2), (int) all.size(3)};
    all.read(new long[] {image, repetition, 0, 0}, count, into, 0);
  }

  /**
   * The continuous recording: channels in volt, the trigger channel among them as TRIG, its onsets
   * as markers that are labelled with their code. Closing it closes this file.
   *
   * @return the recording
   * @throws UnsupportedInputException if the file has epochs
   */
  public RecordingFile recording() {
    if (!raw) {
      throw new UnsupportedInputException(
          InputFiles.name(path) + ": has epochs; it is no continuous recording");
    }
    StreamInfo info =
        new StreamInfo(
            InputFiles.name(path).replaceFirst("\\.[^.]*$", ""), "EEG", rateHz, "", channels);
    List<Marker> markers = new ArrayList<>();
    Optional<ChannelInfo> stim = channels.stream().filter(c -> c.kind().equals("TRIG")).findFirst();
    stim.ifPresent(channel -> onsets(data.at(0, channels.indexOf(channel)), markers));
    RegularRecording recording =
        new RegularRecording(
            info, data.size(1), 0, markers, new TurnedRows(path, data, this::close));
    return RecordingFile.of(
        path, "THINGS-EEG2 (NPY)", recording, RecordingAbout.UNKNOWN, List.of());
  }

  /** Where the code becomes another one that is not zero. */
  private void onsets(NpyArray codes, List<Marker> markers) {
    long samples = codes.size(0);
    double[] block = new double[(int) Math.min(samples, 1 << 15)];
    double before = 0;
    for (long from = 0; from < samples; from += block.length) {
      int n = (int) Math.min(block.length, samples - from);
      codes.read(new long[] {from}, new int[] {n}, block, 0);
      for (int i = 0; i < n; i++) {
        if (block[i] != before && block[i] != 0) {
          boolean whole = block[i] == Math.rint(block[i]) && Math.abs(block[i]) < 1e15;
          String label = whole ? Long.toString((long) block[i]) : Double.toString(block[i]);
          markers.add(new Marker((from + i) / rateHz, label));
        }
        before = block[i];
      }
    }
  }

  @Override
  public void close() {
    close(path, owner);
  }
}
