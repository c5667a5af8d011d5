package org.efferent.cohort.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.efferent.data.Safetensors;

/** Writes the tables of a run as Parquet. Rows are made by workers and are in order of the list. */
final class Tables implements Serializable {
  private static final int SCHEMA_FROM = 64;
  private static final int BATCH = 256;
  private static final long serialVersionUID = 1;

  private final Store store;

  Tables(Store store) {
    this.store = store;
  }

  /**
   * Writes all tables.
   *
   * @param session of the run
   * @param context of the session
   * @param recordings how many
   * @param participants names, in order, of those that are finished
   * @param embeddings whether recordings were encoded
   */
  void write(
      SparkSession session,
      JavaSparkContext context,
      int recordings,
      List<String> participants,
      boolean embeddings) {
    int slices = Math.max(1, (recordings + BATCH - 1) / BATCH);
    JavaRDD<Listed> all =
        context.textFile(store.path(Store.LIST).toString(), slices).map(Listed::of);
    List<String> facts = names(all.take(SCHEMA_FROM).stream().map(l -> Store.recording(l.index())));
    save(
        session,
        all.map(listed -> recording(listed, facts)),
        schema(
            List.of(
                field("index", DataTypes.IntegerType),
                field("participant", DataTypes.StringType),
                field("path", DataTypes.StringType),
                field("status", DataTypes.StringType),
                field("error", DataTypes.StringType)),
            facts),
        "recordings.parquet");
    save(
        session,
        all.map(this::timing),
        schema(
            List.of(
                field("index", DataTypes.IntegerType),
                field("worker", DataTypes.StringType),
                field("seconds", DataTypes.DoubleType)),
            List.of()),
        "timing.parquet");
    List<String> figures = names(participants.stream().limit(SCHEMA_FROM).map(Store::participant));
    save(
        session,
        context
            .parallelize(participants, Math.max(1, (participants.size() + BATCH - 1) / BATCH))
            .map(name -> participant(name, figures)),
        schema(
            List.of(
                field("participant", DataTypes.StringType),
                field("recordings", DataTypes.IntegerType),
                field("failedRecordings", DataTypes.IntegerType),
                field("status", DataTypes.StringType),
                field("error", DataTypes.StringType)),
            figures),
        "participants.parquet");
    if (embeddings) {
      save(
          session,
          all.flatMap(this::embeddings),
          schema(
              List.of(
                  field("index", DataTypes.IntegerType),
                  field("participant", DataTypes.StringType),
                  field("stimulus", DataTypes.StringType),
                  field("timeSeconds", DataTypes.DoubleType),
                  field("embedding", DataTypes.createArrayType(DataTypes.FloatType, false))),
              List.of()),
          "embeddings.parquet");
    }
  }

  private void save(
      SparkSession session, JavaRDD<Row> rows, List<StructField> fields, String name) {
    session
        .createDataFrame(rows, DataTypes.createStructType(fields))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(store.path(name).toString());
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  private static List<StructField> schema(List<StructField> first, List<String> numbers) {
    return Stream.concat(
            first.stream(), numbers.stream().map(name -> field(name, DataTypes.DoubleType)))
        .toList();
  }

  /** Names of the facts of the first files that have some. */
  private List<String> names(Stream<String> files) {
    Set<String> names = new LinkedHashSet<>();
    files.forEach(file -> names.addAll(Outcome.of(store.text(file + ".json")).facts().keySet()));
    return List.copyOf(names);
  }

  private static Row row(List<Object> first, Outcome outcome, List<String> facts) {
    List<Object> cells = new ArrayList<>(first);
    cells.add(outcome.isGood() ? "ok" : "failed");
    cells.add(outcome.error());
    facts.forEach(name -> cells.add(outcome.facts().get(name)));
    return RowFactory.create(cells.toArray());
  }

  private Row recording(Listed listed, List<String> facts) {
    Outcome outcome = Outcome.of(store.text(Store.recording(listed.index()) + ".json"));
    return row(List.of(listed.index(), listed.participant(), listed.shown()), outcome, facts);
  }

  private Row timing(Listed listed) {
    Outcome outcome = Outcome.of(store.text(Store.recording(listed.index()) + ".json"));
    return RowFactory.create(listed.index(), outcome.worker(), outcome.seconds());
  }

  private Row participant(String name, List<String> figures) {
    Outcome outcome = Outcome.of(store.text(Store.participant(name) + ".json"));
    return row(List.of(name, outcome.recordings(), outcome.failed()), outcome, figures);
  }

  private Iterator<Row> embeddings(Listed listed) {
    String file = Store.recording(listed.index());
    if (!Outcome.of(store.text(file + ".json")).isGood()) {
      return java.util.Collections.emptyIterator();
    }
    Safetensors stored = store.tensors(file + ".safetensors");
    String[] stimuli = stored.metadata("stimuli").split("\n", -1);
    double[] times = stored.tensor("times").doubles();
    float[] values = stored.tensor("embeddings").floats();
    int width = values.length / times.length;
    return IntStream.range(0, times.length)
        .mapToObj(
            w -> {
              List<Float> embedding = new ArrayList<>();
              for (int i = 0; i < width; i++) {
                embedding.add(values[w * width + i]);
              }
              return RowFactory.create(
                  listed.index(),
                  listed.participant(),
                  stimuli[w],
                  times[w],
                  scala.jdk.javaapi.CollectionConverters.asScala(embedding).toSeq());
            })
        .iterator();
  }
}
