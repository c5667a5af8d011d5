package org.efferent.cli.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.efferent.core.UsageException;

/**
 * The peers that live in Python: one process that stays, gets a line of words and answers by a line
 * of numbers ({@code peers.py}). Modules that cannot be imported are said by name. Used by one
 * thread.
 */
public final class PythonPeer implements AutoCloseable {
  private static final String SCRIPT = "peers.py";

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private final Map<String, String> versions = new LinkedHashMap<>();

  private PythonPeer(Process process) {
    this.process = process;
    this.questions =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the interpreter.
   *
   * @param program a Python 3
   * @param folder where the script is put
   * @param threads that it may use
   * @return the peer, ready
   * @throws UsageException if the program does not start or does not answer as the script does
   */
  public static PythonPeer start(String program, Path folder, int threads) {
    try {
      Path script = folder.resolve(SCRIPT);
      try (InputStream in = PythonPeer.class.getResourceAsStream(SCRIPT)) {
        Files.write(script, in.readAllBytes());
      }
      ProcessBuilder builder =
          new ProcessBuilder(program, script.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      Map<String, String> environment = builder.environment();
      environment.remove("OPENBLAS_CORETYPE"); // a kernel that was chosen for us is not forced
      for (String name : new String[] {"OMP", "OPENBLAS", "MKL"}) {
        environment.put(name + "_NUM_THREADS", Integer.toString(threads));
      }
      PythonPeer peer = new PythonPeer(builder.start());
      peer.hello();
      return peer;
    } catch (IOException | PeerException e) {
      throw new UsageException(
          "--python must name a Python 3 that starts; python=%s: %s"
              .formatted(program, e.getMessage()),
          e);
    }
  }

  private void hello() {
    for (String word : line("hello").split(" ", -1)) {
      String[] pair = word.split("=", 2);
      if (pair.length == 2) {
        versions.put(pair[0], pair[1]);
      }
    }
    if (!versions.containsKey("python")) {
      throw new PeerException("it does not answer");
    }
  }

  /** Module to version, "-" where it cannot be imported; python itself first. */
  public Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  /** Why a module cannot be asked; empty if it can. */
  String lacks(String module) {
    return version(module).equals("-") ? module + " cannot be imported" : "";
  }

  String version(String module) {
    return versions.getOrDefault(module, "-");
  }

  /**
   * Asks.
   *
   * @param words without spaces in them
   * @return at least one number
   */
  double[] ask(Object... words) {
    String answer =
        line(Arrays.stream(words).map(Object::toString).collect(Collectors.joining("\t")));
    if (!answer.startsWith("ok ")) {
      throw new PeerException(answer);
    }
    return Arrays.stream(answer.substring(3).split(" ", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private String line(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new PeerException("the interpreter has ended");
      }
      return answer;
    } catch (IOException e) {
      PeerException failed = new PeerException("the interpreter has ended");
      failed.initCause(e);
      throw failed;
    }
  }

  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
