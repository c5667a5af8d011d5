package org.efferent.data.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.efferent.core.LocalClock;

/**
 * The content of an answer, read by one thread while it arrives. The JDK's own streams wait for
 * ever; this one gives up when, within a stretch of {@code stall}, fewer than {@code leastBytes}
 * have arrived. At most one delivery waits in memory.
 */
final class TimedBody implements HttpResponse.BodySubscriber<TimedBody>, AutoCloseable {
  /** What came: content, or the end of it, good or bad. */
  private record Delivery(List<ByteBuffer> items, boolean last) {}

  private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<TimedBody> self = CompletableFuture.completedFuture(this);
  private final LocalClock clock;
  private final WebOptions options;

  private volatile Flow.Subscription subscription;
  private volatile Throwable failure;

  // Of the reading thread alone.
  private List<ByteBuffer> current = List.of();
  private int next;
  private boolean ended;
  private long stretchEnd;
  private long inStretch;

  TimedBody(WebOptions options, LocalClock clock) {
    this.options = options;
    this.clock = clock;
    this.stretchEnd = clock.nanos() + options.stall().toNanos();
  }

  @Override
  public CompletionStage<TimedBody> getBody() {
    return self;
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    from.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    queue.add(new Delivery(items, false));
  }

  @Override
  public void onError(Throwable throwable) {
    failure = throwable;
    queue.add(new Delivery(List.of(), true));
  }

  @Override
  public void onComplete() {
    queue.add(new Delivery(List.of(), true));
  }

  /**
   * Reads what is there, waiting for at least a byte.
   *
   * @param into filled from its beginning
   * @return how many bytes; -1 at the end of the content
   * @throws HttpTimeoutException if the server stands still
   * @throws IOException if the connection broke
   */
  int read(byte[] into) throws IOException, InterruptedException {
    while (!ended) {
      while (next < current.size()) {
        ByteBuffer buffer = current.get(next);
        int n = Math.min(into.length, buffer.remaining());
        if (n > 0) {
          buffer.get(into, 0, n);
          arrived(n);
          return n;
        }
        next++;
      }
      refill();
    }
    if (failure != null) {
      throw new IOException(reason(failure), failure);
    }
    return -1;
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private void arrived(int bytes) throws HttpTimeoutException {
    inStretch += bytes;
    if (clock.nanos() >= stretchEnd) {
      nextStretch();
    }
  }

  private void refill() throws HttpTimeoutException, InterruptedException {
    Delivery delivery = queue.poll();
    while (delivery == null) {
      long wait = stretchEnd - clock.nanos();
      if (wait <= 0) {
        nextStretch();
      } else {
        delivery = queue.poll(wait, TimeUnit.NANOSECONDS);
      }
    }
    if (delivery.last()) {
      ended = true;
      return;
    }
    current = delivery.items();
    next = 0;
    subscription.request(1);
  }

  private void nextStretch() throws HttpTimeoutException {
    if (inStretch < options.leastBytes()) {
      close();
      throw new HttpTimeoutException(
          "only %d bytes arrived in %s s".formatted(inStretch, seconds(options)));
    }
    inStretch = 0;
    stretchEnd = clock.nanos() + options.stall().toNanos();
  }

  static String seconds(WebOptions options) {
    double seconds = options.stall().toMillis() / 1e3;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  /** Ends the delivery; the connection is dropped if content was left. */
  @Override
  public void close() {
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
  }
}
