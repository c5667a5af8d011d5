package org.efferent.viz;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A painter's strokes as SVG 1.1 (https://www.w3.org/TR/SVG11/). What VectorGraphics2D writes is
 * mended in five places: it leaves out a font size of 12, names a font that the reader may lack,
 * draws glyphs hollow, gives clips ids that change from run to run, and prints every digit of a
 * double.
 */
final class Svg {
  private static final String FONTS = "'DejaVu Sans',Verdana,Helvetica,Arial,sans-serif";
  private static final Pattern FAMILY = Pattern.compile("font-family:(?:\"[^\"]*\"|[^;]*);");
  private static final Pattern SIZE = Pattern.compile("font-size:([0-9.]+)(?:px)?;");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}");
  private static final Pattern CLIP = Pattern.compile("url\\(#([^)]*)\\)");
  private static final float DEFAULT_FONT_SIZE = 12f;

  private Svg() {}

  static String element(
      Figure.Painter painter, FigureSize size, String description, String prefix) {
    VectorGraphics2D g = new Glyphs();
    g.setColor(Palette.PAPER);
    g.fillRect(0, 0, size.width(), size.height());
    painter.paint(g, size.width(), size.height());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(g.getCommands(), new PageSize(size.width(), size.height()))
          .writeTo(bytes);
      Document document = parse(bytes.toByteArray());
      mend(document.getDocumentElement(), prefix, new HashMap<>());
      name(document, description, prefix);
      return text(document);
    } catch (IOException
        | SAXException
        | ParserConfigurationException
        | TransformerException failure) {
      throw new IllegalStateException("the SVG writer wrote what is not XML", failure);
    }
  }

  private static Document parse(byte[] xml)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    // The document names a DTD on the network: never fetch it.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static void mend(Element element, String prefix, Map<String, String> ids) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      String value = attribute.getValue();
      if (attribute.getName().equals("id")) {
        value = id(value, prefix, ids);
      } else if (attribute.getName().equals("clip-path")) {
        Matcher m = CLIP.matcher(value);
        value = m.matches() ? "url(#" + id(m.group(1), prefix, ids) + ")" : value;
      } else if (!attribute.getName().equals("transform")) {
        value = shorten(value);
      }
      attribute.setValue(value);
    }
    if (element.getTagName().equals("text")) {
      mendText(element);
    }
    NodeList children = element.getChildNodes();
    for (int i = children.getLength() - 1; i >= 0; i--) {
      Node child = children.item(i);
      if (child instanceof Element inner) {
        mend(inner, prefix, ids);
      } else if (!element.getTagName().equals("text") && child.getTextContent().isBlank()) {
        element.removeChild(child);
      }
    }
  }

  private static String id(String old, String prefix, Map<String, String> ids) {
    return ids.computeIfAbsent(old, key -> prefix + "-clip" + (ids.size() + 1));
  }

  private static String shorten(String value) {
    return LONG_NUMBER
        .matcher(value)
        .replaceAll(
            m -> {
              String s = String.format(Locale.ROOT, "%.2f", Double.parseDouble(m.group()));
              return s.equals("-0.00") ? "0" : s;
            });
  }

  /** Another font than ours is squeezed or stretched to the width that the layout reckoned with. */
  private static void mendText(Element text) {
    String style = text.getAttribute("style");
    Matcher m = SIZE.matcher(style);
    float size = m.find() ? Float.parseFloat(m.group(1)) : DEFAULT_FONT_SIZE;
    boolean bold = style.contains("font-weight:bold");
    style = SIZE.matcher(FAMILY.matcher(style).replaceAll("")).replaceAll("");
    text.setAttribute("style", style + "font-family:" + FONTS + ";font-size:" + size + "px;");
    Font font = new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont(size);
    double width =
        font.getStringBounds(text.getTextContent(), new FontRenderContext(null, true, true))
            .getWidth();
    if (width > 0) {
      text.setAttribute("textLength", String.format(Locale.ROOT, "%.2f", width));
      text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }

  private static void name(Document document, String description, String prefix) {
    Element svg = document.getDocumentElement();
    String ns = svg.getNamespaceURI();
    svg.removeAttribute("x");
    svg.removeAttribute("y");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", prefix + "-title");
    Element title = document.createElementNS(ns, "title");
    title.setAttribute("id", prefix + "-title");
    title.setTextContent(description);
    svg.insertBefore(title, svg.getFirstChild());
  }

  private static String text(Document document) throws TransformerException {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.setOutputProperty(OutputKeys.INDENT, "no");
    StringWriter writer = new StringWriter();
    transformer.transform(new DOMSource(document.getDocumentElement()), new StreamResult(writer));
    return writer.toString();
  }

  private static final class Glyphs extends VectorGraphics2D {
    private static final String PHYSICAL = "DejaVu Sans";

    /**
     * The writer looks for the font behind a logical one by measuring every font of the machine,
     * each time: a second a figure. Where ours is there it gets that at once.
     */
    @Override
    public void setFont(Font font) {
      Font physical = new Font(PHYSICAL, font.getStyle(), 1).deriveFont(font.getSize2D());
      super.setFont(physical.getFamily().equals(PHYSICAL) ? physical : font);
    }

    @Override
    public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
      fill(glyphs.getOutline(x, y));
    }
  }
}
