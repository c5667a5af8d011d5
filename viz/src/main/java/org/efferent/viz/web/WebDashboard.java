package org.efferent.viz.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.efferent.core.UnavailableException;
import org.efferent.viz.dashboard.DashboardModels;
import org.efferent.viz.dashboard.Panel;

/**
 * Serves a dashboard to browsers on this host. It listens on 127.0.0.1 alone; who wants to look
 * needs the token of {@link #address()}. A thread of its own asks the models thirty times a second,
 * while somebody looks, and sends what is new; a viewer that does not keep up gets fewer updates
 * and holds up nobody.
 *
 * <p>Longer than 300 lines: routes, guard and sockets share the counters.
 */
public final class WebDashboard implements AutoCloseable {
  private static final String HERE = "127.0.0.1";
  private static final String POLICY_OF_CONTENT =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  private static final int THREADS = 24;
  private static final int LONGEST_MESSAGE = 1_024;
  private static final int POLICY = 1_008;
  private static final int TRY_LATER = 1_013;
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final DashboardModels models;
  private final WebOptions options;
  private final WebAccess access = new WebAccess(new SecureRandom());
  private final WebPage page = new WebPage();
  private final WebPictures pictures = new WebPictures();
  private final WebUpdates updates;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();
  private final AtomicLong came = new AtomicLong();
  private final AtomicLong most = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Javalin server;
  private final Thread beats;
  private volatile boolean stopped;

  private WebDashboard(DashboardModels models, WebOptions options) {
    this.models = models;
    this.options = options;
    updates = new WebUpdates(models, pictures, options.panels().stream().map(Panel::key).toList());
    models.signals().page(0, Integer.MAX_VALUE);
    server = Javalin.create(this::configure);
    beats = new Thread(this::run, "efferent-web");
    beats.setDaemon(true);
  }

  /**
   * Starts a server.
   *
   * @param models what is shown; all of its signals come into sight
   * @param options port and limits
   * @return the running server
   * @throws UnavailableException if the port is taken
   */
  public static WebDashboard start(DashboardModels models, WebOptions options) {
    WebDashboard dashboard = new WebDashboard(models, options);
    try {
      dashboard.server.start(HERE, options.port());
    } catch (JavalinException | IllegalArgumentException e) {
      throw new UnavailableException(
          "no server can listen on 127.0.0.1; name another port or 0 for a free one; port="
              + options.port());
    }
    dashboard.beats.start();
    return dashboard;
  }

  /** Where the dashboard is, the token included. */
  public URI address() {
    return URI.create("http://" + HERE + ":" + server.port() + "/?token=" + access.token());
  }

  /** What was counted until now. */
  public WebCounts counts() {
    return new WebCounts(
        came.get(),
        most.get(),
        sent.get(),
        dropped.get(),
        bad.get(),
        refused.get(),
        updates.writing().count() == 0 ? Double.NaN : updates.writing().quantileNanos(0.99) / 1e3,
        updates.asking().count() == 0 ? Double.NaN : updates.asking().quantileNanos(0.99) / 1e3,
        updates.asking().maxNanos() / 1e3);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = LONGEST_MESSAGE;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("efferent-web-server");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setIdleTimeout(SILENCE);
          factory.setMaxTextMessageSize(LONGEST_MESSAGE);
          factory.setMaxBinaryMessageSize(LONGEST_MESSAGE);
        });
    config.routes.before(this::guard);
    config.routes.wsBeforeUpgrade(this::guard);
    config.routes.get("/", ctx -> answer(ctx, "text/html; charset=utf-8", page.html()));
    config.routes.get("/page.css", ctx -> answer(ctx, "text/css; charset=utf-8", page.style()));
    config.routes.get(
        "/page.js", ctx -> answer(ctx, "text/javascript; charset=utf-8", page.script()));
    config.routes.get("/icon.svg", ctx -> answer(ctx, "image/svg+xml", page.icon()));
    config.routes.get("/pictures/{number}", this::picture);
    config.routes.error(
        404,
        ctx ->
            answer(
                ctx,
                "text/html; charset=utf-8",
                WebPage.refusal("Not here", "The dashboard is at the address /.")));
    config.routes.ws("/live", this::live);
  }

  private static void answer(Context ctx, String type, byte[] body) {
    ctx.contentType(type);
    ctx.result(body);
  }

  /** Lets nobody in who has no business here; says what to do. */
  private void guard(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY_OF_CONTENT);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header("Cache-Control", "no-store");
    String host = ctx.header("Host");
    if (!WebAccess.here(host) || !WebAccess.ownPage(ctx.header("Origin"), host)) {
      refuse(
          ctx,
          403,
          "Not from there",
          "The dashboard answers only to the address that the program prints, on this host.");
      return;
    }
    String asked = ctx.queryParam("token");
    String header = ctx.header("X-Efferent-Token");
    if (access.allows(asked)) {
      ctx.header(
          "Set-Cookie", cookie() + "=" + access.token() + "; Path=/; HttpOnly; SameSite=Strict");
    } else if (!access.allows(header) && !access.allows(ctx.cookie(cookie()))) {
      refuse(
          ctx,
          401,
          "The token is " + (asked == null ? "missing" : "wrong"),
          "Open the whole address that the program printed when it started, the part after"
              + " ?token= included. Each start has a token of its own.");
    }
  }

  /** Cookies do not tell ports apart: each server's has a name of its own. */
  private String cookie() {
    return "efferent-" + server.port();
  }

  private void refuse(Context ctx, int status, String title, String whatToDo) {
    refused.incrementAndGet();
    ctx.status(status);
    answer(ctx, "text/html; charset=utf-8", WebPage.refusal(title, whatToDo));
    ctx.skipRemainingHandlers();
  }

  private void picture(Context ctx) {
    long number;
    try {
      number = Long.parseLong(ctx.pathParam("number"));
    } catch (NumberFormatException e) {
      number = -1;
    }
    pictures
        .png(number)
        .ifPresentOrElse(png -> answer(ctx, "image/png", png), () -> ctx.status(404));
  }

  private void live(WsConfig socket) {
    socket.onConnect(this::connect);
    socket.onMessage(
        ctx -> {
          Viewer viewer = viewers.get(ctx.sessionId());
          if (viewer != null && !hear(viewer, ctx.message())) {
            end(ctx, "a message is take, all, sleep or select");
          }
        });
    socket.onBinaryMessage(ctx -> end(ctx, "a message is text"));
    socket.onClose(ctx -> viewers.remove(ctx.sessionId()));
    socket.onError(ctx -> viewers.remove(ctx.sessionId()));
  }

  private void connect(WsContext ctx) {
    if (viewers.size() >= options.mostViewers()) {
      ctx.closeSession(TRY_LATER, "at most " + options.mostViewers() + " viewers");
      return;
    }
    Callback answered = Callback.from(() -> {}, failure -> viewers.remove(ctx.sessionId()));
    viewers.put(
        ctx.sessionId(),
        new Viewer(message -> ctx.session.sendBinary(ByteBuffer.wrap(message), answered)));
    came.incrementAndGet();
    most.accumulateAndGet(viewers.size(), Math::max);
    LockSupport.unpark(beats);
  }

  private void end(WsContext ctx, String rule) {
    bad.incrementAndGet();
    viewers.remove(ctx.sessionId());
    ctx.closeSession(POLICY, rule);
  }

  /**
   * Does what a browser says.
   *
   * @return whether it was understood
   */
  private boolean hear(Viewer viewer, String message) {
    JsonNode words;
    try {
      words = mapper.readTree(message);
    } catch (JsonProcessingException e) {
      return false;
    }
    return switch (words.path("type").asText()) {
      case "take" ->
          words.path("count").isIntegralNumber() && viewer.took(words.path("count").longValue());
      case "all" -> {
        viewer.wantsAll();
        yield true;
      }
      case "sleep" -> {
        viewer.sleeps();
        yield true;
      }
      case "select" -> select(words.path("channel"));
      default -> false;
    };
  }

  private boolean select(JsonNode channel) {
    boolean there =
        channel.isIntegralNumber()
            && channel.canConvertToInt()
            && channel.intValue() >= 0
            && channel.intValue() < models.info().channelCount();
    if (there) {
      models.select(channel.intValue());
    }
    return there;
  }

  private void run() {
    long pause = 1_000_000_000L / options.updatesPerSecond();
    long next = System.nanoTime();
    while (!stopped) {
      if (viewers.isEmpty()) {
        LockSupport.park(this); // until somebody comes
        next = System.nanoTime();
        continue;
      }
      beat(List.copyOf(viewers.values()));
      next = Math.max(next + pause, System.nanoTime());
      for (long left = next - System.nanoTime();
          left > 0 && !stopped;
          left = next - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  private void beat(List<Viewer> all) {
    updates.beat();
    for (Viewer viewer : all) {
      if (viewer.asleep()) {
        continue;
      }
      if (viewer.behind()) {
        dropped.incrementAndGet();
        continue;
      }
      viewer.send(updates.update(viewer.need()));
      sent.incrementAndGet();
    }
  }

  /** Says goodbye to the viewers and stops listening. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(beats);
    try {
      beats.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
