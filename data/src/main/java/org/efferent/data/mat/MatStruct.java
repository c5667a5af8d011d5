package org.efferent.data.mat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** A struct or an array of structs: values by element and field. */
public final class MatStruct implements MatValue {
  private final long[] shape;
  private final List<String> fields;
  private final Values values;

  /** Where the values come from. */
  @FunctionalInterface
  interface Values {
    /** The value of a field of an element, both from 0. */
    MatValue get(int element, int field);
  }

  /**
   * An array of structs.
   *
   * @param shape sizes; the product is an int
   * @param fields names of the fields, in order
   * @param values value of a field of an element
   */
  MatStruct(long[] shape, List<String> fields, Values values) {
    this.shape = shape.clone();
    this.fields = List.copyOf(fields);
    this.values = Objects.requireNonNull(values, "values");
  }

  @Override
  public String className() {
    return "struct";
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of structs. */
  public int size() {
    return Math.toIntExact(elements());
  }

  /** Names of the fields, in order. */
  public List<String> fields() {
    return fields;
  }

  /**
   * A field of a struct of the array.
   *
   * @param index column-major, from 0
   * @param field name of the field
   * @return its value; empty if there is no such field
   */
  public Optional<MatValue> get(int index, String field) {
    Objects.checkIndex(index, size());
    int at = fields.indexOf(field);
    return at < 0 ? Optional.empty() : Optional.of(values.get(index, at));
  }

  /**
   * A field of the first struct.
   *
   * @param field name of the field
   * @return its value; empty if there is no such field or no struct
   */
  public Optional<MatValue> get(String field) {
    return size() == 0 ? Optional.empty() : get(0, field);
  }

  /**
   * A number.
   *
   * @param index column-major, from 0
   * @param field name of the field
   * @return its first element; empty if it is not there, empty or not a number
   */
  public OptionalDouble number(int index, String field) {
    return get(index, field).map(MatValues::number).orElse(OptionalDouble.empty());
  }

  /**
   * A text.
   *
   * @param index column-major, from 0
   * @param field name of the field
   * @return the text, a number as text; the empty text if it is neither
   */
  public String text(int index, String field) {
    return get(index, field).map(MatValues::text).orElse("");
  }
}
