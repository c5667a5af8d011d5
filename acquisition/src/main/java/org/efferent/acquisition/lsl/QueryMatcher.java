package org.efferent.acquisition.lsl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.StreamException;
import org.xml.sax.SAXException;

/**
 * Says whether a stream answers to an XPath predicate; the context is its {@code info} element. A
 * predicate that is no XPath, or that costs too much, matches nothing: it came from a stranger and
 * must not stop an outlet.
 */
final class QueryMatcher {
  /** liblsl's MaxCachedQueries. */
  private static final int CACHED = 100;

  private final XPathNode info;
  private final XPathNode asOld;
  private final Map<String, Boolean> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > CACHED;
        }
      };

  QueryMatcher(LslStreamInfo stream) {
    try {
      info = element(stream.fullXml());
      String rate = InfoXml.shortNumber(stream.nominalRateHz());
      asOld = element(InfoXml.write(stream, stream.desc(), rate));
    } catch (SAXException e) {
      throw new StreamException(
          "stream '" + stream.name() + "' has no XML description: " + e.getMessage(), e);
    }
  }

  private static XPathNode element(String xml) throws SAXException {
    return XPathNode.of(Xml.parse(xml).getOwnerDocument()).children().get(0);
  }

  /** Whether the stream matches; safe for several threads. */
  synchronized boolean matches(String predicate) {
    String query = predicate.strip();
    if (query.isEmpty()) {
      return true;
    }
    Boolean known = answers.get(query);
    if (known == null) {
      known = evaluate(query);
      answers.put(query, known);
    }
    return known;
  }

  private boolean evaluate(String query) {
    try {
      XPathExpr predicate = XPathParser.parse(query);
      return holds(predicate, info)
          // liblsl 1.12 asks for the rate of a lost stream as text, and writes it shorter.
          || (query.contains("nominal_srate") && holds(predicate, asOld));
    } catch (XPathProblem e) {
      return false;
    }
  }

  /**
   * Whether a predicate holds at a node.
   *
   * @throws XPathProblem if that costs too much, or values are not what functions want
   */
  static boolean holds(XPathExpr predicate, XPathNode at) {
    return XPathValues.toBoolean(
        predicate.value(new XPathExpr.Context(at, 1, 1, new XPathBudget())));
  }
}
