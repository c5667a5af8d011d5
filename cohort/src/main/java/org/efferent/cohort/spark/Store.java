package org.efferent.cohort.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.Safetensors;

/**
 * The folder of the results on whatever file system it lies, seen from the driver and from workers.
 * Files are written beside their place and moved there: who sees one sees all of it.
 *
 * @param root the folder, as a URI
 */
record Store(String root) implements Serializable {
  static final String LIST = "work/recordings.jsonl";
  static final String RUN = "cohort.json";
  private static final long serialVersionUID = 1;

  /** Settings of Hadoop that the run has, on the driver and on workers. */
  static Configuration configuration() {
    SparkEnv env = SparkEnv.get();
    return env == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(env.conf());
  }

  /** A path or a URI, as a URI of its file system. */
  static Path qualified(String text, Configuration configuration) {
    try {
      Path path =
          text.contains("://") || text.startsWith("file:")
              ? new Path(text)
              : new Path(java.nio.file.Path.of(text).toAbsolutePath().normalize().toUri());
      return path.getFileSystem(configuration).makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(text, e);
    } catch (RuntimeException e) {
      // How Hadoop says that it knows a kind of file system whose classes are not there.
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new InputException(
            "%s: the class path reads no such file system; docs/how-to/cohort.md says which jars it needs and how EFFERENT_SPARK_JARS names them (%s)"
                .formatted(text, e.getCause().getMessage()),
            e);
      }
      throw e;
    }
  }

  private static InputException unreachable(String text, Exception e) {
    return new InputException(
        "%s: its file system cannot be reached: %s; check the address and the settings (spark.hadoop.…)"
            .formatted(text, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }

  /**
   * Asks a store behind S3's interface whether it is there, without trying again. In the run itself
   * a request is tried again for minutes, which is right for what goes on for hours. Settings of a
   * single bucket ({@code fs.s3a.bucket.NAME.…}) go before these. No test of the build has a store.
   *
   * @throws InputException if it does not answer
   */
  static void ask(String text) {
    Path path = qualified(text, configuration());
    if (!"s3a".equals(path.toUri().getScheme())) {
      return;
    }
    Configuration once = new Configuration(configuration());
    once.set("fs.s3a.attempts.maximum", "0");
    once.set("fs.s3a.retry.limit", "0");
    try (FileSystem files = FileSystem.newInstance(path.toUri(), once)) {
      files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      // It answers; whether that is all right is said where the path is used.
    } catch (IOException e) {
      throw unreachable(text, e);
    }
  }

  /** The path on this machine, if it is one. */
  static Optional<java.nio.file.Path> local(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file")
        ? Optional.of(java.nio.file.Path.of(path.toUri().getPath()))
        : Optional.empty();
  }

  static String recording(int index) {
    return "work/recordings/%08d".formatted(index);
  }

  static String participant(String name) {
    return "work/participants/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  Path path(String name) {
    return new Path(root + "/" + name);
  }

  FileSystem files() {
    try {
      FileSystem files = path("").getFileSystem(configuration());
      files.setWriteChecksum(false); // or local folders fill with a second file beside every file
      return files;
    } catch (IOException e) {
      throw failed("", e);
    }
  }

  private UsageException failed(String name, IOException e) {
    return new UsageException(
        "%s/%s: cannot be read or written: %s; with a cluster the results must lie where every machine sees them"
            .formatted(root, name, e.getMessage()),
        e);
  }

  boolean exists(String name) {
    try {
      return files().exists(path(name));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Names in a folder, in order; none where it is not there. */
  List<String> list(String folder) {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : files().listStatus(path(folder))) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return names;
    } catch (IOException e) {
      throw failed(folder, e);
    }
    names.sort(null);
    return names;
  }

  void delete(String name) {
    try {
      files().delete(path(name), true);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  String text(String name) {
    try (InputStream in = files().open(path(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  void write(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes something. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  void write(String name, Content content) {
    FileSystem files = files();
    Path to = path(name);
    Path beside = new Path(to.getParent(), "." + to.getName() + "." + java.util.UUID.randomUUID());
    try {
      try (OutputStream out = files.create(beside, true)) {
        content.to(out);
      }
      files.delete(to, false);
      if (!files.rename(beside, to)) {
        throw new IOException("it could not be moved to its place");
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  void write(String name, Safetensors tensors) {
    write(name, tensors::writeTo);
  }

  Safetensors tensors(String name) {
    Optional<java.nio.file.Path> local = local(path(name));
    if (local.isPresent()) {
      return Safetensors.read(local.get());
    }
    java.nio.file.Path file = temporary();
    try (InputStream in = files().open(path(name))) {
      Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return Safetensors.read(file);
    } catch (IOException e) {
      throw failed(name, e);
    } finally {
      remove(file);
    }
  }

  private static java.nio.file.Path temporary() {
    try {
      return Files.createTempFile("efferent-cohort", ".safetensors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(java.nio.file.Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
