package org.efferent.data.fetch;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered, its content still to be read.
 *
 * @param status the status code
 * @param headers the headers
 * @param body the content
 * @param address where the answer came from, after redirects
 */
record WebAnswer(int status, HttpHeaders headers, TimedBody body, URI address)
    implements AutoCloseable {
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(\\d{1,18})");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  /** Where the content begins in the file: what Content-Range says (RFC 9110, section 14.4). */
  OptionalLong rangeStart() {
    Matcher matcher = RANGE.matcher(header("Content-Range"));
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The size of the whole file, as far as the answer says. */
  OptionalLong wholeBytes() {
    if (status == 206) {
      Matcher matcher = RANGE.matcher(header("Content-Range"));
      return matcher.matches() && !matcher.group(3).equals("*")
          ? OptionalLong.of(Long.parseLong(matcher.group(3)))
          : OptionalLong.empty();
    }
    if (status == 416) {
      Matcher matcher = UNSATISFIED.matcher(header("Content-Range"));
      return matcher.matches()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)))
          : OptionalLong.empty();
    }
    return encoded() ? OptionalLong.empty() : headers.firstValueAsLong("Content-Length");
  }

  /** Whether the content is packed, so that its length is not that of the file. */
  boolean encoded() {
    String encoding = header("Content-Encoding");
    return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
  }

  /**
   * What tells this state of the file from others: a strong ETag or a date of change; empty if
   * there is neither (RFC 9110, section 13.1.5).
   */
  String validator() {
    String tag = header("ETag");
    boolean strong = tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 2;
    String validator = strong ? tag : tag.isEmpty() ? header("Last-Modified") : "";
    return sendable(validator) ? validator : "";
  }

  /** Whether a text can stand in a header that is sent back. */
  static boolean sendable(String text) {
    return text.length() <= 512 && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** How long the server asks to be left alone. */
  Optional<Duration> retryAfter() {
    String value = header("Retry-After");
    return SECONDS.matcher(value).matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }

  String header(String name) {
    return headers.firstValue(name).orElse("").strip();
  }

  @Override
  public void close() {
    body.close();
  }
}
