package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LslStreamInfoTest {
  /** What liblsl 1.17 sent (session.txt of the goldens). */
  private static final String LIBLSL =
      """
      <?xml version="1.0"?>
      <info>
      \t<name>Cur</name>
      \t<type>EEG</type>
      \t<channel_count>3</channel_count>
      \t<channel_format>float32</channel_format>
      \t<source_id>abc123</source_id>
      \t<nominal_srate>4.000000000000000</nominal_srate>
      \t<version>1.100000000000000</version>
      \t<created_at>8073.855703016000</created_at>
      \t<uid>ac353bf2-88d1-40be-a9d0-83b49f550685</uid>
      \t<session_id>default</session_id>
      \t<hostname>vm</hostname>
      \t<v4address></v4address>
      \t<v4data_port>16572</v4data_port>
      \t<v4service_port>16572</v4service_port>
      \t<v6address></v6address>
      \t<v6data_port>0</v6data_port>
      \t<v6service_port>0</v6service_port>
      \t<desc />
      </info>
      """;

  @Test
  void whatLiblslWritesIsReadAndWrittenByteForByte() {
    LslStreamInfo info = LslStreamInfo.parse(LIBLSL);
    assertThat(info.name()).isEqualTo("Cur");
    assertThat(info.format()).isEqualTo(ChannelFormat.FLOAT32);
    assertThat(info.origin().createdAt()).isEqualTo(8073.855703016);
    assertThat(info.v4()).isEqualTo(new Endpoint("", 16_572, 16_572));
    assertThat(info.shortXml()).isEqualTo(LIBLSL);
    assertThat(info.fullXml()).isEqualTo(LIBLSL);
  }

  @Test
  void theChannelsOfTheCoreTravelInDesc() {
    StreamInfo core =
        new StreamInfo(
            "a<b>&'\"\u0001",
            "EEG",
            250,
            "s",
            List.of(new ChannelInfo("C3", "EEG", "microvolts"), new ChannelInfo("x", "", "")));
    LslStreamInfo sent = LslStreamInfo.of(core, ChannelFormat.INT16);
    LslStreamInfo back =
        LslStreamInfo.parse(
            sent.at(new Origin(1.1, 5, "ABC", "default", "h"), Endpoint.NONE).fullXml());
    assertThat(back.toStreamInfo().channels()).isEqualTo(core.channels());
    assertThat(back.name()).isEqualTo("a<b>&'\"\ufffd");
    assertThat(back.origin().uid()).isEqualTo("abc");
    assertThat(LslStreamInfo.parse(back.shortXml()).toStreamInfo().channels().get(1).label())
        .isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name||name of a stream description must be there; name='', name=''",
        "uid||uid of a stream description must be there; uid='', name='Cur'",
        "version|0|version of a stream description must be a positive number; version='0', name='Cur'",
        "channel_count|-1|channel_count of a stream description must be an integer in 0 … 1048576; channel_count='-1', name='Cur'",
        "channel_format|float|channel_format of a stream description must be one of LSL's seven formats; channel_format='float', name='Cur'",
        "nominal_srate|x|nominal_srate of a stream description must be a number; nominal_srate='x', name='Cur'",
        "nominal_srate|-1|nominal_srate of a stream description must be a number that is not negative; nominal_srate='-1', name='Cur'",
        "created_at||created_at of a stream description must be a number; created_at='', name='Cur'",
        "v4data_port|65536|v4data_port of a stream description must be an integer in 0 … 65535; v4data_port='65536', name='Cur'",
        "v6service_port||v6service_port of a stream description must be an integer; v6service_port='', name='Cur'"
      })
  void aFieldThatLiblslCallsInvalidIsInvalid(String field, String value, String message) {
    String text = value == null ? "" : value;
    String with = LIBLSL.replaceAll("<" + field + ">[^<]*<", "<" + field + ">" + text + "<");
    assertThat(with).isNotEqualTo(LIBLSL);
    assertThatThrownBy(() -> LslStreamInfo.parse(with))
        .isInstanceOf(StreamException.class)
        .hasMessage(message);
    if (text.isEmpty()) {
      String without = LIBLSL.replaceAll("\t<" + field + ">[^<]*</" + field + ">\n", "");
      assertThatThrownBy(() -> LslStreamInfo.parse(without))
          .isInstanceOf(StreamException.class)
          .hasMessage(message);
    }
  }

  @Test
  void numbersLikeThoseOfOtherPeersAreRead() {
    String other = LIBLSL.replace("1.100000000000000", "1.10").replace("4.000000000000000", "100");
    assertThat(LslStreamInfo.parse(other).nominalRateHz()).isEqualTo(100);
  }

  @Test
  void documentTypesAndEntitiesAreRefused() {
    String evil =
        "<!DOCTYPE info [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><info><name>&x;</name></info>";
    assertThatThrownBy(() -> LslStreamInfo.parse(evil))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("a stream description must be XML; DOCTYPE is disallowed");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.000000000000000",
    "7189.137022858,7189.137022858000",
    "0.001,0.001000000000000000",
    "123456789012345.5,123456789012345.5",
    "1e20,1.000000000000000e+20"
  })
  void numbersAreWrittenWithSixteenDigits(double value, String text) {
    assertThat(InfoXml.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "100,100",
    "512.03,512.03",
    "0.1,0.1",
    "30000,30000",
    "123456.7,123457",
    "1e6,1e+06",
    "1234567,1.23457e+06",
    "0.00001234,1.234e-05",
    "999999.9,1e+06"
  })
  void shortNumbersAreThoseOfAStream(double value, String text) {
    assertThat(InfoXml.shortNumber(value)).isEqualTo(text);
  }

  @Test
  void theShortRateIsExactOrNotUsed() {
    assertThat(LslStreamInfo.parse(LIBLSL).plainXml())
        .isEqualTo(LIBLSL.replace("4.000000000000000", "4"));
    String odd = LIBLSL.replace("4.000000000000000", "1234567.000000000");
    assertThat(LslStreamInfo.parse(odd).plainXml()).isEqualTo(odd);
  }

  @Test
  void theRateIsFoundAsOldLiblslWritesIt() {
    QueryMatcher matcher = new QueryMatcher(LslTesting.stream(ChannelFormat.FLOAT32, 32, 100));
    assertThat(matcher.matches("name='Fk' and nominal_srate='100'")).isTrue();
    assertThat(matcher.matches("nominal_srate='100.0000000000000'")).isTrue();
    assertThat(matcher.matches("nominal_srate=100")).isTrue();
    assertThat(matcher.matches("nominal_srate='101'")).isFalse();
  }

  @Test
  void predicatesAreXPath() {
    QueryMatcher matcher = new QueryMatcher(LslTesting.stream(ChannelFormat.FLOAT32, 32, 100));
    assertThat(matcher.matches("")).isTrue();
    assertThat(matcher.matches("name='Fk' and type=\"EEG\"")).isTrue();
    assertThat(matcher.matches("count(desc/channels/channel)=32")).isTrue();
    assertThat(matcher.matches("channel_count>32")).isFalse();
    assertThat(matcher.matches("name='Fk")).isFalse();
    assertThat(matcher.matches("nonsense((")).isFalse();
    assertThat(matcher.matches(LslResolver.property("name", "a'b\"c'"))).isFalse();
    LslStreamInfo odd = LslStreamInfo.markers("a'b\"c'", "");
    assertThat(new QueryMatcher(odd).matches(LslResolver.property("name", "a'b\"c'"))).isTrue();
  }
}
