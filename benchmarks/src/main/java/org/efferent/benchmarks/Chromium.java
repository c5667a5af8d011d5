package org.efferent.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, driven by the Chrome DevTools Protocol over a socket of the
 * JDK: one page. It writes down what the page says on its console, its errors, and every address
 * that it asks for.
 *
 * <p>Longer than 300 lines by the words of the protocol.
 */
public final class Chromium implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final ObjectMapper mapper = new ObjectMapper();
  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final String session;

  /**
   * The program: what {@code -Defferent.chromium} names, else Debian's.
   *
   * @return empty where there is none
   */
  public static Optional<Path> find() {
    Path named = Path.of(System.getProperty("efferent.chromium", "/usr/bin/chromium"));
    return Files.isExecutable(named) ? Optional.of(named) : Optional.empty();
  }

  /**
   * Starts it with an empty page.
   *
   * @param program see {@link #find}
   * @param width of the page, pixels
   * @param height of the page
   * @throws IOException if it does not start
   */
  public Chromium(Path program, int width, int height) throws IOException {
    profile = Files.createTempDirectory("efferent-chromium");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // it shows our own page alone, and root has no other way
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .start();
    try {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(devTools(), new Listener())
              .join();
      String target =
          ask("Target.createTarget", words().put("url", "about:blank"), null)
              .path("targetId")
              .textValue();
      session =
          ask("Target.attachToTarget", words().put("targetId", target).put("flatten", true), null)
              .path("sessionId")
              .textValue();
      for (String part : List.of("Page", "Runtime", "Network", "Log")) {
        ask(part + ".enable", words());
      }
      size(width, height);
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
  }

  private URI devTools() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      if (line.startsWith(LISTENING)) {
        Thread rest = new Thread(() -> lines.lines().forEach(l -> {}), "chromium-output");
        rest.setDaemon(true);
        rest.start();
        return URI.create(line.substring(LISTENING.length()));
      }
    }
    throw new IOException("Chromium ended before it listened: " + String.join(" / ", said));
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket of, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        try {
          hear(mapper.readTree(part.toString()));
        } catch (IOException e) {
          complaints.add("not JSON: " + e.getMessage());
        }
        part.setLength(0);
      }
      of.request(1);
      return null;
    }
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").intValue());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    JsonNode of = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(of.path("type").asText())) {
          complaints.add("console: " + of.path("args"));
        }
      }
      case "Runtime.exceptionThrown" -> complaints.add("exception: " + of.path("exceptionDetails"));
      case "Log.entryAdded" -> {
        if (List.of("error", "warning").contains(of.path("entry").path("level").asText())) {
          complaints.add("log: " + of.path("entry"));
        }
      }
      case "Network.requestWillBeSent" -> asked.add(of.path("request").path("url").asText());
      case "Network.webSocketCreated" -> asked.add(of.path("url").asText());
      default -> {} // of no interest
    }
  }

  /** An empty object for parameters. */
  public ObjectNode words() {
    return mapper.createObjectNode();
  }

  /**
   * Calls a method of the page's protocol.
   *
   * @return its result
   * @throws IllegalStateException if it fails or takes longer than a minute
   */
  public JsonNode ask(String method, ObjectNode parameters) {
    return ask(method, parameters, session);
  }

  private JsonNode ask(String method, ObjectNode parameters, String of) {
    int id = next.incrementAndGet();
    ObjectNode message = words().put("id", id).put("method", method);
    message.set("params", parameters);
    if (of != null) {
      message.put("sessionId", of);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode came = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (came.has("error")) {
        throw new IllegalStateException(method + ": " + came.path("error"));
      }
      return came.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + ": interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + ": no answer", e);
    }
  }

  /** The page's size from now on, pixels. */
  public void size(int width, int height) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        words()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** Whether pages shall be dark, as the system would say. */
  public void dark(boolean wanted) {
    ObjectNode media = words();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", wanted ? "dark" : "light");
    ask("Emulation.setEmulatedMedia", media);
  }

  /** Opens an address. */
  public void open(URI address) {
    ask("Page.navigate", words().put("url", address.toString()));
  }

  /**
   * The value of an expression in the page; a promise is waited for.
   *
   * @throws IllegalStateException if it throws
   */
  public JsonNode value(String expression) {
    JsonNode result =
        ask(
            "Runtime.evaluate",
            words()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /**
   * Waits in the page until an expression is true, looked at with every frame.
   *
   * @throws IllegalStateException if it does not become true within 20 s
   */
  public void until(String expression) {
    boolean came =
        value(
                "new Promise((done) => { const end = performance.now() + 20000; const look = () =>"
                    + " { let is = false; try { is = ("
                    + expression
                    + "); } catch (e) { /* not yet */ } if (is) done(true); else if"
                    + " (performance.now() > end) done(false); else setTimeout(look, 10); };"
                    + " look(); })")
            .asBoolean();
    if (!came) {
      throw new IllegalStateException("did not become true within 20 s: " + expression);
    }
  }

  /**
   * Presses a key and lets it go.
   *
   * @param key as the page hears it: "ArrowDown", "Tab", "t"
   */
  public void press(String key) {
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case "Escape" -> 27;
          case "ArrowUp" -> 38;
          case "ArrowDown" -> 40;
          default -> 0;
        };
    ObjectNode down = words().put("type", "keyDown").put("key", key).put("code", key);
    down.put("windowsVirtualKeyCode", code);
    if (key.length() == 1) {
      down.put("text", key);
    } else if (key.equals("Enter")) {
      down.put("text", "\r");
    }
    ask("Input.dispatchKeyEvent", down);
    ask("Input.dispatchKeyEvent", words().put("type", "keyUp").put("key", key).put("code", key));
  }

  /** The page as PNG. */
  public byte[] picture() {
    return Base64.getDecoder()
        .decode(
            ask("Page.captureScreenshot", words().put("format", "png")).path("data").textValue());
  }

  /** Errors and warnings until now, of the page and of the browser about it. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Every address that the page asked for. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(Chromium::delete);
    } catch (IOException | UncheckedIOException e) {
      profile.toFile().deleteOnExit(); // a temporary folder; some process still writes
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  @Override
  public void close() {
    socket.abort();
    end();
  }
}
