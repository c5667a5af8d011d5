package org.efferent.data.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;

/**
 * Asks servers: redirects are followed by hand and never to something less safe, an answer that
 * does not come is given up, a token goes to the server that it is for and to no other.
 */
final class Web {
  private static final int MOST_REDIRECTS = 10;
  private static final String AGENT = "Efferent";

  private final HttpClient client;
  private final WebOptions options;
  private final FetchEnvironment environment;
  private final Optional<Token> token;
  private final String help;

  /**
   * A bearer token.
   *
   * @param origin any address of the server that may see it
   * @param value the token
   */
  record Token(URI origin, String value) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "a token for " + origin.getHost();
    }
  }

  /**
   * A client.
   *
   * @param options patience
   * @param environment clock and pauses
   * @param token what to show to its server; empty for none
   * @param help what a user can do when a server refuses, a sentence without its point
   */
  Web(WebOptions options, FetchEnvironment environment, Optional<Token> token, String help) {
    this.options = options;
    this.environment = environment;
    this.token = token;
    this.help = help;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.connect())
            .build();
  }

  /** What a user can do when a server refuses. */
  String help() {
    return help;
  }

  /** A count of failures for one thing. */
  Backoff backoff(String what) {
    return new Backoff(options, environment.pause(), what);
  }

  /**
   * Asks once, redirects followed.
   *
   * @param address the address
   * @param headers what to add to the request
   * @return the answer, whatever its status, to be closed
   * @throws IOException if the server cannot be reached, breaks off or does not answer in time
   * @throws StreamException if a redirect must not be followed
   */
  WebAnswer ask(URI address, Map<String, String> headers) throws IOException, InterruptedException {
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      WebAnswer answer = askOnce(at, headers);
      if (!redirected(answer.status())) {
        return answer;
      }
      answer.close();
      String location = answer.header("Location");
      Optional<URI> next = Addresses.redirect(at, location);
      if (next.isEmpty()) {
        throw new StreamException(
            "%s: redirects to \"%s\", which is not followed: from https only https is; %s"
                .formatted(shown(at), Shown.of(withoutQuery(location)), help));
      }
      at = next.get();
    }
    throw new StreamException(
        "%s: redirects more than %d times; %s".formatted(shown(address), MOST_REDIRECTS, help));
  }

  private static boolean redirected(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private WebAnswer askOnce(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(options.stall())
            .header("User-Agent", AGENT)
            .header("Accept-Encoding", "identity")
            .GET();
    headers.forEach(request::header);
    token
        .filter(t -> Addresses.sameOrigin(t.origin(), address))
        .ifPresent(t -> request.header("Authorization", "Bearer " + t.value()));
    HttpResponse<TimedBody> response =
        client.send(request.build(), info -> new TimedBody(options, environment.clock()));
    return new WebAnswer(response.statusCode(), response.headers(), response.body(), address);
  }

  /**
   * A listing: content and headers.
   *
   * @param text the content as UTF-8
   * @param headers what came with it
   * @param address where it came from
   */
  record Listing(String text, HttpHeaders headers, URI address) {}

  /**
   * Reads a listing, trying again where that may help.
   *
   * @param address the address
   * @param accept the media type that is wanted
   * @param most most bytes that it may have
   * @return the listing
   * @throws StreamException if the server cannot be reached or refuses
   * @throws InputException if it is too long
   */
  Listing listing(URI address, String accept, int most) throws InterruptedException {
    Backoff backoff = backoff("the listing at " + shown(address));
    while (true) {
      try (WebAnswer answer = ask(address, Map.of("Accept", accept))) {
        if (answer.status() == 200) {
          return new Listing(
              new String(content(answer, most), StandardCharsets.UTF_8),
              answer.headers(),
              answer.address());
        }
        refuse(answer, "the listing at " + shown(address));
        backoff.again("it answered " + answer.status(), answer.retryAfter(), null);
      } catch (IOException e) {
        backoff.again(reason(e), Optional.empty(), e);
      }
    }
  }

  private static byte[] content(WebAnswer answer, int most)
      throws IOException, InterruptedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
      if (content.size() + n > most) {
        throw new InputException(
            "the listing at %s has more than %s, which no listing needs; tell the publisher"
                .formatted(shown(answer.address()), ByteCount.shown(most)));
      }
      content.write(buffer, 0, n);
    }
    return content.toByteArray();
  }

  /**
   * Throws for a status that no further attempt would change; returns for one that may pass: 408,
   * 425, 429 and 5xx.
   */
  void refuse(WebAnswer answer, String what) {
    int status = answer.status();
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return;
    }
    String why =
        switch (status) {
          case 401, 403 -> "the publisher refuses it (" + status + ")";
          case 404, 410 -> "the publisher does not have it (" + status + ")";
          default -> "the publisher answered " + status;
        };
    throw new StreamException("%s: %s; %s".formatted(what, why, help));
  }

  /** Why a connection failed, in a few words. */
  static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection: is this machine on the network?";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : Shown.of(message);
  }

  /** An address without its query, which may hold signatures. */
  static String shown(URI address) {
    return Shown.of(withoutQuery(address.toString()));
  }

  private static String withoutQuery(String address) {
    int query = address.indexOf('?');
    return query < 0 ? address : address.substring(0, query);
  }
}
