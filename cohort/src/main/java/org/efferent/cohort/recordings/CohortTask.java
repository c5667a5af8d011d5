package org.efferent.cohort.recordings;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.efferent.core.UsageException;
import org.efferent.data.RecordingFile;
import org.efferent.data.Safetensors;

/**
 * What a cohort is asked: something of each recording, of that something for each participant, and
 * of that for all of them. Each step is a function of what it is given and of nothing else, so that
 * where and in which order it runs makes no difference. Steps run in one thread, engines too.
 */
public interface CohortTask extends Serializable {
  /** The name, as {@code --task} has it. */
  String name();

  /** What was set and what not, option by option: the same settings are the same task. */
  Map<String, Object> settings();

  /** Files that every worker needs beside recordings, as they were named; none in most tasks. */
  default List<String> files() {
    return List.of();
  }

  /**
   * What is kept of a recording.
   *
   * @param file open; who called closes it
   * @param files where the files of {@link #files()} lie on this machine, by name
   * @return tensors, and as words the facts ({@link Facts})
   * @throws org.efferent.core.EfferentException if the recording cannot be used; the others go on
   */
  Safetensors recording(RecordingFile file, Function<String, Path> files);

  /**
   * What recordings say of a participant.
   *
   * @param participant name
   * @param recordings what was kept of each that could be read, in order of their paths
   * @param files as above
   * @return figures ({@link Facts}), and tensors that {@link #cohort} needs
   * @throws org.efferent.core.EfferentException if they do not suffice
   */
  Safetensors participant(
      String participant, List<Safetensors> recordings, Function<String, Path> files);

  /**
   * What participants say together.
   *
   * @param participants by name, in order of their names
   * @return figures, for JSON
   */
  Map<String, Object> cohort(Map<String, Safetensors> participants);

  /**
   * A task.
   *
   * @param name one of {@link #names()}
   * @param given what is set, by option without dashes; what is missing has its default
   * @return the task
   * @throws UsageException if there is no such task, or an option is not the task's or not right
   */
  static CohortTask of(String name, Map<String, String> given) {
    Settings settings = new Settings(name, given);
    CohortTask task =
        switch (name) {
          case HealthTask.NAME -> new HealthTask();
          case ImageryTask.NAME -> ImageryTask.of(settings);
          case EvokedTask.NAME -> EvokedTask.of(settings);
          case EncodeTask.NAME -> EncodeTask.of(settings);
          default ->
              throw new UsageException("a task is one of %s; task=%s".formatted(names(), name));
        };
    settings.end();
    return task;
  }

  /** Names of all tasks. */
  static List<String> names() {
    return List.of(HealthTask.NAME, ImageryTask.NAME, EvokedTask.NAME, EncodeTask.NAME);
  }
}
