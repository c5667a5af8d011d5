package org.efferent.decoders.train;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efferent.data.Tensor;
import org.efferent.decoders.train.TrainingListener.Epoch;

/** Epochs as rows of numbers, for checkpoints and logs. */
final class Histories {
  private static final int COLUMNS = 11;

  private Histories() {}

  static Tensor write(List<Epoch> epochs) {
    double[] rows = new double[epochs.size() * COLUMNS];
    int at = 0;
    for (Epoch e : epochs) {
      RankScore v = e.validation();
      double[] row = {
        e.number(),
        e.trainLoss(),
        e.validationLoss(),
        v.queries(),
        v.candidates(),
        v.top1(),
        v.top5(),
        v.relativeMedianRank(),
        e.learningRate(),
        e.seconds(),
        e.best() ? 1 : 0
      };
      System.arraycopy(row, 0, rows, at, COLUMNS);
      at += COLUMNS;
    }
    return Tensor.of(rows, epochs.size(), COLUMNS);
  }

  static List<Epoch> read(Tensor tensor) {
    List<Epoch> epochs = new ArrayList<>();
    if (tensor != null) {
      double[] r = tensor.doubles();
      for (int at = 0; at + COLUMNS <= r.length; at += COLUMNS) {
        epochs.add(
            new Epoch(
                (int) r[at],
                r[at + 1],
                r[at + 2],
                new RankScore((int) r[at + 3], (int) r[at + 4], r[at + 5], r[at + 6], r[at + 7]),
                r[at + 8],
                r[at + 9],
                r[at + 10] != 0));
      }
    }
    return epochs;
  }

  static void csv(List<Epoch> epochs, Writer out) throws IOException {
    out.write(
        "epoch,train_loss,validation_loss,validation_top1,validation_top5,validation_relative_median_rank,"
            + "validation_candidates,learning_rate,seconds,best\n");
    for (Epoch e : epochs) {
      RankScore v = e.validation();
      out.write(
          String.format(
              Locale.ROOT,
              "%d,%.6g,%.6g,%.6f,%.6f,%.6f,%d,%.6g,%.3f,%s%n",
              e.number(),
              e.trainLoss(),
              e.validationLoss(),
              v.top1(),
              v.top5(),
              v.relativeMedianRank(),
              v.candidates(),
              e.learningRate(),
              e.seconds(),
              e.best()));
    }
  }
}
