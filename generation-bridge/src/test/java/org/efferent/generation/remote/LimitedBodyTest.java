package org.efferent.generation.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
  private final AtomicBoolean cancelled = new AtomicBoolean();

  private LimitedBody body() {
    return body(-1);
  }

  private LimitedBody body(long announced) {
    LimitedBody body = new LimitedBody(4, announced);
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled.set(true);
          }
        });
    return body;
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  void piecesUpToTheLimitBecomeOne() {
    LimitedBody body = body();
    body.onNext(List.of(bytes(1, 2), bytes(3)));
    body.onNext(List.of(bytes(4)));
    body.onComplete();
    assertThat(body.getBody().toCompletableFuture().getNow(new byte[0]))
        .containsExactly(1, 2, 3, 4);
    assertThat(cancelled).isFalse();
  }

  @Test
  void piecesBeyondTheLimitTogetherEndIt() {
    LimitedBody body = body();
    body.onNext(List.of(bytes(1, 2), bytes(3)));
    body.onNext(List.of(bytes(4, 5)));
    CompletableFuture<byte[]> whole = body.getBody().toCompletableFuture();
    assertThat(whole).isCompletedExceptionally();
    assertThat(cancelled).isTrue();
  }

  /** What is announced may be more or less than what comes, or than the limit. */
  @Test
  void whatIsAnnouncedIsNotBelieved() {
    for (long announced : new long[] {0, 2, 3, 4, 5, Long.MAX_VALUE}) {
      LimitedBody body = body(announced);
      body.onNext(List.of(bytes(1, 2), bytes(3)));
      body.onComplete();
      assertThat(body.getBody().toCompletableFuture().getNow(new byte[0])).containsExactly(1, 2, 3);
    }
  }
}
