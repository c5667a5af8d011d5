package org.efferent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericCsvTest {
  private static final String RULE = "; every cell must be a finite decimal number";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("f.csv"), text);
  }

  private NumericTable read(String text) throws IOException {
    return NumericCsv.read(file(text));
  }

  private void refused(String text, String message) throws IOException {
    Path file = file(text);
    refused(() -> NumericCsv.read(file), message);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(InputException.class).isThrownBy(call).withMessage(message);
  }

  @Test
  void readsRowsWithoutHeader() throws IOException {
    NumericTable table = read("1,2.5\n-3,4e2\n");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.columns()).isEqualTo(2);
    assertThat(table.values()).containsExactly(1, 2.5, -3, 400);
    assertThat(table.columnNames()).isEmpty();
    assertThat(table.path()).isEqualTo(folder.resolve("f.csv"));
  }

  @Test
  void readsHeaderBomCrlfBlanksAndQuotes() throws IOException {
    NumericTable table = read("\uFEFFtime,\"a,b\", 3 \r\n 1 ,\"2\",+.5\r\n4,5.,6E-1\r\n\r\n\r\n");
    assertThat(table.columnNames()).containsExactly("time", "a,b", "3");
    assertThat(table.values()).containsExactly(1, 2, 0.5, 4, 5, 0.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void recognisesTheDelimiter(String delimiter) throws IOException {
    NumericTable table = read("x" + delimiter + "y\n1" + delimiter + "2\n");
    assertThat(table.columnNames()).containsExactly("x", "y");
    assertThat(table.values()).containsExactly(1, 2);
  }

  @Test
  void readsOneColumnWithoutNewlineAtTheEnd() throws IOException {
    assertThat(read("7").values()).containsExactly(7);
  }

  @Test
  void numbersAreTheSameAsTheJdks() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    double[] expected = new double[4000];
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.pow(10, random.nextInt(40) - 20);
      String cell =
          i % 2 == 0
              ? Double.toString(random.nextGaussian() * scale)
              : String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", random.nextGaussian());
      expected[i] = Double.parseDouble(cell);
      text.append(cell).append('\n');
    }
    assertThat(read(text.toString()).values()).containsExactly(expected);
  }

  @Test
  void namesLineAndColumnOfABadCell() throws IOException {
    refused("1,2\n3,4\n5,abc\n", "f.csv: line 3, column 2: 'abc' is not a number" + RULE);
    refused("a,b\n1,2\n,4\n", "f.csv: line 3, column 1: '' is not a number" + RULE);
    refused("1,0x1p3\n", "f.csv: line 1, column 2: '0x1p3' is not a number" + RULE);
    refused("1,2d\n", "f.csv: line 1, column 2: '2d' is not a number" + RULE);
    refused("1.5,abc\n", "f.csv: line 1, column 2: 'abc' is not a number" + RULE);
    refused("abc,1.5\n", "f.csv: line 1, column 1: 'abc' is not a number" + RULE);
    refused("1;2\n1,5;2\n", "f.csv: line 2, column 1: '1,5' is not a number" + RULE);
  }

  @Test
  void refusesWhatIsNotFinite() throws IOException {
    refused("1,2\n3,NaN\n", "f.csv: line 2, column 2: 'NaN' is not finite" + RULE);
    refused("-inf\n", "f.csv: line 1, column 1: '-inf' is not finite" + RULE);
    refused("1e999\n", "f.csv: line 1, column 1: '1e999' is not finite" + RULE);
  }

  @Test
  void keepsAndCountsWhatIsNotFiniteIfAsked() throws IOException {
    Path file = file("a,b\nnan,1\n-Infinity,inf\n");
    NumericTable table = NumericCsv.read(file, NumericCsv.NonFinite.KEEP);
    assertThat(table.nonFinite()).isEqualTo(3);
    assertThat(table.values())
        .containsExactly(Double.NaN, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesRaggedAndBlankLines() throws IOException {
    String rule = ", line 1 has 3; every row must have as many";
    refused("1,2,3\n1,2\n", "f.csv: line 2 has 2 columns" + rule);
    refused("1,2,3\n1,2,3,4\n", "f.csv: line 2 has 4 columns" + rule);
    refused("1,2,3\n9\n", "f.csv: line 2 has 1 column" + rule);
    refused("1,2,3\n\n4,5,6\n", "f.csv: line 2 is blank; blank lines may only stand at the end");
    refused("1\n\n4\n", "f.csv: line 2 is blank; blank lines may only stand at the end");
  }

  @Test
  void refusesWhatIsNoTable() throws IOException {
    refused("", "f.csv: is empty; a table needs at least one row of numbers");
    refused("\n\r\n ", "f.csv: is empty; a table needs at least one row of numbers");
    refused("a,b\n", "f.csv: has a header but no rows of numbers below it");
    refused(
        "1,2\n\0\1\n",
        "f.csv: byte 4: 0x00 does not belong into text; a table of numbers is UTF-8 text");
    refused(
        () -> NumericCsv.read(folder.resolve("no.csv")),
        folder.resolve("no.csv") + ": there is no such file; check the path");
    refused(() -> NumericCsv.read(folder), folder + ": is a directory; name a file in it");
  }

  @Test
  void randomBytesAreRefusedWithOneKindOfError() throws IOException {
    Random random = new Random(3);
    byte[] alphabet = "0123456789,;.-e \n\r\t\"aN\u00e4".getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      Path file = Files.write(folder.resolve("r.csv"), bytes);
      try {
        NumericTable table = NumericCsv.read(file);
        assertThat(table.values()).hasSize(table.rows() * table.columns()).isNotEmpty();
      } catch (InputException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("r.csv: ");
      }
    }
    assertThat(refused).isBetween(250, 499);
  }

  @Test
  void writesWhatItReads() {
    double[] values = {Math.PI, -1e-300, 1.0 / 3, 4, Double.MAX_VALUE, -0.0};
    Path file = folder.resolve("new/out.csv");
    NumericCsv.write(file, List.of("a", "b,c", "d\"e"), 3, values, false);
    NumericTable table = NumericCsv.read(file);
    assertThat(table.values()).containsExactly(values);
    assertThat(table.columnNames()).hasSize(3).startsWith("a", "b,c");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> NumericCsv.write(file, List.of(), 1, new double[] {1}, false))
        .withMessage(file + ": exists already; choose another name, or allow it to be overwritten");
    NumericCsv.write(file, List.of(), 1, new double[] {1}, true);
    assertThat(NumericCsv.read(file).values()).containsExactly(1);
    assertThat(folder.resolve("new").toFile().list()).containsExactly("out.csv");
  }

  @Test
  void givesColumnsAndRows() throws IOException {
    NumericTable table = read("1,2\n3,4\n5,6\n");
    assertThat(table.column(1)).containsExactly(2, 4, 6);
    assertThat(table.get(2, 0)).isEqualTo(5);
    assertThat(table.rows(new RowRange(1, 3))).containsExactly(3, 4, 5, 6);
    refused(
        () -> table.rows(RowRange.parse("2:4")), "rows 2:4 lie outside f.csv, which has 3 rows");
  }

  @ParameterizedTest
  @CsvSource({"0:5000,0,5000", "7:7,7,7", "' 1:2 ',1,2"})
  void parsesRowRanges(String text, int from, int to) {
    assertThat(RowRange.parse(text)).isEqualTo(new RowRange(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5:", ":5", "a:b", "5:3", "-1:3", "1:2:3", "0:9999999999"})
  void refusesOtherRowRanges(String text) {
    assertThatThrownBy(() -> RowRange.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a row range is A:B with whole numbers 0 <= A <= B, such as 0:5000 (B is not"
                + " included); range='"
                + text
                + "'");
  }

  @Test
  void hashesAFile() throws IOException {
    // The example of FIPS 180-4.
    assertThat(Sha256.of(file("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void readsTheFlintFeatures() {
    Path file =
        Path.of(System.getProperty("efferent.root"), "../shared/data/kinematics/flint_x.csv");
    Assumptions.assumeTrue(Files.exists(file), "needs the Flint recording at ../shared/data");
    NumericTable table = NumericCsv.read(file);
    assertThat(table.rows()).isEqualTo(7792);
    assertThat(table.columns()).isEqualTo(10);
    assertThat(table.get(0, 0)).isEqualTo(2.7462);
    refused(
        () -> new RowRange(5000, 9000).check(table.rows(), "flint_x.csv"),
        "rows 5000:9000 lie outside flint_x.csv, which has 7792 rows");
  }
}
