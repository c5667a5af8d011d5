package org.efferent.data.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A publisher on this machine's loopback that does whatever a test wants of it. */
final class FakePublisher implements AutoCloseable {
  /** What answers a request. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** A request that came in. */
  record Seen(String target, Headers headers) {
    String header(String name) {
      return headers.getFirst(name) == null ? "" : headers.getFirst(name);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new ArrayList<>();

  FakePublisher() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    Answer answer;
    synchronized (this) {
      seen.add(new Seen(target, exchange.getRequestHeaders()));
      Deque<Answer> queue = answers.get(target);
      answer =
          queue == null ? status(404) : queue.size() > 1 ? queue.removeFirst() : queue.peekFirst();
    }
    try {
      answer.to(exchange);
    } finally {
      exchange.close();
    }
  }

  /** Answers of one target, given one after the other; the last one for ever. */
  FakePublisher on(String target, Answer... all) {
    answers.put(target, new ArrayDeque<>(Arrays.asList(all)));
    return this;
  }

  URI address(String target) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
  }

  /** The same server under another name, which makes it another one. */
  URI otherOrigin(String target) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + target);
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Content that can be had from any byte on, as RFC 9110 has it. */
  static Answer content(byte[] content, String etag) {
    return exchange -> {
      Headers in = exchange.getRequestHeaders();
      Headers out = exchange.getResponseHeaders();
      if (!etag.isEmpty()) {
        out.set("ETag", etag);
      }
      String range = in.getFirst("Range");
      String condition = in.getFirst("If-Range");
      boolean partly = range != null && (condition == null || condition.equals(etag));
      int from =
          partly ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
      if (partly && from >= content.length) {
        out.set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (partly) {
        out.set(
            "Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      }
      int length = content.length - from;
      exchange.sendResponseHeaders(partly ? 206 : 200, length == 0 ? -1 : length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content, from, length);
      }
    };
  }

  static Answer text(String text) {
    return content(text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** Content without a length, in chunks. */
  static Answer chunked(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    };
  }

  /** Says how long the content is, sends its beginning, waits for a sign, and hangs up. */
  static Answer cut(byte[] content, int at, String etag, Runnable await) {
    return exchange -> {
      if (!etag.isEmpty()) {
        exchange.getResponseHeaders().set("ETag", etag);
      }
      exchange.sendResponseHeaders(200, content.length);
      OutputStream body = exchange.getResponseBody();
      body.write(content, 0, at);
      body.flush();
      await.run();
    };
  }

  static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static Answer redirect(int status, Object location) {
    return status(status, "Location", location.toString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
