package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PdfTest {
  @TempDir Path folder;

  @Test
  void isAPageOfTheFiguresSizeWithItsTextInAnEmbeddedFont() throws Exception {
    List<String> axes = List.of("velocity x (µm/s)", "−y (cm/s)");
    Figure figure = Trajectories.overTime(Examples.velocity(), axes, FigureSize.COLUMN);
    Path file = folder.resolve("new/figure.pdf");
    figure.writePdf(file);
    try (PDDocument read = Loader.loadPDF(file.toFile())) {
      assertThat(read.getNumberOfPages()).isEqualTo(1);
      PDRectangle page = read.getPage(0).getMediaBox();
      assertThat(page.getWidth() / 72 * 25.4).isBetween(84.8, 85.2);
      assertThat(page.getHeight() / 72 * 25.4).isBetween(63.8, 64.2);
      // Text that runs upwards comes back in lines of some letters each.
      assertThat(new PDFTextStripper().getText(read).replaceAll("\\s", ""))
          .contains("velocityx(µm/s)", "−y(cm/s)", "time(s)", "decoded±2sd", "true");
      assertThat(read.getDocumentInformation().getTitle()).isEqualTo(figure.description());
      List<Boolean> embedded = new ArrayList<>();
      fonts(read.getPage(0).getResources(), embedded);
      assertThat(embedded).isNotEmpty().doesNotContain(false);
    }
  }

  private static void fonts(PDResources resources, List<Boolean> embedded) throws IOException {
    for (COSName name : resources.getFontNames()) {
      embedded.add(resources.getFont(name).isEmbedded());
    }
    for (COSName name : resources.getXObjectNames()) {
      PDXObject inner = resources.getXObject(name);
      if (inner instanceof PDFormXObject form) {
        fonts(form.getResources(), embedded);
      }
    }
  }

  @Test
  void isNotOverwrittenUnlessTold() {
    Figure figure = new Figure("nothing", FigureSize.COLUMN, (g, w, h) -> {});
    Path file = folder.resolve("figure.pdf");
    figure.writePdf(file);
    assertThatThrownBy(() -> figure.writePdf(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists and is not overwritten; choose another name or add --force");
    figure.writePdf(file, IfExists.REPLACE);
  }
}
