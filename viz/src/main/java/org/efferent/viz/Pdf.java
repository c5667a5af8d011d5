package org.efferent.viz;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.FontMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;

/**
 * A painter's strokes as one page of PDF as large as the figure. Text stays text, in Liberation
 * Sans, which PDFBox brings along and of which the letters that are used go into the file: journals
 * ask for embedded fonts, and a logical font of Java's has no file to embed. The layout is reckoned
 * with that font too. Bold text, of which there is no file, is drawn as shapes.
 */
final class Pdf {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float POINTS_PER_PIXEL = 72f / 96f;

  private Pdf() {}

  /** The whole file; without a date, so that the same figure gives much the same file. */
  static byte[] bytes(Figure.Painter painter, FigureSize size, String description) {
    try (PDDocument document = new PDDocument();
        InputStream embedded = font();
        InputStream measured = font()) {
      PDDocumentInformation about = new PDDocumentInformation();
      about.setTitle(description);
      document.setDocumentInformation(about);
      PDPage page =
          new PDPage(
              new PDRectangle(size.width() * POINTS_PER_PIXEL, size.height() * POINTS_PER_PIXEL));
      document.addPage(page);
      PDFont inFile = PDType0Font.load(document, embedded, true);
      Font forLayout = Font.createFont(Font.TRUETYPE_FONT, measured);
      Drawing g = new Drawing(document, size, forLayout);
      g.setFontTextDrawer(new Letters(inFile));
      g.setColor(Palette.PAPER);
      g.fillRect(0, 0, size.width(), size.height());
      g.setColor(Palette.INK);
      painter.paint(g, size.width(), size.height());
      g.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.transform(Matrix.getScaleInstance(POINTS_PER_PIXEL, POINTS_PER_PIXEL));
        content.drawForm(g.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font that PDFBox brings cannot be read", e);
    }
  }

  private static InputStream font() {
    return PDDocument.class.getResourceAsStream(FONT);
  }

  /** Measures and draws every text in the one font. */
  private static final class Drawing extends PdfBoxGraphics2D {
    private final Font font;

    Drawing(PDDocument document, FigureSize size, Font font) throws IOException {
      super(document, size.width(), size.height());
      this.font = font;
    }

    @Override
    public void setFont(Font wanted) {
      super.setFont(wanted == null || font == null ? wanted : ours(wanted));
    }

    @Override
    public FontMetrics getFontMetrics(Font wanted) {
      return super.getFontMetrics(ours(wanted));
    }

    private Font ours(Font wanted) {
      return font.deriveFont(wanted.getStyle(), wanted.getSize2D());
    }
  }

  private static final class Letters extends PdfBoxGraphics2DFontTextDrawer {
    private final PDFont font;

    Letters(PDFont font) {
      this.font = font;
    }

    @Override
    protected boolean hasDynamicFontMapping() {
      return true;
    }

    /** The font in the file; null has the text drawn as shapes. */
    @Override
    protected PDFont mapFont(Font wanted, IFontTextDrawerEnv env) {
      return wanted.isBold() ? null : font;
    }
  }
}
