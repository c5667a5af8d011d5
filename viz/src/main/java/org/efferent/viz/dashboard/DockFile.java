package org.efferent.viz.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.viz.IfExists;
import org.efferent.viz.Output;

/**
 * A layout as JSON: {@code
 * {"version":1,"root":{"split":"across","share":0.6,"first":…,"second":…}}} with groups {@code
 * {"tabs":["signals"],"selected":0}}.
 */
public final class DockFile {
  private static final int VERSION = 1;
  private static final int DEEPEST = 20;
  private static final long LARGEST = 1_000_000;

  private DockFile() {}

  /** Writes a layout as text. */
  public static String text(DockLayout layout) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("version", VERSION);
    all.set("root", node(layout.root(), mapper));
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a layout is made of plain values", e);
    }
  }

  private static ObjectNode node(DockLayout.Node node, ObjectMapper mapper) {
    ObjectNode out = mapper.createObjectNode();
    if (node instanceof DockLayout.Tabs tabs) {
      tabs.panels().forEach(p -> out.withArray("tabs").add(p.key()));
      out.put("selected", tabs.selected());
      return out;
    }
    DockLayout.Split split = (DockLayout.Split) node;
    out.put("split", split.sideBySide() ? "across" : "down");
    out.put("share", split.share());
    out.set("first", node(split.first(), mapper));
    out.set("second", node(split.second(), mapper));
    return out;
  }

  /**
   * Reads a layout.
   *
   * @param text as {@link #text} writes it
   * @return the layout
   * @throws InputException if it is none
   */
  public static DockLayout parse(String text) {
    try {
      JsonNode all = new ObjectMapper().readTree(text);
      if (all == null || all.path("version").asInt() != VERSION) {
        throw new InputException("a layout has version " + VERSION + "; it is not said");
      }
      return new DockLayout(node(all.path("root"), 0));
    } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InputException(
          "this is no layout: " + e.getMessage().lines().findFirst().orElse(""), e);
    } catch (UsageException e) {
      throw new InputException("this is no layout: " + e.getMessage(), e);
    }
  }

  private static DockLayout.Node node(JsonNode json, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("splits lie at most " + DEEPEST + " deep");
    }
    if (json.has("tabs")) {
      List<Panel> panels = new ArrayList<>();
      json.path("tabs").forEach(p -> panels.addAll(Panel.parse(p.asText())));
      return new DockLayout.Tabs(panels, json.path("selected").asInt());
    }
    if (!json.path("split").asText().matches("across|down")) {
      throw new IllegalArgumentException("a part has tabs, or is split across or down");
    }
    return new DockLayout.Split(
        json.path("split").asText().equals("across"),
        json.path("share").asDouble(),
        node(json.path("first"), depth + 1),
        node(json.path("second"), depth + 1));
  }

  /**
   * Reads a file; where there is none, or it is damaged, the layout is another one.
   *
   * @param file may be missing
   * @param otherwise what to take then
   * @param notes hears why, if the file is there
   * @return a layout
   */
  public static DockLayout read(Path file, DockLayout otherwise, Consumer<String> notes) {
    if (!Files.exists(file)) {
      return otherwise;
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new InputException("a layout has at most " + LARGEST + " bytes");
      }
      return parse(Files.readString(file));
    } catch (EfferentException e) {
      notes.accept(file + ": " + e.getMessage() + "; the default layout is shown");
    } catch (IOException e) {
      notes.accept(
          file
              + ": cannot be read ("
              + e.getClass().getSimpleName()
              + "); the default layout is shown");
    }
    return otherwise;
  }

  /**
   * Writes a file, over the one that is there.
   *
   * @throws UsageException if it cannot be written
   */
  public static void write(Path file, DockLayout layout) {
    Output.write(file, text(layout).getBytes(StandardCharsets.UTF_8), IfExists.REPLACE);
  }
}
