package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/**
 * One consumer of an outlet: its queue, the thread that writes it to the socket, and the thread
 * that sees the peer leave.
 */
final class OutletConsumer {
  private static final int BATCH_BYTES = 65_536;

  private final Socket socket;
  private final SampleQueue queue;
  private final int maxChunk;
  private final Thread watcher;
  private int sinceSignal;
  private byte[] out = new byte[BATCH_BYTES];
  private int filled;
  private boolean first = true;

  OutletConsumer(LslStreamInfo info, Socket socket, int maxBuffer, int maxChunk) {
    this.socket = socket;
    this.queue = SampleQueue.of(info.format(), maxBuffer);
    this.maxChunk = maxChunk;
    this.watcher = new Thread(this::watch, "efferent-lsl-watch-" + info.name());
    watcher.setDaemon(true);
  }

  /** Adds a sample; called by the pushing thread, which holds the lock of the outlet. */
  void offer(double stamp, boolean deduced, byte[] payload, int length, boolean pushThrough) {
    queue.offer(stamp, deduced, 0, null, payload, 0, length, false);
    sinceSignal++;
    if (pushThrough || (maxChunk > 0 && sinceSignal >= maxChunk)) {
      sinceSignal = 0;
      queue.signal();
    }
  }

  long dropped() {
    return queue.dropped();
  }

  /** Samples that were offered and are not written yet. */
  int waiting() {
    return queue.available();
  }

  /** Nothing more will be offered; {@link #run} ends when the queue is empty. */
  void end() {
    queue.end(null);
  }

  /** Writes until the outlet ends or the consumer goes; the caller then closes the socket. */
  void run() throws IOException, InterruptedException {
    OutputStream stream = socket.getOutputStream();
    SampleQueue.Taker taker = this::take;
    watcher.start();
    while (queue.take(taker, Long.MAX_VALUE, true) >= 0) {
      stream.write(out, 0, filled);
      filled = 0;
    }
  }

  private boolean take(SampleQueue.Slot slot, boolean afterGap) {
    int most = 9 + slot.length;
    if (filled + most > out.length) {
      if (filled > 0) {
        return false;
      }
      out = Arrays.copyOf(out, most);
    }
    if (slot.deduced && !first && !afterGap) {
      out[filled++] = Frames.DEDUCED;
    } else {
      out[filled++] = Frames.STAMPED;
      Numbers.putDouble(out, filled, slot.stamp);
      filled += 8;
    }
    first = false;
    System.arraycopy(slot.bytes, 0, out, filled, slot.length);
    filled += slot.length;
    return true;
  }

  /**
   * Waits for the peer to close, on a thread of its own so that no sample ever waits for it: a
   * consumer says nothing after its request, so all there is to read is its end.
   */
  private void watch() {
    byte[] ignored = new byte[256];
    try (socket) {
      InputStream in = socket.getInputStream();
      int read = 0;
      while (read >= 0) {
        read = in.read(ignored);
      }
    } catch (IOException e) {
      // A reset, or our own end; the consumer is gone either way.
    } finally {
      queue.end(null);
      queue.clear();
    }
  }
}
