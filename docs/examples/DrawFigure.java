import java.nio.file.Path;
import java.util.List;
import org.efferent.viz.Curves;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;

/** Draws curves as PNG, SVG and PDF; no display is needed. */
public final class DrawFigure {
  private DrawFigure() {}

  public static void main(String[] args) {
    double[] repetitions = {1, 2, 4, 8};
    double[] encoder = {0.42, 0.55, 0.68, 0.79};
    double[] ridge = {0.35, 0.47, 0.60, 0.71};
    Figure figure =
        Curves.of(
            List.of(
                new Curves.Curve("encoder", repetitions, encoder),
                new Curves.Curve("ridge", repetitions, ridge)),
            Curves.Options.of("repetitions", "top-1"),
            FigureSize.COLUMN);
    figure.writePng(Path.of("curves.png"), 2, IfExists.REPLACE);
    figure.writeSvg(Path.of("curves.svg"), IfExists.REPLACE);
    figure.writePdf(Path.of("curves.pdf"), IfExists.REPLACE);
    System.out.println(figure.description());
  }
}
