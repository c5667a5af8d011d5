package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML from the network, read without document types or entities, and written as liblsl does. */
final class Xml {
  private static final int DEEPEST = 64;

  private Xml() {}

  static Element parse(String text) throws SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute(
          "http://www.oracle.com/xml/jaxp/properties/maxElementDepth", Integer.toString(DEEPEST));
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Thrower());
      return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
    } catch (ParserConfigurationException | IOException e) {
      throw new SAXException(e);
    }
  }

  static XmlElement tree(Element element) throws SAXException {
    return tree(element, 0);
  }

  private static XmlElement tree(Element element, int depth) throws SAXException {
    if (depth > DEEPEST) {
      throw new SAXException("elements nest deeper than " + DEEPEST);
    }
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(tree(child, depth + 1));
      } else if (node.getNodeType() == Node.TEXT_NODE
          || node.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(node.getNodeValue());
      }
    }
    String own = children.isEmpty() ? text.toString() : text.toString().strip();
    try {
      return new XmlElement(element.getTagName(), own, children);
    } catch (IllegalArgumentException e) {
      throw new SAXException(e.getMessage(), e);
    }
  }

  /** Appends an element, indented with tabs; one without content as {@code <name />}. */
  static void write(StringBuilder out, XmlElement element, int depth) {
    String indent = "\t".repeat(depth);
    out.append(indent).append('<').append(element.name());
    if (element.children().isEmpty() && element.text().isEmpty()) {
      out.append(" />\n");
      return;
    }
    out.append('>');
    escape(out, element.text());
    if (!element.children().isEmpty()) {
      out.append('\n');
      for (XmlElement child : element.children()) {
        write(out, child, depth + 1);
      }
      out.append(indent);
    }
    out.append("</").append(element.name()).append(">\n");
  }

  static void escape(StringBuilder out, String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
  }

  /** XML 1.0, production 2: what may stand in a document at all. */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** The JDK's own handler prints to standard error. */
  private static final class Thrower implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
