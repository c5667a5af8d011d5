package org.efferent.data.eeglab;

import java.util.Optional;
import java.util.OptionalDouble;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;
import org.efferent.data.mat.MatArray;
import org.efferent.data.mat.MatFile;
import org.efferent.data.mat.MatStruct;
import org.efferent.data.mat.MatValue;
import org.efferent.data.mat.MatValues;

/** The fields of a dataset: those of the struct {@code EEG}, or the variables of the file. */
final class EeglabSet {
  private final MatFile file;
  private final String name;
  private final Optional<MatStruct> struct;

  EeglabSet(MatFile file) {
    this.file = file;
    this.name = InputFiles.name(file.path());
    if (file.names().contains("ALLEEG")) {
      throw several("ALLEEG");
    }
    Optional<MatValue> eeg = file.get("EEG");
    if (eeg.isPresent() && !(eeg.get() instanceof MatStruct)) {
      throw new InputException(
          "%s: variable 'EEG' must be a struct; it is %s; the file is no EEGLAB dataset"
              .formatted(name, eeg.get().describe()));
    }
    this.struct = eeg.map(MatStruct.class::cast);
    if (struct.isPresent() && struct.get().elements() != 1) {
      throw several("EEG");
    }
    if (field("srate").isEmpty()) {
      throw new InputException(
          "%s: must have a struct 'EEG' or the fields of one; it has %s; the file is no EEGLAB dataset"
              .formatted(name, struct.map(MatStruct::fields).orElse(file.names())));
    }
  }

  private UnsupportedInputException several(String variable) {
    return new UnsupportedInputException(
        "%s: variable '%s' must hold one dataset; save each in a file of its own"
            .formatted(name, variable));
  }

  String name() {
    return name;
  }

  Optional<MatValue> field(String field) {
    return struct.isPresent() ? struct.get().get(field) : file.get(field);
  }

  /** A variable beside the struct. */
  Optional<MatValue> variable(String variable) {
    return file.get(variable);
  }

  /** An array of structs that is not empty. */
  Optional<MatStruct> structs(String field) {
    return field(field)
        .filter(MatStruct.class::isInstance)
        .map(MatStruct.class::cast)
        .filter(s -> !s.fields().isEmpty() && s.size() > 0);
  }

  String text(String field) {
    return field(field).map(EeglabSet::text).orElse("").strip();
  }

  OptionalDouble number(String field) {
    return field(field).map(MatValues::number).orElse(OptionalDouble.empty());
  }

  /** A whole number that has to lie in a range. */
  long whole(String field, long least, long otherwise) {
    OptionalDouble number = number(field);
    double value = number.orElse((double) otherwise);
    if (value != Math.rint(value) || value < least || value > 1L << 52) {
      throw new InputException(
          "%s: field '%s' must be a whole number from %d on; %s=%s"
              .formatted(name, field, least, field, value));
    }
    return (long) value;
  }

  /**
   * A text. Programs other than MATLAB leave out of files of 7.3 that codes of 16 bits are
   * characters.
   */
  static String text(MatValue value) {
    if (value instanceof MatArray array
        && array.className().equals("uint16")
        && array.elements() > 1
        && array.elements() < 1 << 16) {
      StringBuilder text = new StringBuilder();
      for (double code : array.doubles()) {
        text.append((char) code);
      }
      return text.toString();
    }
    return MatValues.text(value);
  }

  /** A text of an array of structs. */
  static String text(MatStruct structs, int index, String field) {
    return structs.get(index, field).map(EeglabSet::text).orElse("").strip();
  }
}
