package org.efferent.retrieval.evaluate;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.NpyFile;
import org.efferent.data.npy.NpyFloatReader;
import org.efferent.data.npy.NpyType;

/**
 * Embeddings of a file: {@code FILE.npy}, read piece by piece where it has 256 MB or more, or
 * {@code FILE.safetensors#NAME}; the name may be left out where the file has one tensor.
 */
public final class EmbeddingFile implements AutoCloseable {
  private static final long READ_FROM = 1L << 26;

  private final Path path;
  private final Embeddings embeddings;
  private final NpyFloatReader reader;

  private EmbeddingFile(Path path, Embeddings embeddings, NpyFloatReader reader) {
    this.path = path;
    this.embeddings = embeddings;
    this.reader = reader;
  }

  /**
   * Opens a file.
   *
   * @param text {@code FILE.npy} or {@code FILE.safetensors#NAME}
   * @return its embeddings
   * @throws UsageException if it is neither, or does not say which tensor is meant
   * @throws org.efferent.core.InputException if it is missing, damaged or has no embeddings
   */
  public static EmbeddingFile open(String text) {
    return open(text, READ_FROM);
  }

  /** The same, read piece by piece from so many numbers on. */
  static EmbeddingFile open(String text, long readFrom) {
    Path path = path(text);
    String name = String.valueOf(path.getFileName());
    if (!name.toLowerCase(Locale.ROOT).endsWith(".npy") || !isLarge(path, readFrom)) {
      return new EmbeddingFile(path, Embeddings.of(shown(text), tensor(text)), null);
    }
    NpyFloatReader floats = NpyFloatReader.open(path);
    return new EmbeddingFile(path, Embeddings.of(name, floats), floats);
  }

  /**
   * An array of numbers of a file.
   *
   * @param text as {@link #open}
   * @return the array
   */
  public static Tensor tensor(String text) {
    Path path = path(text);
    if (String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return Npy.read(path);
    }
    Safetensors file = Safetensors.read(path);
    int hash = text.lastIndexOf('#');
    if (hash > 0) {
      return file.tensor(text.substring(hash + 1));
    }
    Map<String, Tensor> tensors = file.tensors();
    if (tensors.size() != 1) {
      throw new UsageException(
          "%s: name one of its tensors as FILE#NAME; tensors=%s"
              .formatted(path, String.join(", ", tensors.keySet())));
    }
    return tensors.values().iterator().next();
  }

  /** Large enough to be read piece by piece, and of the only kind that can be. */
  private static boolean isLarge(Path path, long readFrom) {
    try (NpyFile file = NpyFile.open(path)) {
      NpyType type = file.type();
      long elements = 1;
      for (long size : file.shape()) {
        elements *= size;
      }
      return elements >= readFrom
          && type.kind() == NpyType.Kind.FLOAT
          && type.bytes() == 4
          && type.order() == ByteOrder.LITTLE_ENDIAN
          && !file.isFortran();
    }
  }

  private static Path path(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int hash = text.lastIndexOf('#');
    if (lower.endsWith(".npy") || lower.endsWith(".safetensors")) {
      return Path.of(text);
    }
    if (hash > 0 && lower.substring(0, hash).endsWith(".safetensors")) {
      return Path.of(text.substring(0, hash));
    }
    throw new UsageException(
        "embeddings are read from FILE.npy or FILE.safetensors#NAME; file=" + text);
  }

  private static String shown(String text) {
    return text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  }

  /** The file itself. */
  public Path path() {
    return path;
  }

  /** Its embeddings; not read any more once this is closed. */
  public Embeddings embeddings() {
    return embeddings;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
