package org.efferent.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.Npz;

/**
 * A recording as arrays.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>array</th><th>shape</th><th>what</th></tr>
 *   <tr><td>values</td><td>[rows × channels]</td><td>in the units of the channels</td></tr>
 *   <tr><td>stamps</td><td>[rows]</td><td>seconds</td></tr>
 *   <tr><td>marker_times, marker_durations</td><td>[markers]</td><td>seconds</td></tr>
 * </table>
 *
 * <p>Words: {@code name}, {@code type}, {@code rate} in hertz; {@code labels}, {@code kinds},
 * {@code units} and {@code marker_labels}, one a line.
 */
final class TensorFiles {
  private TensorFiles() {}

  static List<String> safetensors(Path out, RecordingFile file, ConvertOptions options) {
    List<String> remarks = new ArrayList<>();
    Recording main = Conversion.single(file, "safetensors", remarks);
    new Safetensors(words(main.info(), file.markers()), tensors(main, file.markers()))
        .write(out, options.overwrite());
    return remarks;
  }

  static List<String> npz(Path out, RecordingFile file, ConvertOptions options) {
    List<String> remarks = new ArrayList<>();
    Recording main = Conversion.single(file, "NPZ", remarks);
    Map<String, List<String>> texts = new LinkedHashMap<>();
    words(main.info(), file.markers())
        .forEach((key, value) -> texts.put(key, List.of(value.split("\n", -1))));
    Npz.write(out, tensors(main, file.markers()), texts, false, options.overwrite());
    return remarks;
  }

  /** The values alone. */
  static List<String> npy(Path out, RecordingFile file, ConvertOptions options) {
    List<String> remarks = new ArrayList<>();
    MemoryRecording recording = Conversion.single(file, "NPY", remarks).load();
    Npy.write(
        out,
        Tensor.of(recording.values(), recording.rows(), recording.channels()),
        options.overwrite());
    remarks.add(
        "NPY holds the values alone, [samples × channels]: rate, labels, stamps and markers are left"
            + " out; .npz keeps them");
    return remarks;
  }

  private static Map<String, Tensor> tensors(Recording main, List<Marker> markers) {
    MemoryRecording recording = main.load();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("values", Tensor.of(recording.values(), recording.rows(), recording.channels()));
    tensors.put("stamps", Tensor.of(recording.stamps(), recording.rows()));
    tensors.put(
        "marker_times",
        Tensor.of(markers.stream().mapToDouble(Marker::time).toArray(), markers.size()));
    tensors.put(
        "marker_durations",
        Tensor.of(markers.stream().mapToDouble(Marker::durationSeconds).toArray(), markers.size()));
    return tensors;
  }

  private static Map<String, String> words(StreamInfo info, List<Marker> markers) {
    List<ChannelInfo> channels = info.channels();
    Map<String, String> words = new LinkedHashMap<>();
    words.put("name", info.name());
    words.put("type", info.type());
    words.put("rate", Double.toString(info.sampleRateHz()));
    words.put("labels", lines(channels.stream().map(ChannelInfo::label).toList()));
    words.put("kinds", lines(channels.stream().map(ChannelInfo::kind).toList()));
    words.put("units", lines(channels.stream().map(ChannelInfo::unit).toList()));
    words.put("marker_labels", lines(markers.stream().map(Marker::label).toList()));
    return words;
  }

  private static String lines(List<String> texts) {
    return String.join("\n", texts.stream().map(t -> t.replace('\n', ' ')).toList());
  }
}
