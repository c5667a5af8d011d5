package org.efferent.generation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.data.fetch.Pause;

/**
 * A model on an inference server. One that exists was ready when it was opened, and its signature
 * is known: what it is asked is checked before it is sent, what it answers before it is handed
 * over. Used by many threads.
 */
public final class RemoteModel {
  private final RemoteOptions options;
  private final Calls calls;
  private final TensorCodec codec = new TensorCodec();
  private final AtomicLong ids = new AtomicLong();
  private final ModelSignature signature;

  private RemoteModel(RemoteOptions options, LocalClock clock, Pause pause)
      throws InterruptedException {
    this.options = options;
    this.calls = new Calls(options, clock, pause);
    calls.call(get("ready"), this::ready);
    this.signature = calls.call(get(""), this::signature);
  }

  /**
   * Asks whether the model is ready ({@code GET v2/models/M/ready}) and what it takes and gives
   * ({@code GET v2/models/M}).
   *
   * @param options where and how
   * @param clock measures deadlines
   * @param pause waits between attempts
   * @return the model
   * @throws StreamException if the server does not answer, refuses, has no such model or does not
   *     speak the protocol
   * @throws InputException if the trust store cannot be read
   * @throws InterruptedException if the thread is asked to stop
   */
  public static RemoteModel open(RemoteOptions options, LocalClock clock, Pause pause)
      throws InterruptedException {
    return new RemoteModel(options, clock, pause);
  }

  /** What the model takes and gives. */
  public ModelSignature signature() {
    return signature;
  }

  /** What became of all calls until now. */
  public CallCounts counts() {
    return calls.counts();
  }

  /**
   * Infers ({@code POST v2/models/M/infer}).
   *
   * @param inputs as the signature has them; an input that is not given is the server's to refuse,
   *     as it may be optional
   * @param outputs names of what is wanted; empty for all
   * @return the outputs in the order of the names, or of the server
   * @throws InputException if an input or output is not of the signature
   * @throws StreamException if no answer, or a wrong one, comes in time
   * @throws InterruptedException if the thread is asked to stop; the request is given up
   */
  public List<Tensor> infer(List<Tensor> inputs, List<String> outputs) throws InterruptedException {
    checkInputs(inputs);
    checkOutputs(outputs);
    String id = Long.toString(ids.incrementAndGet());
    TensorCodec.Request request = codec.request(id, inputs, outputs, options.binary());
    HttpRequest.Builder post =
        HttpRequest.newBuilder(options.address("infer"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
            .header("Content-Type", contentType());
    if (options.binary()) {
      post.header(TensorCodec.JSON_LENGTH, Integer.toString(request.jsonLength()));
    }
    return calls.call(post, answer -> outputs(answer, id, outputs));
  }

  private String contentType() {
    return options.binary() ? "application/octet-stream" : "application/json";
  }

  private HttpRequest.Builder get(String word) {
    return HttpRequest.newBuilder(options.address(word)).header("Accept", "application/json").GET();
  }

  /** An empty answer with status 200 says yes, too. */
  private boolean ready(HttpResponse<byte[]> answer) {
    return named(
        answer,
        () -> {
          if (answer.body().length == 0) {
            return true;
          }
          JsonNode ready = codec.json(answer.body(), answer.body().length).path("ready");
          if (ready.isBoolean() && !ready.booleanValue()) {
            throw new StreamException("the model is not ready; try again when it is loaded");
          }
          return true;
        });
  }

  private ModelSignature signature(HttpResponse<byte[]> answer) {
    return named(
        answer,
        () -> {
          JsonNode root = codec.json(answer.body(), answer.body().length);
          String name = root.path("name").asText("");
          if (!name.equals(options.model())) {
            throw new StreamException(
                "the server must describe the model that was asked for; asked=%s, described=%s"
                    .formatted(options.model(), name));
          }
          return new ModelSignature(
              name,
              root.path("platform").asText(""),
              specs(root.path("inputs"), "input"),
              specs(root.path("outputs"), "output"));
        });
  }

  private static List<TensorSpec> specs(JsonNode list, String what) {
    List<TensorSpec> specs = new ArrayList<>();
    list.forEach(node -> specs.add(TensorCodec.spec(node, what + " of the model")));
    return specs;
  }

  private void checkInputs(List<Tensor> inputs) {
    Set<String> names = new HashSet<>();
    for (Tensor input : inputs) {
      if (!names.add(input.name())) {
        throw new InputException("an input is given once; twice=" + input.name());
      }
      if (signature.inputs().isEmpty()) {
        continue;
      }
      Optional<TensorSpec> spec = ModelSignature.find(signature.inputs(), input.name());
      if (spec.isEmpty() || !spec.get().fits(input)) {
        throw new InputException(
            "model '%s' does not take %s; it has %s".formatted(signature.name(), input, signature));
      }
    }
    if (inputs.isEmpty()) {
      throw new InputException(
          "model '%s' needs an input; it has %s".formatted(signature.name(), signature));
    }
  }

  private void checkOutputs(List<String> outputs) {
    for (String output : outputs) {
      if (!signature.outputs().isEmpty()
          && ModelSignature.find(signature.outputs(), output).isEmpty()) {
        throw new InputException(
            "model '%s' does not give '%s'; it has %s"
                .formatted(signature.name(), output, signature));
      }
    }
  }

  private List<Tensor> outputs(HttpResponse<byte[]> response, String id, List<String> wanted) {
    return named(
        response,
        () -> {
          TensorCodec.Answer answer =
              codec.answer(
                  response.body(),
                  jsonLength(response.headers().firstValue(TensorCodec.JSON_LENGTH)));
          if (!answer.id().isEmpty() && !answer.id().equals(id)) {
            throw new StreamException(
                "the answer must be to this request; request=%s, answer=%s"
                    .formatted(id, answer.id()));
          }
          if (!answer.model().isEmpty() && !answer.model().equals(options.model())) {
            throw new StreamException(
                "the answer must be of this model; asked=%s, answered=%s"
                    .formatted(options.model(), answer.model()));
          }
          answer.tensors().forEach(this::checkAnswer);
          return wanted.isEmpty() ? answer.tensors() : inOrder(answer.tensors(), wanted);
        });
  }

  private static long jsonLength(Optional<String> header) {
    if (header.isEmpty()) {
      return -1;
    }
    if (!header.get().matches("[0-9]{1,10}")) {
      throw new StreamException(
          "%s must be a number; value=%s".formatted(TensorCodec.JSON_LENGTH, header.get()));
    }
    return Long.parseLong(header.get());
  }

  private void checkAnswer(Tensor tensor) {
    Optional<TensorSpec> spec = ModelSignature.find(signature.outputs(), tensor.name());
    if (spec.isPresent() && !spec.get().fits(tensor)) {
      throw new StreamException(
          "the answer must be what the model announces; announced=%s, answered=%s"
              .formatted(spec.get(), tensor));
    }
  }

  private static List<Tensor> inOrder(List<Tensor> tensors, List<String> wanted) {
    List<Tensor> ordered = new ArrayList<>();
    for (String name : wanted) {
      ordered.add(
          tensors.stream()
              .filter(tensor -> tensor.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new StreamException(
                          "the answer must have output '%s'; it has %s".formatted(name, tensors))));
    }
    return ordered;
  }

  /**
   * What is wrong with an answer, with the address that it came from and without the token; so
   * without a cause, too, whose message may repeat it.
   */
  private <T> T named(HttpResponse<byte[]> response, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (StreamException e) {
      throw new StreamException(response.request().uri() + ": " + calls.clean(e.getMessage()));
    }
  }
}
