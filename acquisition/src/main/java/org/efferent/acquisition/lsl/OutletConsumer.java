package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** One consumer of an outlet: its queue, and the thread that writes it to the socket. */
final class OutletConsumer {
  private static final long IDLE_NANOS = 500_000_000L;
  private static final int BATCH_BYTES = 65_536;

  private final Socket socket;
  private final SampleQueue queue;
  private final int maxChunk;
  private int sinceSignal;
  private byte[] out = new byte[BATCH_BYTES];
  private int filled;
  private boolean first = true;

  OutletConsumer(Socket socket, int maxBuffer, int maxChunk) {
    this.socket = socket;
    this.queue = new SampleQueue(maxBuffer);
    this.maxChunk = maxChunk;
  }

  /** Adds a sample; called by the pushing thread, which holds the lock of the outlet. */
  void offer(double stamp, boolean deduced, byte[] payload, int length, boolean pushThrough) {
    queue.offer(stamp, deduced, 0, payload, 0, length, false);
    sinceSignal++;
    if (pushThrough || (maxChunk > 0 && sinceSignal >= maxChunk)) {
      sinceSignal = 0;
      queue.signal();
    }
  }

  long dropped() {
    return queue.dropped();
  }

  /** Nothing more will be offered; {@link #run} ends when the queue is empty. */
  void end() {
    queue.end(null);
  }

  /** Ends the connection at once. */
  void kill() {
    queue.end(null);
    queue.clear();
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      queue.clear();
    }
  }

  /** Writes until the outlet ends or the consumer goes. */
  void run() throws IOException, InterruptedException {
    OutputStream stream = socket.getOutputStream();
    SampleQueue.Taker taker = this::take;
    while (true) {
      filled = 0;
      int taken = queue.take(taker, IDLE_NANOS, true);
      if (taken < 0) {
        return;
      }
      if (taken == 0 && isGone()) {
        return;
      }
      stream.write(out, 0, filled);
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

  /** A consumer says nothing after its request, so all there is to read is its end. */
  private boolean isGone() throws IOException {
    socket.setSoTimeout(1);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
