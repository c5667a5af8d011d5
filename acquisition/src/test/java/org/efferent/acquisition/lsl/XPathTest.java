package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Predicates, beside the JDK's own evaluation of them, which knows no limits. */
class XPathTest {
  private static final LslStreamInfo STREAM =
      LslStreamInfo.of(
          new StreamInfo(
              "Amp 'é'",
              "EEG",
              250,
              "src-7",
              List.of(
                  new ChannelInfo("Fp1", "EEG", "microvolts"),
                  new ChannelInfo("Cz", "EEG", "microvolts"),
                  new ChannelInfo("X", "", "7.5"))),
          ChannelFormat.INT16);

  private final Element dom = parsed();
  private final XPathNode node = XPathNode.of(dom.getOwnerDocument()).children().get(0);
  private final XPath jdk = XPathFactory.newInstance().newXPath();

  private static Element parsed() {
    try {
      return Xml.parse(STREAM.fullXml());
    } catch (org.xml.sax.SAXException e) {
      throw new IllegalStateException(e);
    }
  }

  private Boolean ours(String query) {
    try {
      return QueryMatcher.holds(XPathParser.parse(query), node);
    } catch (XPathProblem e) {
      return null;
    }
  }

  private Boolean theirs(String query) {
    try {
      return (Boolean) jdk.evaluate(query, dom, XPathConstants.BOOLEAN);
    } catch (XPathExpressionException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "nothing",
        "type='EEG'",
        "type=\"EEG\" and channel_count>2",
        "channel_count='3' and nominal_srate=250 or false()",
        "count(desc/channels/channel)=3",
        "desc/channels/channel/label='Cz'",
        "desc/channels/channel[2]/label='Cz'",
        "desc/channels/channel[label='Cz' and unit='microvolts']",
        "desc/channels/channel[position()=last()][type='']",
        "//channel[label='X']/unit * 2 = 15",
        "//label/.. = desc/channels/*",
        "/info/name",
        "/",
        "/*/desc//text()",
        "name(..)=''",
        "name()='info'",
        "starts-with(name, 'Amp') and not(contains(type,'x'))",
        "substring-before(source_id,'-')='src'",
        "substring-after(source_id,'-')+1=8",
        "substring('12345', 1.5, 2.6)='234'",
        "substring('12345', 0 div 0, 3)=''",
        "translate('bar','abc','AB')='BAr'",
        "normalize-space('  a  b ')='a b'",
        "string-length(name)=7",
        "concat(type,'-',channel_format)='EEG-int16'",
        "sum(//channel/unit[.>1])=7.5",
        "floor(2.6)=2 and ceiling(2.2)=3 and round(2.5)=3 and round(-2.5)=-2",
        "5 mod -2 = 1 and -5 mod 2 = -1 and 7 div 2 = 3.5",
        "-(-3) = 3",
        "number('x') != number('x')",
        "string(1 div 0)='Infinity' and string(-1 div 0)='-Infinity'",
        "string(1e1)",
        "string(100000000000) = '100000000000'",
        "string(0.0000001) = '0.0000001'",
        "boolean(//nothing) = false()",
        "//nothing = false()",
        "//channel != //label",
        "//unit > 7",
        "1 < 2 < 3",
        "3 > 2 > 1",
        "(//label)[last()]='X'",
        "(//label | //unit)[3] = 'Cz'",
        "//label[1]='Cz'",
        "descendant::label[2]='Cz'",
        "//channel[2]/preceding-sibling::*/label='Fp1'",
        "//channel[2]/following-sibling::channel[1]/label='X'",
        "count(//channel[2]/preceding::*) > 12",
        "count(//channel[2]/following::*)=4",
        "//label[last()]/ancestor::*[2][self::channels]",
        "count(//label/ancestor-or-self::node()) = 10",
        "div",
        "div div div",
        "* * *",
        "count(*)*count(*)>4",
        "@a = 1",
        "count(attribute::*)=0",
        "comment() or processing-instruction('x')",
        "self::info",
        "self::node()/child::type='EEG'",
        "local-name(desc)='desc'",
        "namespace-uri(desc)=''",
        "lang('en')",
        "id('x')",
        "string()='x'",
        "true",
        "true()",
        ".",
        "..",
        "'a'",
        "''",
        "0",
        "(((1)))",
        "$x",
        "f()",
        "count(1)",
        "count()",
        "document('file:///etc/passwd')",
        "java:java.lang.System.exit(1)",
        "unparsed-text('x')",
        "'a",
        "a[",
        "a]",
        "a b",
        "/a/",
        "//",
        "a//",
        "a::b",
        "child::",
        "1 +",
        "a!b",
        "!",
        "1 = ",
        ".5 = 0.5 and 5. = 5",
        "a.b-c",
        "not(1, 2)"
      })
  void agreesWithTheJdk(String query) {
    assertThat(ours(query)).as(query).isEqualTo(theirs(query));
  }

  /** Where the JDK is wrong, or knows no answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--3 = 3",
        "last()=1 and position()=1",
        "not(*[2.5 * 2.5])",
        "desc/channels/channel[1 + 1]"
      })
  void followsTheRecommendation(String query) {
    assertThat(ours(query)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "count(//*[count(//*[count(//*[count(//*)>0])>0])>0])>0 # it takes more than 250000 steps",
        "//*[//*[//*[//*=//*]=//*]=//*]=0 # it takes more than 250000 steps",
        "$x # there are no variables",
        "document('x') # no function document of 1 arguments",
        "count() # no function count of 0 arguments",
        "a b # nothing may follow here; found 'b'",
        "foo::a # no axis foo",
        "a:* # there are no namespaces",
        "count('a')=1 # a set of nodes is wanted",
        "(1 # ')' is wanted; found ''",
        "/a/ # a step is wanted; found ''",
        "1 ! 2 # no expression has a '!' here",
        "a='x # a text does not end"
      })
  void whatCannotBeAnsweredSaysWhy(String query, String why) {
    assertThatThrownBy(() -> QueryMatcher.holds(XPathParser.parse(query.replace("''", "'")), big()))
        .isInstanceOf(XPathProblem.class)
        .hasMessage(why);
  }

  /** A thousand described channels. */
  private static XPathNode big() {
    try {
      LslStreamInfo stream =
          LslStreamInfo.of(StreamInfo.of("Big", "EEG", 250, 1000), ChannelFormat.INT16);
      return XPathNode.of(Xml.parse(stream.fullXml()).getOwnerDocument()).children().get(0);
    } catch (org.xml.sax.SAXException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(desc/channels/channel)=1000",
        "//label='1000'",
        "desc/channels/channel[label='7' and unit='' and type='']",
        "count(desc/channels/channel[label=position()])=1000"
      })
  void whatPeopleAskOfAThousandChannelsIsAnswered(String query) {
    assertThat(QueryMatcher.holds(XPathParser.parse(query), big())).isTrue();
  }

  @Test
  void nestingAndLengthEndInAnAnswerToo() {
    for (String open :
        List.of("(", "not(", "a[", "-", "concat(1,", "//a[", "../", "a/", "1+", "a|")) {
      assertThat(ours(open.repeat(10_000) + "1")).as(open).isIn(null, true, false);
      assertThat(ours(open.repeat(10_000))).as(open).isIn(null, true, false);
    }
    assertThat(ours("-".repeat(30_000) + "1")).isTrue();
    assertThat(ours("1" + "=1".repeat(400))).isTrue();
    assertThat(ours("name='" + "x".repeat(60_000) + "'")).isFalse();
    assertThat(ours("1" + " or 1".repeat(10_000))).isNull();
    assertThat(ours("0" + " and 1".repeat(10_000))).isFalse();
  }

  /** Expressions at random; the JDK's answer is right where it has one. */
  @Test
  void agreesWithTheJdkOnWhatNobodyWouldWrite() {
    int cases = 3 * Integer.getInteger("efferent.fuzz", 300);
    int answered = 0;
    for (int seed = 0; seed < cases; seed++) {
      // Without a step around it the JDK knows no position.
      String query = "self::*[boolean(" + new Writer(new Random(seed)).expression(3) + ")]";
      Boolean theirs = theirs(query);
      assertThat(ours(query)).as("seed %d: %s", seed, query).isEqualTo(theirs);
      answered += theirs == null ? 0 : 1;
    }
    assertThat(answered).isGreaterThan(cases / 2);
  }

  /** Writes expressions. */
  private record Writer(Random random) {
    private static final String[] NAMES = {
      "name",
      "desc",
      "channels",
      "channel",
      "label",
      "unit",
      "type",
      "nothing",
      "*",
      "channel_count"
    };
    private static final String[] AXES = {
      "child", "descendant", "parent", "ancestor", "following-sibling", "preceding-sibling",
      "following", "preceding", "self", "descendant-or-self", "ancestor-or-self", "attribute"
    };

    private String one(String... of) {
      return of[random.nextInt(of.length)];
    }

    String expression(int depth) {
      if (depth == 0) {
        return one("1", "0", "2.5", "'EEG'", "''", "'3'", "name", "channel_count", ".", "true()");
      }
      return switch (random.nextInt(8)) {
        case 0, 1 ->
            expression(depth - 1)
                + one(" = ", " != ", " < ", " > ", " <= ", " >= ", " and ", " or ")
                + expression(depth - 1);
        case 2 ->
            expression(depth - 1)
                + one(" + ", " - ", " * ", " div ", " mod ")
                + expression(depth - 1);
        case 3 -> "(" + expression(depth - 1) + ")";
        case 4 -> function(depth - 1);
        default -> path(depth - 1);
      };
    }

    private String function(int depth) {
      return switch (random.nextInt(9)) {
        case 0 -> "count(" + path(depth) + ")";
        case 1 -> one("not", "boolean", "string", "number") + "(" + expression(depth) + ")";
        case 2 -> one("starts-with", "contains") + "(" + path(depth) + ",'E')";
        case 3 -> "string-length(" + expression(depth) + ")";
        case 4 -> one("position()", "last()", "false()", "name()", "string()");
        case 5 -> "substring(" + path(depth) + "," + random.nextInt(4) + ")";
        case 6 -> "concat(" + expression(depth) + "," + expression(depth) + ")";
        case 7 -> one("floor", "ceiling", "round") + "(" + expression(depth) + ")";
        default -> "normalize-space(" + path(depth) + ")";
      };
    }

    private String onAxis(String axis, String test) {
      boolean down = axis.startsWith("descendant"); // as above, with node()
      return axis + "::" + (down ? test : one(test, "node()", "text()"));
    }

    private String path(int depth) {
      // Not both: Xalan shortens descendant::node()//x to something else.
      boolean axes = random.nextBoolean();
      StringBuilder path = new StringBuilder(one("", "", "", "/", axes ? "" : "//", "../"));
      int steps = 1 + random.nextInt(3);
      for (int i = 0; i < steps; i++) {
        path.append(i == 0 ? "" : one("/", "/", axes ? "/" : "//"));
        String test = one(NAMES);
        path.append(
            switch (random.nextInt(5)) {
              case 0 -> axes ? onAxis(one(AXES), test) : one(test, "text()");
              case 1 -> one(".", "..", "text()", "node()");
              default -> test;
            });
        boolean brackets = !path.toString().endsWith(".");
        if (brackets && depth > 0 && random.nextInt(3) == 0) {
          // Xalan takes 6.25 for a position, which it is not.
          boolean truth = random.nextBoolean();
          path.append(truth ? "[boolean(" + expression(depth - 1) + ")]" : one("[2]", "[last()]"));
        }
      }
      return path.toString();
    }
  }
}
