package org.efferent.generation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A server on loopback that speaks the protocol for one model, {@code painter}: {@code embedding}
 * FP32 [-1, 3] to {@code image} FP32 [-1, 2], each row's sum and its double. Faults are put before
 * its good answers.
 */
public final class FakeInferenceServer implements AutoCloseable {
  static final String METADATA =
      """
      {"name":"painter","versions":["1"],"platform":"test",
       "inputs":[{"name":"embedding","datatype":"FP32","shape":[-1,3]}],
       "outputs":[{"name":"image","datatype":"FP32","shape":[-1,2]}]}
      """;

  /** What answers a request. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange, byte[] body) throws IOException;
  }

  /** A request that came in. */
  public record Seen(String target, Headers headers, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> faults = new ArrayDeque<>();
  private final List<Seen> seen = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private String metadata = METADATA;

  public FakeInferenceServer() {
    this(null);
  }

  public FakeInferenceServer(SSLContext tls) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(any, 0);
      } else {
        HttpsServer secure = HttpsServer.create(any, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Answer fault;
    synchronized (this) {
      seen.add(
          new Seen(
              target, exchange.getRequestHeaders(), new String(body, StandardCharsets.ISO_8859_1)));
      fault = faults.pollFirst();
    }
    try {
      if (fault != null) {
        fault.to(exchange, body);
      } else if (target.endsWith("/painter/ready")) {
        send(exchange, 200, new byte[0]);
      } else if (target.endsWith("/painter")) {
        send(exchange, 200, metadata.getBytes(StandardCharsets.UTF_8));
      } else if (target.endsWith("/painter/infer")) {
        paint(exchange, body);
      } else {
        send(exchange, 404, "{\"error\":\"unknown model\"}".getBytes(StandardCharsets.UTF_8));
      }
    } finally {
      exchange.close();
    }
  }

  /** The good answer; binary, if the request was. */
  static void paint(HttpExchange exchange, byte[] body) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Inference-Header-Content-Length");
    int json = header == null ? body.length : Integer.parseInt(header);
    JsonNode request = new ObjectMapper().readTree(body, 0, json);
    JsonNode input = request.get("inputs").get(0);
    int rows = input.get("shape").get(0).intValue();
    ByteBuffer behind =
        ByteBuffer.wrap(body, json, body.length - json).slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(8 * rows).order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      float sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += header == null ? input.get("data").get(3 * r + c).floatValue() : behind.getFloat();
      }
      out.putFloat(sum).putFloat(2 * sum);
      texts.add("[" + sum + "," + 2 * sum + "]"); // nested, as the protocol allows
    }
    String data =
        header == null
            ? "\"data\":" + texts
            : "\"parameters\":{\"binary_data_size\":" + out.capacity() + "}";
    byte[] head =
        """
        {"model_name":"painter","id":"%s",
         "outputs":[{"name":"image","datatype":"FP32","shape":[%d,2],%s}]}"""
            .formatted(request.get("id").textValue(), rows, data)
            .getBytes(StandardCharsets.UTF_8);
    if (header == null) {
      send(exchange, 200, head);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Inference-Header-Content-Length", Integer.toString(head.length));
    byte[] whole = Arrays.copyOf(head, head.length + out.capacity());
    System.arraycopy(out.array(), 0, whole, head.length, out.capacity());
    send(exchange, 200, whole);
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** A text with a status and headers. */
  public static Answer text(int status, String text, String... headers) {
    return (exchange, body) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Says that 100 bytes come, sends ten, and hangs up. */
  public static Answer half() {
    return (exchange, body) -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write(new byte[10]);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends ten of 100 bytes and then nothing until the test is over. */
  public Answer stall() {
    return (exchange, body) -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write(new byte[10]);
      exchange.getResponseBody().flush();
      awaitClose();
    };
  }

  /** Says nothing until the test is over. */
  public Answer never() {
    return (exchange, body) -> awaitClose();
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers given before the good ones, to whatever comes. */
  public synchronized FakeInferenceServer next(Answer... answers) {
    faults.addAll(Arrays.asList(answers));
    return this;
  }

  public FakeInferenceServer describedAs(String text) {
    metadata = text;
    return this;
  }

  public URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
