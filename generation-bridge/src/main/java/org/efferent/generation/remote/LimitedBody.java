package org.efferent.generation.remote;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The content of an answer in memory, up to a limit. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** The answer is longer than it may be; another attempt would not make it shorter. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final int most;
  private byte[] content;
  private int size;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private Flow.Subscription subscription;

  /**
   * Content that is to come.
   *
   * @param most bytes that it may have
   * @param announced bytes by the answer's header; negative if it does not say. What is announced
   *     within the limit has its place at once, so that it need not be moved when more comes.
   */
  LimitedBody(int most, long announced) {
    this.most = most;
    this.content = new byte[announced < 0 || announced > most ? 0 : (int) announced];
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    from.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      if (item.remaining() > most - size) {
        subscription.cancel();
        whole.completeExceptionally(new TooLong());
        return;
      }
      int all = size + item.remaining();
      if (all > content.length) {
        content = Arrays.copyOf(content, (int) Math.min(most, Math.max(all, 2L * content.length)));
      }
      item.get(content, size, item.remaining());
      size = all;
    }
  }

  @Override
  public void onError(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    whole.complete(size == content.length ? content : Arrays.copyOf(content, size));
  }
}
