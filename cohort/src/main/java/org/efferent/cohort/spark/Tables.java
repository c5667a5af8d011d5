package org.efferent.cohort.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.efferent.cohort.spark.ParquetTable.Column;
import org.efferent.cohort.spark.ParquetTable.Kind;
import org.efferent.data.Safetensors;

/** Writes the tables of a run as Parquet. Rows are made by workers and are in order of the list. */
final class Tables implements Serializable {
  private static final List<String> TABLES =
      List.of("recordings.parquet", "timing.parquet", "participants.parquet", "embeddings.parquet");
  private static final List<Column> RECORDING =
      List.of(
          new Column("index", Kind.INTEGER),
          new Column("participant", Kind.TEXT),
          new Column("path", Kind.TEXT),
          new Column("status", Kind.TEXT),
          new Column("error", Kind.TEXT));
  private static final List<Column> TIMING =
      List.of(
          new Column("index", Kind.INTEGER),
          new Column("worker", Kind.TEXT),
          new Column("seconds", Kind.DOUBLE));
  private static final List<Column> PARTICIPANT =
      List.of(
          new Column("participant", Kind.TEXT),
          new Column("recordings", Kind.INTEGER),
          new Column("failedRecordings", Kind.INTEGER),
          new Column("status", Kind.TEXT),
          new Column("error", Kind.TEXT));
  private static final List<Column> EMBEDDING =
      List.of(
          new Column("index", Kind.INTEGER),
          new Column("participant", Kind.TEXT),
          new Column("stimulus", Kind.TEXT),
          new Column("timeSeconds", Kind.DOUBLE),
          new Column("embedding", Kind.FLOATS));
  private static final int SCHEMA_FROM = 64;
  private static final int BATCH = 256;
  private static final long serialVersionUID = 1;

  private final Store store;

  Tables(Store store) {
    this.store = store;
  }

  /**
   * Writes all tables: a folder each, with a file for every {@value #BATCH} recordings.
   *
   * @param context of the run
   * @param recordings how many
   * @param participants names, in order, of those that are finished
   * @param embeddings whether recordings were encoded
   */
  void write(
      JavaSparkContext context, int recordings, List<String> participants, boolean embeddings) {
    TABLES.forEach(store::delete);
    int slices = Math.max(1, (recordings + BATCH - 1) / BATCH);
    JavaRDD<Listed> all =
        context.textFile(store.path(Store.LIST).toString(), slices).map(Listed::of);
    List<String> facts = names(all.take(SCHEMA_FROM).stream().map(l -> Store.recording(l.index())));
    List<String> figures = names(participants.stream().limit(SCHEMA_FROM).map(Store::participant));
    all.mapPartitionsWithIndex(
            (part, some) -> {
              List<Listed> here = new ArrayList<>();
              some.forEachRemaining(here::add);
              recordings(part, here, facts, embeddings);
              return Collections.emptyIterator();
            },
            true)
        .count();
    context
        .parallelize(participants, Math.max(1, (participants.size() + BATCH - 1) / BATCH))
        .mapPartitionsWithIndex(
            (part, some) -> {
              part(
                  "participants.parquet",
                  part,
                  columns(PARTICIPANT, figures),
                  map(some, name -> participant(name, figures)));
              return Collections.emptyIterator();
            },
            true)
        .count();
  }

  private void recordings(int part, List<Listed> here, List<String> facts, boolean embeddings) {
    part(
        "recordings.parquet",
        part,
        columns(RECORDING, facts),
        map(here.iterator(), listed -> recording(listed, facts)));
    part("timing.parquet", part, TIMING, map(here.iterator(), this::timing));
    if (embeddings) {
      part(
          "embeddings.parquet",
          part,
          EMBEDDING,
          here.stream().flatMap(this::embeddings).iterator());
    }
  }

  private void part(String name, int part, List<Column> columns, Iterator<Object[]> rows) {
    store.write(
        "%s/part-%05d.parquet".formatted(name, part),
        out -> ParquetTable.write(out, columns, rows));
  }

  private static <T> Iterator<Object[]> map(Iterator<T> from, Function<T, Object[]> each) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public Object[] next() {
        return each.apply(from.next());
      }
    };
  }

  private static List<Column> columns(List<Column> first, List<String> numbers) {
    return Stream.concat(
            first.stream(), numbers.stream().map(name -> new Column(name, Kind.DOUBLE)))
        .toList();
  }

  /** Names of the facts of the first files that have some. */
  private List<String> names(Stream<String> files) {
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.addAll(Outcome.of(store.text(file + ".json")).facts().keySet()));
    return List.copyOf(names);
  }

  private static Object[] row(List<Object> first, Outcome outcome, List<String> facts) {
    List<Object> cells = new ArrayList<>(first);
    cells.add(outcome.isGood() ? "ok" : "failed");
    cells.add(outcome.error());
    facts.forEach(name -> cells.add(outcome.facts().get(name)));
    return cells.toArray();
  }

  private Object[] recording(Listed listed, List<String> facts) {
    Outcome outcome = Outcome.of(store.text(Store.recording(listed.index()) + ".json"));
    return row(List.of(listed.index(), listed.participant(), listed.shown()), outcome, facts);
  }

  private Object[] timing(Listed listed) {
    Outcome outcome = Outcome.of(store.text(Store.recording(listed.index()) + ".json"));
    return new Object[] {listed.index(), outcome.worker(), outcome.seconds()};
  }

  private Object[] participant(String name, List<String> figures) {
    Outcome outcome = Outcome.of(store.text(Store.participant(name) + ".json"));
    return row(List.of(name, outcome.recordings(), outcome.failed()), outcome, figures);
  }

  private Stream<Object[]> embeddings(Listed listed) {
    String file = Store.recording(listed.index());
    if (!Outcome.of(store.text(file + ".json")).isGood()) {
      return Stream.empty();
    }
    Safetensors stored = store.tensors(file + ".safetensors");
    String[] stimuli = stored.metadata("stimuli").split("\n", -1);
    double[] times = stored.tensor("times").doubles();
    float[] values = stored.tensor("embeddings").floats();
    int width = values.length / times.length;
    return IntStream.range(0, times.length)
        .mapToObj(
            w ->
                new Object[] {
                  listed.index(),
                  listed.participant(),
                  stimuli[w],
                  times[w],
                  Arrays.copyOfRange(values, w * width, (w + 1) * width)
                });
  }
}
