package org.efferent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.efferent.core.EfferentException;
import org.efferent.data.InputFiles;
import org.efferent.filters.calibration.Versions.Version;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderTraining.Trained;
import org.efferent.filters.loop.SessionDecoderFile;

/**
 * Saves the decoders of a session into its folder: each as it comes into use, on a thread of its
 * own, and at the end the one in use. A decoder that cannot be saved does not end the session; the
 * reason is told at its end.
 */
final class SessionDecoders implements AutoCloseable {
  /** The decoder in use at the end. */
  static final String LAST = "decoder.safetensors";

  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final List<String> features;
  private final String stream;
  private final List<String> saved = new CopyOnWriteArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          body -> {
            Thread made = new Thread(body, "efferent-decoders");
            made.setDaemon(true);
            return made;
          });
  private volatile String failure;
  private long newest;

  SessionDecoders(Path folder, List<String> features, String stream) {
    this.folder = folder;
    this.features = features;
    this.stream = stream;
  }

  /** Looks whether another decoder is in use; on the thread that decodes, and cheap. */
  void accept(ClosedLoop loop) {
    if (loop.versions().isEmpty()) {
      return;
    }
    Version<Trained> current = loop.versions().get().current();
    if (current.number() > newest) {
      newest = current.number();
      SessionDecoderFile file = SessionDecoderFile.of(current.value(), features, stream);
      thread.execute(() -> save(file, "decoder-" + current.number() + ".safetensors"));
    }
  }

  private void save(SessionDecoderFile file, String name) {
    try {
      file.save(folder.resolve(name), false);
      saved.add(name);
    } catch (EfferentException e) {
      failure = failure == null ? e.getMessage() : failure;
    }
  }

  /**
   * Saves the decoder in use, if there is one, after those that wait; the session is over.
   *
   * @return why one of them was not saved
   */
  Optional<String> end(ClosedLoop loop) throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      failure =
          "%s: decoders still wait to be saved; the disk does not keep up"
              .formatted(InputFiles.name(folder));
    }
    loop.versions()
        .ifPresent(
            versions ->
                save(SessionDecoderFile.of(versions.current().value(), features, stream), LAST));
    return Optional.ofNullable(failure);
  }

  /** Names of the files so far. */
  List<String> saved() {
    return List.copyOf(saved);
  }

  /** Ends the thread when it has saved what waits. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
