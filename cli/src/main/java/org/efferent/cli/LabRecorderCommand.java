package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.record.RemoteControl;
import org.efferent.acquisition.record.RemoteFileName;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code labrecorder}: drives a LabRecorder by its remote control. */
@Command(
    name = "labrecorder",
    description =
        "Drives a LabRecorder by its remote control: looks for streams, selects them, names the file, "
            + "starts or stops, in this order. LabRecorder answers OK to whatever it reads.",
    footerHeading = "%nExample:%n",
    footer =
        "  efferent labrecorder --update --select all --participant P003 --task Rest --run 2 --start")
final class LabRecorderCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The computer that it runs on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port (default: ${DEFAULT-VALUE}).")
  private int port = RemoteControl.PORT;

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long it may take to answer, in seconds (default: ${DEFAULT-VALUE}).")
  private double wait = 5;

  @Option(names = "--update", description = "Look for streams again.")
  private boolean update;

  @Option(names = "--select", paramLabel = "all|none", description = "Select streams.")
  private String select = "";

  @Option(names = "--root", paramLabel = "DIR", description = "Folder of the study, over there.")
  private String root = "";

  @Option(
      names = "--template",
      paramLabel = "PATH",
      description = "Path below it, with %%p, %%s, %%b and %%n for what follows.")
  private String template = "";

  @Option(names = "--participant", paramLabel = "P", description = "Who (%%p).")
  private String participant = "";

  @Option(names = "--session", paramLabel = "S", description = "Which session (%%s).")
  private String session = "";

  @Option(names = "--task", paramLabel = "T", description = "Which task or block (%%b).")
  private String task = "";

  @Option(names = "--run", paramLabel = "N", description = "Which run (%%n).")
  private String run = "";

  @Option(names = "--start", description = "Start to record.")
  private boolean start;

  @Option(names = "--stop", description = "Stop, and close the file.")
  private boolean stop;

  @Override
  public Integer call() {
    RemoteFileName file = new RemoteFileName(root, template, participant, session, task, run);
    check(file);
    List<String> said = new ArrayList<>();
    try (RemoteControl control =
        new RemoteControl(host, port, Duration.ofNanos((long) (wait * 1e9)))) {
      say(update, "update", control::update, said);
      say(select.equals("all"), "select all", control::selectAll, said);
      say(select.equals("none"), "select none", control::selectNone, said);
      say(!file.isEmpty(), "filename", () -> control.fileName(file), said);
      say(start, "start", control::start, said);
      say(stop, "stop", control::stop, said);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("host", host);
    result.put("port", port);
    result.put("answered", said);
    output.result(result);
    return 0;
  }

  private void check(RemoteFileName file) {
    if (!(wait > 0 && wait <= 3600) || port < 1 || port > 65_535) {
      throw new UsageException(
          "--wait must lie in 0 to 3600 seconds and --port in 1 to 65535; wait="
              + wait
              + ", port="
              + port);
    }
    if (!List.of("", "all", "none").contains(select)) {
      throw new UsageException("--select is all or none; select=" + select);
    }
    if (start && stop) {
      throw new UsageException("--start and --stop exclude one another");
    }
    if (!update && select.isEmpty() && file.isEmpty() && !start && !stop) {
      throw new UsageException(
          "say what LabRecorder shall do: --update, --select, a part of the file name, --start or"
              + " --stop");
    }
  }

  private void say(boolean wanted, String what, Runnable doing, List<String> said) {
    if (wanted) {
      doing.run();
      said.add(what);
      output.text("%s: OK", what);
    }
  }
}
