package org.efferent.generation.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.data.fetch.Pause;

/**
 * Asks a server: at most so many at a time, each within its deadline, again where that may help
 * (inference changes nothing on the server, so asking twice does no harm). Used by many threads.
 */
final class Calls {
  private static final int SHOWN = 300;

  private final RemoteOptions options;
  private final LocalClock clock;
  private final Pause pause;
  private final HttpClient client;
  private final Semaphore turns;
  private final LongAdder calls = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder crowded = new LongAdder();

  /** Turns an answer into what was asked for, or throws. */
  @FunctionalInterface
  interface Reading<T> {
    T of(HttpResponse<byte[]> answer);
  }

  /** Why an attempt failed that another may follow. */
  private record Failure(String reason, Duration asked, Throwable cause) {}

  Calls(RemoteOptions options, LocalClock clock, Pause pause) {
    this.options = options;
    this.clock = clock;
    this.pause = pause;
    this.turns = new Semaphore(options.inFlight(), true);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.retry().attempt());
    options.trust().ifPresent(trust -> builder.sslContext(trust.context()));
    this.client = builder.build();
  }

  CallCounts counts() {
    return new CallCounts(
        calls.sum(), answered.sum(), failed.sum(), retries.sum(), timeouts.sum(), crowded.sum());
  }

  /**
   * One call.
   *
   * @param request the request, to which the token is added here
   * @param reading of an answer with status 200
   * @throws StreamException if no answer, or a wrong one, comes in time
   * @throws InterruptedException if the thread is asked to stop; the request is given up
   */
  <T> T call(HttpRequest.Builder request, Reading<T> reading) throws InterruptedException {
    calls.increment();
    options.token().ifPresent(token -> request.setHeader("Authorization", token.header()));
    HttpRequest ready = request.setHeader("User-Agent", "Efferent").build();
    long end = clock.nanos() + options.retry().deadline().toNanos();
    boolean done = false;
    try {
      if (!turns.tryAcquire(options.retry().deadline().toNanos(), TimeUnit.NANOSECONDS)) {
        crowded.increment();
        throw new StreamException(
            "%s: had no turn within %s, as %d %s in flight; ask less often or allow more at a time"
                .formatted(
                    ready.uri(),
                    shown(options.retry().deadline()),
                    options.inFlight(),
                    options.inFlight() == 1 ? "call is" : "calls are"));
      }
      T result;
      try {
        result = reading.of(attempts(ready, end));
      } finally {
        turns.release();
      }
      done = true;
      return result;
    } finally {
      (done ? answered : failed).increment();
    }
  }

  private HttpResponse<byte[]> attempts(HttpRequest request, long end) throws InterruptedException {
    RetryOptions retry = options.retry();
    for (int attempt = 1; ; attempt++) {
      Failure failure;
      long left = end - clock.nanos();
      HttpResponse<byte[]> answer = null;
      if (left <= 0) {
        throw late(request, attempt - 1, "the deadline had passed before it was asked", null);
      }
      long patience = Math.min(left, retry.attempt().toNanos());
      CompletableFuture<HttpResponse<byte[]>> coming =
          client.sendAsync(
              request,
              info ->
                  new LimitedBody(
                      options.mostBytes(),
                      info.headers().firstValueAsLong("Content-Length").orElse(-1)));
      try {
        answer = coming.get(patience, TimeUnit.NANOSECONDS);
        failure = refused(request, answer);
      } catch (TimeoutException e) {
        timeouts.increment();
        failure =
            new Failure(
                "no whole answer within " + shown(Duration.ofNanos(patience)), Duration.ZERO, e);
      } catch (ExecutionException e) {
        failure = broken(request, e.getCause());
      } finally {
        coming.cancel(true);
      }
      if (failure == null) {
        return answer;
      }
      if (attempt == retry.attempts()) {
        throw new StreamException(
            "%s: gave up after %d %s: %s"
                .formatted(
                    request.uri(),
                    attempt,
                    attempt == 1 ? "attempt" : "attempts",
                    failure.reason()),
            failure.cause());
      }
      Duration wait = retry.pause(attempt, failure.asked());
      if (wait.toNanos() >= end - clock.nanos()) {
        throw late(request, attempt, failure.reason(), failure.cause());
      }
      pause.pause(wait);
      retries.increment();
    }
  }

  private StreamException late(HttpRequest request, int attempts, String reason, Throwable cause) {
    return new StreamException(
        "%s: the deadline of %s leaves no time for another attempt after %d: %s"
            .formatted(request.uri(), shown(options.retry().deadline()), attempts, reason),
        cause);
  }

  /** Null for 200; a failure where another attempt may help; else it throws. */
  private Failure refused(HttpRequest request, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status == 200) {
      return null;
    }
    String said = said(answer);
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Failure("it answered " + status + said, asked(answer), null);
    }
    String why =
        switch (status) {
          case 401, 403 -> "the server refuses this user (%d)%s; check the token";
          case 404 -> "the server has no such model (%d)%s; check its name and version";
          case 301, 302, 303, 307, 308 ->
              "the server redirects (%d)%s, which is not followed; give the address it points to";
          default -> "the server answered %d%s";
        };
    throw new StreamException(request.uri() + ": " + why.formatted(status, said));
  }

  private Failure broken(HttpRequest request, Throwable cause) {
    if (cause instanceof LimitedBody.TooLong) {
      throw new StreamException(
          "%s: an answer may have %d bytes and has more; allow more, or ask for less"
              .formatted(request.uri(), options.mostBytes()),
          cause);
    }
    if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
      throw new StreamException(
          "%s: no secure connection: %s; if the server's certificate is of its own making, give a"
                  .formatted(request.uri(), clean(String.valueOf(cause.getMessage())))
              + " trust store that holds it",
          cause);
    }
    if (!(cause instanceof IOException)) {
      throw new IllegalStateException("an HTTP client fails with IOException only", cause);
    }
    if (cause instanceof ConnectException) {
      return new Failure("no connection: does the server run?", Duration.ZERO, cause);
    }
    String message = cause.getMessage();
    String why =
        message == null || message.isBlank() ? cause.getClass().getSimpleName() : clean(message);
    return new Failure("the connection broke: " + why, Duration.ZERO, cause);
  }

  private static Duration asked(HttpResponse<byte[]> answer) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  /** What the server says is wrong: the protocol's {@code error}, or the text itself. */
  private String said(HttpResponse<byte[]> answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    try {
      JsonNode error = new ObjectMapper().readTree(text).path("error");
      text = error.isTextual() ? error.textValue() : text;
    } catch (JacksonException e) {
      // a text for people, then
    }
    return text.isEmpty() ? "" : ": " + clean(text);
  }

  /** Foreign text in a line, without the token. */
  String clean(String text) {
    String hidden = options.token().map(token -> token.hiddenIn(text)).orElse(text);
    String line = hidden.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  private static String shown(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
