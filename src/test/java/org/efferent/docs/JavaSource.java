package org.efferent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java file of the documentation, compiled against the modules as they are, with all warnings as
 * errors.
 *
 * @param name of its class
 * @param code the whole file
 */
record JavaSource(String name, String code) {
  private static final Pattern CLASS =
      Pattern.compile("(?:class|record|interface|enum) ([A-Z][A-Za-z0-9]*)");

  /** A file; its first class gives it its name. */
  static JavaSource of(String code) {
    Matcher matcher = CLASS.matcher(code);
    assertThat(matcher.find()).as("a Java block must be a whole file:%n%s", code).isTrue();
    return new JavaSource(matcher.group(1), code);
  }

  boolean hasMain() {
    return code.contains("public static void main(");
  }

  void compile(Path folder, String where) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, code);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-Xlint:all,-path,-processing",
                      "-Werror",
                      "-proc:none",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      folder.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s: %s", where, said).isTrue();
    }
  }

  /** Runs its main in a process of its own, so that its relative files are the folder's. */
  String run(Path folder, List<String> words, String where)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.addAll(List.of("-Djava.awt.headless=true", "-Djava.net.preferIPv4Stack=true", "-Xmx384m"));
    call.addAll(List.of("-cp", folder + ":" + System.getProperty("java.class.path"), name));
    call.addAll(words);
    Path log = folder.resolve(name + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(call)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(log);
    assertThat(ended).as("%s: has not ended:%n%s", where, said).isTrue();
    assertThat(process.exitValue()).as("%s:%n%s", where, said).isZero();
    return said;
  }
}
