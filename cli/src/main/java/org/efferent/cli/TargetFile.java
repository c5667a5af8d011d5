package org.efferent.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.target.AudioFile;

/**
 * Where targets go: {@code .npy}, a row a file, with a file of names beside it; or safetensors with
 * the names inside.
 */
final class TargetFile {
  private final Path out;
  private final boolean force;
  private final boolean npy;
  private final List<List<Long>> shapes = new ArrayList<>();

  TargetFile(Path out, boolean force) {
    this.out = out;
    this.force = force;
    String name = InputFiles.name(out).toLowerCase(Locale.ROOT);
    npy = name.endsWith(".npy");
    if (!npy && !name.endsWith(".safetensors")) {
      throw new UsageException("--out must end in .npy or .safetensors; out=" + out);
    }
  }

  /** Says that something is there already, before anything is computed. */
  void refuseExisting() {
    RunRecord.refuseExistingWithRecord(out, force);
    namesFile().ifPresent(file -> RunRecord.refuseExisting(file, force));
  }

  /** Where the names are; empty if inside. */
  Optional<Path> namesFile() {
    String stem = InputFiles.name(out).replaceFirst("\\.[^.]*$", "");
    return npy ? Optional.of(out.resolveSibling(stem + ".names.txt")) : Optional.empty();
  }

  /** Sizes of what a file became, one each. */
  List<List<Long>> shapes() {
    return shapes;
  }

  /**
   * Encodes images, a batch at a time, and writes them.
   *
   * @param names a row each
   * @param files images
   * @param batch how many at once
   * @param encoder {@code [images × …]} of images
   */
  void images(
      List<String> names, List<Path> files, int batch, Function<List<Path>, Tensor> encoder) {
    List<float[]> rows = new ArrayList<>();
    long[] shape = new long[0];
    for (int from = 0; from < files.size(); from += batch) {
      Tensor made = encoder.apply(files.subList(from, Math.min(files.size(), from + batch)));
      long[] each = Arrays.copyOfRange(made.shape(), 1, made.shape().length);
      float[] values = made.floats();
      int size = values.length / (int) made.shape()[0];
      checkRoom(size, names.size());
      for (int i = 0; i < made.shape()[0]; i++) {
        rows.add(
            row(names.get(from + i), Arrays.copyOfRange(values, i * size, (i + 1) * size), each));
      }
      shape = each;
    }
    stacked(names, rows, shape);
  }

  /**
   * Computes targets of audio and writes them.
   *
   * @param names a row each
   * @param files audio
   * @param encoder {@code [numbers × time]} or {@code [numbers]} of one audio
   */
  void audio(List<String> names, List<Path> files, Function<AudioFile, Tensor> encoder) {
    Map<String, Tensor> made = new LinkedHashMap<>();
    List<float[]> rows = new ArrayList<>();
    long[] shape = null;
    for (int i = 0; i < files.size(); i++) {
      Tensor one = encoder.apply(AudioFile.read(files.get(i)));
      if (npy && shape != null && !Arrays.equals(shape, one.shape())) {
        throw new UsageException(
            "%s: in one .npy all must be of one length; %s is %s, %s is %s; give --out FILE.safetensors, or one file at a time"
                .formatted(
                    out,
                    names.get(0),
                    Arrays.toString(shape),
                    names.get(i),
                    Arrays.toString(one.shape())));
      }
      shape = one.shape();
      rows.add(row(names.get(i), one.floats(), shape));
      made.put(names.get(i), one);
    }
    if (npy) {
      stacked(names, rows, shape);
    } else {
      new Safetensors(Map.of(), made).write(out, force);
    }
  }

  private float[] row(String name, float[] values, long[] shape) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InputException(
            "%s: its embedding must be finite; value=%s; the model or its description does not fit"
                .formatted(name, value));
      }
    }
    shapes.add(Arrays.stream(shape).boxed().toList());
    return values;
  }

  private void checkRoom(int size, int rows) {
    if ((long) size * rows > Integer.MAX_VALUE / 4) {
      throw new UsageException(
          "%s: targets of one file may have 2 GB; rows=%d, numbers a row=%d; give fewer files, or pool"
              .formatted(out, rows, size));
    }
  }

  /** Writes rows of one shape. */
  private void stacked(List<String> names, List<float[]> rows, long[] shape) {
    long[] all = new long[shape.length + 1];
    all[0] = rows.size();
    System.arraycopy(shape, 0, all, 1, shape.length);
    int size = rows.get(0).length;
    checkRoom(size, rows.size());
    ByteBuffer bytes = ByteBuffer.allocate(4 * size * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
    rows.forEach(
        row -> {
          for (float value : row) {
            bytes.putFloat(value);
          }
        });
    Tensor tensor = new Tensor(org.efferent.data.TensorType.F32, all, bytes.array());
    if (npy) {
      Npy.write(out, tensor, force);
      RunRecord.writeText(namesFile().orElseThrow(), String.join("\n", names) + "\n", force);
    } else {
      new Safetensors(Map.of("names", String.join("\n", names)), Map.of("embeddings", tensor))
          .write(out, force);
    }
  }
}
