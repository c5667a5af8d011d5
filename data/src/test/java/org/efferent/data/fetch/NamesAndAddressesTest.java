package org.efferent.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and addresses that come from outside. */
class NamesAndAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        "./x",
        "a//x",
        "a/",
        "..\\x",
        "C:\\x",
        "C:x",
        "a\nb",
        "a\u0000b",
        "dataset.json",
        "x.part",
        "x.part.json"
      })
  void aNameThatCouldLeaveTheFolderIsRefused(String name) {
    assertThatThrownBy(() -> RemotePath.check(name, "a listing"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "a listing: the name of a file must be a relative path that stays in its folder; \"")
        .hasMessageEndingWith("; nothing of it was written, tell the publisher");
  }

  @Test
  void theMessageShowsTheNameAndTheRule() {
    assertThatThrownBy(() -> RemotePath.check("../../.ssh/keys", "SHA256SUMS.txt"))
        .hasMessage(
            "SHA256SUMS.txt: the name of a file must be a relative path that stays in its folder;"
                + " \"../../.ssh/keys\" has an empty part, \".\" or \"..\"; nothing of it was"
                + " written, tell the publisher");
    assertThatThrownBy(() -> RemotePath.check("a/" + "x".repeat(241), "l"))
        .hasMessageContaining("has a part of more than 240 bytes");
    assertThatThrownBy(() -> RemotePath.check("x/".repeat(600) + "x", "l"))
        .hasMessageContaining("has 1201 characters, more than 1024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "S001/S001R03.edf", "a b/c#d (1).mat", ".bidsignore", "ä/Ω.npy", "..x"})
  void otherNamesStayBelowTheFolder(String name) {
    Path folder = Path.of("some", "folder");
    assertThat(RemotePath.resolve(folder, name, "a listing"))
        .isEqualTo(folder.toAbsolutePath().resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://physionet.org/x",
        "ftp://physionet.org/x",
        "file:///etc/passwd",
        "/x",
        "physionet.org",
        "https://",
        "https:///x",
        "https://user:secret@physionet.org/x",
        "http://127.0.0.1.example.org/x",
        "https://a b/"
      })
  void onlyHttpsIsAnAddress(String address) {
    assertThatThrownBy(() -> Addresses.parse(address, "toy.json: page"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "toy.json: page must be an address that begins with https://; address=\""
                + address
                + "\"");
  }

  @Test
  void loopbackNeedsNoHttps() {
    assertThat(Addresses.parse("http://127.0.0.1:8080/x", "x")).hasPort(8080);
    assertThat(Addresses.parse("http://localhost/x", "x")).hasHost("localhost");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://a.org/x, https://b.org/y, https://b.org/y",
        "https://a.org/x/y, ../z, https://a.org/z",
        "https://a.org/x, //b.org/y, https://b.org/y",
        "https://a.org/x, http://a.org/x, -",
        "https://a.org/x, http://127.0.0.1/x, -",
        "https://a.org/x, ftp://a.org/x, -",
        "https://a.org/x, https://u:p@b.org/x, -",
        "https://a.org/x, 'https://b.org/a b', -",
        "http://127.0.0.1:9/x, http://127.0.0.1:8/y, http://127.0.0.1:8/y",
        "http://127.0.0.1:9/x, http://a.org/y, -"
      })
  void redirectsNeverBecomeLessSafe(String from, String location, String to) {
    assertThat(Addresses.redirect(URI.create(from), location).map(URI::toString).orElse(null))
        .isEqualTo(to);
  }

  @Test
  void serversAreTheSameByNameAndPort() {
    URI a = URI.create("https://a.org/x");
    assertThat(Addresses.sameOrigin(a, URI.create("https://A.org:443/y"))).isTrue();
    assertThat(Addresses.sameOrigin(a, URI.create("https://a.org:444/y"))).isFalse();
    assertThat(Addresses.sameOrigin(a, URI.create("https://b.a.org/y"))).isFalse();
    assertThat(Addresses.sameOrigin(a, URI.create("http://a.org:443/y"))).isFalse();
  }

  @Test
  void namesAreEscaped() {
    assertThat(Addresses.encodePath("a b/c#d?e%/ö.npy")).isEqualTo("a%20b/c%23d%3Fe%25/%C3%B6.npy");
    assertThat(Addresses.encode("doi:10.5061/dryad.070jc"))
        .isEqualTo("doi%3A10.5061%2Fdryad.070jc");
  }

  @Test
  void sizesAreShownAsPeopleCount() {
    assertThat(ByteCount.shown(999)).isEqualTo("999 bytes");
    assertThat(ByteCount.shown(2_596_896)).isEqualTo("2.60 MB");
    assertThat(ByteCount.shown(34_000_000_000L)).isEqualTo("34.0 GB");
    assertThat(Shown.of("a\u001b[31mb")).isEqualTo("a?[31mb");
  }
}
