package org.efferent.acquisition.lsl;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import org.efferent.core.StreamException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Says whether a stream answers to an XPath predicate; the context is its {@code info} element. A
 * predicate that is no XPath matches nothing: it came from a stranger and must not stop an outlet.
 */
final class QueryMatcher {
  /** liblsl's MaxCachedQueries. */
  private static final int CACHED = 100;

  private final Element info;
  private final Element asOld;
  private final XPath xpath;
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
      info = Xml.parse(stream.fullXml());
      String rate = InfoXml.shortNumber(stream.nominalRateHz());
      asOld = Xml.parse(InfoXml.write(stream, stream.desc(), rate));
      XPathFactory factory = XPathFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      xpath = factory.newXPath();
    } catch (SAXException | XPathFactoryConfigurationException e) {
      throw new StreamException(
          "stream '" + stream.name() + "' has no XML description: " + e.getMessage(), e);
    }
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
      return (Boolean) xpath.evaluate(query, info, XPathConstants.BOOLEAN)
          // liblsl 1.12 asks for the rate of a lost stream as text, and writes it shorter.
          || (query.contains("nominal_srate")
              && (Boolean) xpath.evaluate(query, asOld, XPathConstants.BOOLEAN));
    } catch (XPathExpressionException e) {
      return false;
    }
  }
}
