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
    MemoryRecording recording = main.load();
    List<Marker> markers = file.markers();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("values", Tensor.of(recording.values(), recording.rows(), recording.channels()));
    tensors.put("stamps", Tensor.of(recording.stamps(), recording.rows()));
    tensors.put(
        "marker_times",
        Tensor.of(markers.stream().mapToDouble(Marker::time).toArray(), markers.size()));
    tensors.put(
        "marker_durations",
        Tensor.of(markers.stream().mapToDouble(Marker::durationSeconds).toArray(), markers.size()));
    new Safetensors(words(main.info(), markers), tensors).write(out, options.overwrite());
    return remarks;
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
