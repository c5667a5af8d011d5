package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Content that trickles, on a clock that the test turns. */
class TimedBodyTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final TimedBody body =
      new TimedBody(WebOptions.DEFAULTS.withStall(Duration.ofSeconds(10)), now::get);
  private final AtomicLong asked = new AtomicLong();
  private boolean cancelled;

  private void subscribe() {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            asked.addAndGet(n);
          }

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
  }

  private void arrive(int bytes) {
    body.onNext(List.of(ByteBuffer.allocate(bytes)));
  }

  @Test
  void aTrickleIsAStandstill() throws Exception {
    subscribe();
    byte[] buffer = new byte[100];
    for (int i = 0; i < 9; i++) {
      now.addAndGet(SECOND);
      arrive(1);
      assertThat(body.read(buffer)).isEqualTo(1);
    }
    now.addAndGet(SECOND);
    arrive(1);
    assertThatThrownBy(() -> body.read(buffer))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("only 10 bytes arrived in 10 s");
    assertThat(cancelled).isTrue();
  }

  @Test
  void whatIsSlowButGoesOnIsWaitedFor() throws Exception {
    subscribe();
    byte[] buffer = new byte[4096];
    for (int i = 0; i < 100; i++) {
      now.addAndGet(SECOND);
      arrive(200);
      assertThat(body.read(buffer)).isEqualTo(200);
    }
    body.onComplete();
    assertThat(body.read(buffer)).isEqualTo(-1);
    assertThat(body.read(buffer)).isEqualTo(-1);
  }

  @Test
  void oneDeliveryAtATimeIsAskedFor() throws Exception {
    subscribe();
    assertThat(asked).hasValue(1);
    body.onNext(List.of(ByteBuffer.allocate(5), ByteBuffer.allocate(0), ByteBuffer.allocate(3)));
    byte[] buffer = new byte[4];
    assertThat(body.read(buffer)).isEqualTo(4);
    assertThat(asked).hasValue(2);
    assertThat(body.read(buffer)).isEqualTo(1);
    assertThat(body.read(buffer)).isEqualTo(3);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aBrokenConnectionIsToldAfterWhatCameBefore() throws Exception {
    subscribe();
    arrive(3);
    body.onError(new IOException("reset"));
    byte[] buffer = new byte[4];
    assertThat(body.read(buffer)).isEqualTo(3);
    assertThatThrownBy(() -> body.read(buffer)).isInstanceOf(IOException.class).hasMessage("reset");
  }
}
