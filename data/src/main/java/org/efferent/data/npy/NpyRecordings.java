package org.efferent.data.npy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.pickle.Pickle;

/**
 * What is in NPY and NPZ files and in pickles, as a {@link RecordingFile}: a raw file of
 * THINGS-EEG2 is a recording; arrays have no rate and no channels and are told in its contents, as
 * in {@code array data: float32 [200 × 63 × 250]}.
 */
public final class NpyRecordings {
  private static final int MOST_LINES = 1000;

  private NpyRecordings() {}

  /**
   * Opens a file.
   *
   * @param path an NPY file, an NPZ archive, or a pickle
   * @return the recording, if it is one, and what else there is
   * @throws org.efferent.core.InputException if it is missing, damaged or none of these
   * @throws org.efferent.core.UnsupportedInputException if it holds what is not read
   */
  public static RecordingFile open(Path path) {
    List<String> contents = new ArrayList<>();
    if (NpyKind.isZip(path)) {
      try (Npz npz = Npz.open(path)) {
        npz.names().forEach(name -> contents.add(line(name, npz.array(name))));
      }
      return file(path, "NPZ", contents);
    }
    boolean npy = NpyKind.isNpy(path);
    if (npy) {
      try (NpyFile file = NpyFile.open(path)) {
        if (!file.isObjects()) {
          contents.add(line("", file.array()));
          return file(path, "NPY", contents);
        }
        if (!isRaw(file.objects())) {
          tell(file.objects(), contents);
          return file(path, "NPY", contents);
        }
      }
      return ThingsEeg2.open(path).recording();
    }
    try (Pickle pickle = Pickle.open(path)) {
      if (!isRaw(pickle.value())) {
        tell(pickle.value(), contents);
        return file(path, "pickle", contents);
      }
    }
    return ThingsEeg2.open(path).recording();
  }

  private static boolean isRaw(Object value) {
    return value instanceof Map<?, ?> map && map.get("raw_eeg_data") instanceof NpyArray;
  }

  private static RecordingFile file(Path path, String format, List<String> contents) {
    return new RecordingFile(
        path, format, List.of(), List.of(), RecordingAbout.UNKNOWN, contents, List.of());
  }

  private static void tell(Object value, List<String> contents) {
    if (!(value instanceof Map<?, ?> map)) {
      contents.add(value instanceof NpyArray array ? line("", array) : "a value that is no array");
      return;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (contents.size() >= MOST_LINES) {
        contents.add("and " + (map.size() - MOST_LINES) + " more entries");
        return;
      }
      String key = String.valueOf(entry.getKey());
      contents.add(
          entry.getValue() instanceof NpyArray array
              ? line(key, array)
              : entry.getValue() instanceof List<?> list
                  ? "list " + key + ": " + list.size() + " values"
                  : "value " + key);
    }
  }

  private static String line(String name, NpyArray array) {
    String sizes =
        String.join(" × ", Arrays.stream(array.shape()).mapToObj(Long::toString).toList());
    return "array%s: %s [%s]"
        .formatted(name.isEmpty() ? "" : " " + name, array.type().title(), sizes);
  }
}
