package org.efferent.viz.dashboard;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.viz.IfExists;

/**
 * Writes frames as a numbered sequence of PNG, without loss and on a thread of its own; a frame
 * that comes while four wait is dropped and counted. One thread offers.
 */
final class FrameRecorder implements AutoCloseable {
  private static final int WAITING = 4;
  private static final BufferedImage END = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

  private final Path folder;
  private final ArrayBlockingQueue<BufferedImage> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile String failure = "";

  /**
   * Begins.
   *
   * @param folder where {@code frame-00001.png} and those after it go; made if need be
   */
  FrameRecorder(Path folder) {
    this.folder = folder;
    thread = new Thread(this::run, "efferent-dashboard-recorder");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a frame, which is not modified any more; never waits. */
  void offer(BufferedImage frame) {
    if (!failure.isEmpty() || !queue.offer(frame)) {
      dropped.incrementAndGet();
    }
  }

  @SuppressWarnings("ReferenceEquality") // the one picture that says the end
  private void run() {
    try {
      for (BufferedImage frame = queue.take(); frame != END; frame = queue.take()) {
        String name = String.format(Locale.ROOT, "frame-%05d.png", written.get() + 1);
        DashboardPicture.write(frame, folder.resolve(name), IfExists.FAIL);
        written.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e.getMessage();
    }
  }

  long written() {
    return written.get();
  }

  long dropped() {
    return dropped.get();
  }

  /** What stopped it; empty if nothing did. */
  String failure() {
    return failure;
  }

  Path folder() {
    return folder;
  }

  /** Writes what waits, for at most five seconds. */
  @Override
  public void close() {
    try {
      if (!queue.offer(END, 5, java.util.concurrent.TimeUnit.SECONDS)) {
        thread.interrupt();
      }
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
