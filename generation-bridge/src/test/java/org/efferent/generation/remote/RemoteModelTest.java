package org.efferent.generation.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;
import org.efferent.data.fetch.Pause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteModelTest {
  private static final Tensor ONE_TWO_THREE =
      Tensor.ofFloats("embedding", List.of(1L, 3L), new float[] {1, 2, 3.5f});
  private static final RetryOptions PATIENT =
      new RetryOptions(
          Duration.ofSeconds(40),
          Duration.ofSeconds(30),
          3,
          Duration.ofMillis(100),
          Duration.ofMillis(500));
  private static final RetryOptions HASTY =
      new RetryOptions(
          Duration.ofSeconds(40),
          Duration.ofMillis(2500),
          2,
          Duration.ofMillis(100),
          Duration.ofMillis(500));

  private final FakeInferenceServer server = new FakeInferenceServer();
  private final AtomicLong clock = new AtomicLong();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final Pause pause =
      duration -> {
        pauses.add(duration);
        clock.addAndGet(duration.toNanos());
      };

  @AfterEach
  void close() {
    server.close();
  }

  private RemoteOptions options(RetryOptions retry) {
    return RemoteOptions.of(server.address(), "painter").withRetry(retry);
  }

  private RemoteModel open(RemoteOptions options) throws InterruptedException {
    return RemoteModel.open(options, clock::get, pause);
  }

  private String at(String word) {
    return server.address() + "/v2/models/painter" + word;
  }

  @Test
  void anOpenModelIsReadyAndItsSignatureKnown() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    assertThat(model.signature())
        .isEqualTo(
            new ModelSignature(
                "painter",
                "test",
                List.of(new TensorSpec("embedding", DataType.FP32, List.of(-1L, 3L))),
                List.of(new TensorSpec("image", DataType.FP32, List.of(-1L, 2L)))));
    assertThat(server.seen())
        .extracting(FakeInferenceServer.Seen::target)
        .containsExactly("/v2/models/painter/ready", "/v2/models/painter");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void infersInJsonAndInBinary(boolean binary) throws InterruptedException {
    RemoteModel model = open(options(PATIENT).withBinary(binary));
    Tensor two =
        Tensor.ofFloats("embedding", List.of(2L, 3L), new float[] {1, 2, 3.5f, -1, 0.25f, 0});
    List<Tensor> images = model.infer(List.of(two), List.of("image"));
    assertThat(images).hasSize(1);
    assertThat(images.get(0).shape()).containsExactly(2L, 2L);
    assertThat(images.get(0).floats()).containsExactly(6.5f, 13, -0.75f, -1.5f);
    assertThat(model.infer(List.of(two), List.of()).get(0).name()).isEqualTo("image");
    FakeInferenceServer.Seen request = server.seen().get(2);
    assertThat(request.headers().containsKey("Inference-Header-Content-Length")).isEqualTo(binary);
    String data =
        binary
            ? "\"parameters\":{\"binary_data_size\":24}"
            : "\"data\":[1.0,2.0,3.5,-1.0,0.25,0.0]";
    String wanted =
        binary
            ? "{\"name\":\"image\",\"parameters\":{\"binary_data\":true}}"
            : "{\"name\":\"image\"}";
    assertThat(request.body())
        .startsWith(
            "{\"id\":\"1\",\"inputs\":[{\"name\":\"embedding\",\"datatype\":\"FP32\",\"shape\":[2,3],"
                + data
                + "}],\"outputs\":["
                + wanted
                + "]}");
    assertThat(model.counts()).isEqualTo(new CallCounts(4, 4, 0, 0, 0, 0));
  }

  @Test
  void aBusyServerIsAskedAgainAfterAPause() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    server.next(
        FakeInferenceServer.text(503, "{\"error\":\"loading\"}"),
        FakeInferenceServer.text(429, "", "Retry-After", "7"));
    assertThat(model.infer(List.of(ONE_TWO_THREE), List.of()).get(0).floats())
        .containsExactly(6.5f, 13);
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(500));
    assertThat(model.counts()).isEqualTo(new CallCounts(3, 3, 0, 2, 0, 0));
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    FakeInferenceServer.Answer busy = FakeInferenceServer.text(503, "{\"error\":\"loading\"}");
    server.next(busy, busy, busy);
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .isInstanceOf(StreamException.class)
        .hasMessage(at("/infer") + ": gave up after 3 attempts: it answered 503: loading");
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(model.counts()).isEqualTo(new CallCounts(3, 2, 1, 2, 0, 0));
  }

  @Test
  void theDeadlineCountsPausesToo() throws InterruptedException {
    RetryOptions tight =
        new RetryOptions(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            100,
            Duration.ofSeconds(8),
            Duration.ofSeconds(8));
    RemoteModel model = open(options(tight));
    FakeInferenceServer.Answer busy = FakeInferenceServer.text(500, "out of\nmemory");
    server.next(busy, busy, busy, busy);
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .hasMessage(
            at("/infer")
                + ": the deadline of 20000 ms leaves no time for another attempt after 3: it"
                + " answered 500: out of memory");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void aServerThatSaysNothingOrHalfIsGivenUpInTime() throws InterruptedException {
    RemoteModel patient = open(options(PATIENT));
    RemoteModel model = open(options(HASTY));
    server.next(server.never(), server.stall());
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .isInstanceOf(StreamException.class)
        .hasMessage(at("/infer") + ": gave up after 2 attempts: no whole answer within 2500 ms");
    assertThat(model.counts()).isEqualTo(new CallCounts(3, 2, 1, 1, 2, 0));
    assertThat(patient.infer(List.of(ONE_TWO_THREE), List.of())).hasSize(1);
  }

  @Test
  void aServerThatHangsUpHalfWayIsAskedAgain() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    server.next(FakeInferenceServer.half());
    assertThat(model.infer(List.of(ONE_TWO_THREE), List.of())).hasSize(1);
    FakeInferenceServer.Answer half = FakeInferenceServer.half();
    server.next(half, half, half);
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .hasMessageStartingWith(
            at("/infer") + ": gave up after 3 attempts: the connection broke: ");
    assertThat(model.counts()).isEqualTo(new CallCounts(4, 3, 1, 3, 0, 0));
  }

  @Test
  void aServerThatDoesNotRunIsSaid() {
    RemoteOptions options = options(PATIENT);
    server.close();
    assertThatThrownBy(() -> open(options))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            at("/ready") + ": gave up after 3 attempts: no connection: does the server run?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"error\":\"bad shape\"} | the server answered 400: bad shape",
        "404 | {\"error\":\"no\"} | the server has no such model (404): no; check its name and"
            + " version",
        "401 | who is s3cr3t? | the server refuses this user (401): who is (the token)?; check"
            + " the token",
        "302 | moved | the server redirects (302): moved, which is not followed; give the address"
            + " it points to",
      })
  void aRefusalIsNotRepeatedAndTheTokenNotShown(int status, String text, String message)
      throws InterruptedException {
    RemoteModel model =
        open(
            options(PATIENT)
                .withSecurity(Optional.of(new BearerToken("s3cr3t")), Optional.empty()));
    server.next(FakeInferenceServer.text(status, text, "Location", "http://example.org/"));
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .isInstanceOf(StreamException.class)
        .hasMessage(at("/infer") + ": " + message)
        .hasNoCause();
    assertThat(server.seen().get(2).headers().getFirst("Authorization")).isEqualTo("Bearer s3cr3t");
    assertThat(server.seen()).hasSize(3);
    assertThat(options(PATIENT).toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s3cr3t | the answer is not JSON (6 bytes): Unrecognized token '(the token)'",
        "{\"outputs\":[ | the answer is not JSON (12 bytes): Unexpected end-of-input",
        "{} | the answer must have a list \"outputs\"",
        "{\"id\":\"9\",\"outputs\":[]} | the answer must be to this request; request=1, answer=9",
        "{\"model_name\":\"x\",\"outputs\":[]} | the answer must be of this model; asked=painter,"
            + " answered=x",
        "{\"outputs\":[]} | the answer must have output 'image'; it has []",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"FP99\",\"shape\":[1,2],\"data\":[]}]} |"
            + " output must have a name, a datatype of the protocol and a shape; name=image,"
            + " datatype=FP99, shape=[1,2]",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1]}]} |"
            + " the answer is wrong: tensor 'image' must have as many values as its shape;"
            + " shape=[1, 2], values=1",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1,2],"
            + "\"data\":[1,\"NaN\"]}]} | values of output 'image' must be FP32; data[1]=\"NaN\"",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1,2]}]} |"
            + " the answer must be what the model announces; announced=image FP32 [-1, 2],"
            + " answered=image FP32 [2]",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"INT8\",\"shape\":[1,2],\"data\":[1,200]}]}"
            + " | the answer is wrong: values of tensor 'image' must be finite INT8;"
            + " values[1]=200.0",
        "{\"outputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1,2],\"parameters\":"
            + "{\"binary_data_size\":8}}]} | output 'image' must have the bytes it announces;"
            + " announced=8, left=0",
      })
  void aWrongAnswerIsNamed(String text, String message) throws InterruptedException {
    RemoteModel model =
        open(
            options(PATIENT)
                .withSecurity(Optional.of(new BearerToken("s3cr3t")), Optional.empty()));
    server.next(FakeInferenceServer.text(200, text));
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of("image")))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith(at("/infer") + ": " + message)
        .hasNoCause();
    assertThat(model.counts()).isEqualTo(new CallCounts(3, 2, 1, 0, 0, 0));
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() throws InterruptedException {
    RemoteOptions all = options(PATIENT);
    RemoteOptions few =
        new RemoteOptions(
            all.server(), "painter", "", PATIENT, 1, 500, false, all.token(), all.trust());
    RemoteModel model = open(few);
    server.next(FakeInferenceServer.text(200, " ".repeat(501)));
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .hasMessage(
            at("/infer")
                + ": an answer may have 500 bytes and has more; allow more, or ask for less");
  }

  @Test
  void whatTheModelDoesNotTakeIsNotSent() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    String signature = "; it has inputs [embedding FP32 [-1, 3]], outputs [image FP32 [-1, 2]]";
    Tensor wide = Tensor.ofFloats("embedding", List.of(1L, 2L), new float[2]);
    assertThatThrownBy(() -> model.infer(List.of(wide), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage("model 'painter' does not take embedding FP32 [1, 2]" + signature);
    Tensor other = Tensor.ofFloats("prompt", List.of(1L, 3L), new float[3]);
    assertThatThrownBy(() -> model.infer(List.of(other), List.of()))
        .hasMessage("model 'painter' does not take prompt FP32 [1, 3]" + signature);
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of("sound")))
        .hasMessage("model 'painter' does not give 'sound'" + signature);
    assertThatThrownBy(() -> model.infer(List.of(), List.of()))
        .hasMessage("model 'painter' needs an input" + signature);
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE, ONE_TWO_THREE), List.of()))
        .hasMessage("an input is given once; twice=embedding");
    assertThatThrownBy(
            () -> Tensor.ofFloats("embedding", List.of(1L, 2L), new float[] {0, Float.NaN}))
        .hasMessage("values of tensor 'embedding' must be finite FP32; values[1]=NaN");
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void aModelThatIsNotReadyOrNotDescribedIsRefused() {
    server.next(FakeInferenceServer.text(200, "{\"name\":\"painter\",\"ready\":false}"));
    assertThatThrownBy(() -> open(options(PATIENT)))
        .hasMessage(at("/ready") + ": the model is not ready; try again when it is loaded");
    server.describedAs("{\"name\":\"printer\"}");
    assertThatThrownBy(() -> open(options(PATIENT)))
        .hasMessage(
            at("")
                + ": the server must describe the model that was asked for; asked=painter,"
                + " described=printer");
    server.describedAs(
        "{\"name\":\"painter\",\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP32\",\"shape\":[\"x\"]}]}");
    assertThatThrownBy(() -> open(options(PATIENT)))
        .hasMessage(
            at("") + ": input of the model 'a' must have a shape of whole numbers; shape=[\"x\"]");
  }

  @Test
  void noMoreCallsThanAllowedAreInFlight() throws Exception {
    RemoteOptions all = options(PATIENT);
    RemoteModel model =
        open(
            new RemoteOptions(
                all.server(), "painter", "", PATIENT, 2, 1000, true, all.token(), all.trust()));
    CyclicBarrier two = new CyclicBarrier(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FakeInferenceServer.Answer together =
        (exchange, body) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          try {
            two.await(30, TimeUnit.SECONDS); // answers only when two are here
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
          }
          now.decrementAndGet();
          FakeInferenceServer.paint(exchange, body);
        };
    server.next(together, together, together, together, together, together);
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FutureTask<Integer> task =
          new FutureTask<>(() -> model.infer(List.of(ONE_TWO_THREE), List.of()).size());
      tasks.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Integer> task : tasks) {
      assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(most.get()).isEqualTo(2);
    assertThat(model.counts()).isEqualTo(new CallCounts(8, 8, 0, 0, 0, 0));
  }

  @Test
  void aCallThatHasNoTurnWithinItsDeadlineIsCounted() throws Exception {
    RetryOptions brief =
        new RetryOptions(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    CountDownLatch pausing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RemoteModel model =
        RemoteModel.open(
            options(brief),
            clock::get,
            duration -> {
              pausing.countDown();
              go.await();
            });
    server.next(FakeInferenceServer.text(503, ""));
    FutureTask<Integer> first =
        new FutureTask<>(() -> model.infer(List.of(ONE_TWO_THREE), List.of()).size());
    new Thread(first).start();
    pausing.await(); // the first keeps its turn while it pauses
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            at("/infer")
                + ": had no turn within 2000 ms, as 1 call is in flight; ask less often or allow"
                + " more at a time");
    go.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(model.counts()).isEqualTo(new CallCounts(4, 3, 1, 1, 0, 1));
  }

  @Test
  void anInterruptedCallEnds() throws InterruptedException {
    RemoteModel model = open(options(PATIENT));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> model.infer(List.of(ONE_TWO_THREE), List.of()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(model.infer(List.of(ONE_TWO_THREE), List.of())).hasSize(1);
  }
}
