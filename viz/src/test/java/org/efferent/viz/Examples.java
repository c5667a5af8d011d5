package org.efferent.viz;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Material that several tests draw. */
final class Examples {
  private Examples() {}

  /** Sixty seconds of a smooth velocity and its noisy, shrunken decoding. */
  static Trajectory velocity() {
    Random random = new Random(3);
    int n = 600;
    double[] seconds = new double[n];
    double[][] truth = new double[n][2];
    double[][] decoded = new double[n][2];
    double[][] deviations = new double[n][2];
    for (int i = 0; i < n; i++) {
      seconds[i] = i * 0.1;
      for (int j = 0; j < 2; j++) {
        truth[i][j] = (i == 0 ? 0 : 0.92 * truth[i - 1][j]) + random.nextGaussian();
        decoded[i][j] = 0.85 * truth[i][j] + 0.7 * random.nextGaussian();
        deviations[i][j] = 0.8;
      }
    }
    return new Trajectory(seconds, decoded, truth, deviations);
  }

  static CursorState state(double x, double y, CursorStatus.Mode mode) {
    return new CursorState(
        1,
        new Disc(x, y, 0.03),
        new Disc(0.3, 0.2, 0.06),
        new CursorStatus(mode, 600, 2, 0.41, 1.32));
  }

  /** Parses with the JDK's parser, which goes nowhere: a doctype without a DTD stays harmless. */
  static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  static List<String> texts(Document document, String element) {
    List<String> texts = new ArrayList<>();
    NodeList all = document.getElementsByTagNameNS("*", element);
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent().strip());
    }
    return texts;
  }
}
