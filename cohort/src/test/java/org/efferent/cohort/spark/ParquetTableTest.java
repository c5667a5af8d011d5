package org.efferent.cohort.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.efferent.cohort.spark.ParquetTable.Column;
import org.efferent.cohort.spark.ParquetTable.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what Spark's SQL reads. */
class ParquetTableTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("index", Kind.INTEGER),
          new Column("timeSeconds", Kind.DOUBLE),
          new Column("stimulus", Kind.TEXT),
          new Column("embedding", Kind.FLOATS));

  @TempDir private Path folder;

  private static byte[] written(List<Object[]> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ParquetTable.write(out, COLUMNS, rows.iterator());
    return out.toByteArray();
  }

  @Test
  void typesAndValuesAreReadBack() throws IOException {
    byte[] bytes =
        written(
            List.of(
                new Object[] {7, 0.1, "Käse \"2\"", new float[] {0.1f, -2, Float.MIN_VALUE}},
                new Object[] {8, null, "", new float[0]},
                new Object[] {null, Double.NaN, null, null}));
    Files.write(folder.resolve("part-00000.parquet"), bytes);
    SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    try {
      List<Row> rows = session.read().parquet(folder.toString()).collectAsList();
      assertThat(rows).hasSize(3);
      assertThat(rows.get(0).schema().simpleString())
          .isEqualTo("struct<index:int,timeSeconds:double,stimulus:string,embedding:array<float>>");
      assertThat(rows.get(0).getInt(0)).isEqualTo(7);
      assertThat(rows.get(0).getDouble(1)).isEqualTo(0.1);
      assertThat(rows.get(0).getString(2)).isEqualTo("Käse \"2\"");
      assertThat(rows.get(0).<Float>getList(3)).containsExactly(0.1f, -2f, Float.MIN_VALUE);
      assertThat(rows.get(1).isNullAt(1)).isTrue();
      assertThat(rows.get(1).getString(2)).isEmpty();
      assertThat(rows.get(1).<Float>getList(3)).isEmpty();
      assertThat(rows.get(2).getDouble(1)).isNaN();
      assertThat(rows.get(2).isNullAt(0) && rows.get(2).isNullAt(2) && rows.get(2).isNullAt(3))
          .isTrue();
    } finally {
      session.stop();
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
    }
  }

  @Test
  void aTableWithoutRowsIsAFileToo() throws IOException {
    assertThat(written(List.of())).startsWith('P', 'A', 'R', '1').endsWith('P', 'A', 'R', '1');
  }
}
