package org.efferent.data.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;

/** A group or a data set of an HDF5 file, with its attributes. */
public final class Hdf5Node {
  private static final int MOST_LINKS = 16;

  private final Node node;
  private final HdfFile file;
  private final Hdf5Guard guard;

  Hdf5Node(Node node, HdfFile file, Hdf5Guard guard) {
    this.node = node;
    this.file = file;
    this.guard = guard;
  }

  /** Its name. */
  public String name() {
    return node.getName();
  }

  /** Its names from the root on, such as {@code /acquisition/lfp}. */
  public String path() {
    String path = guard.call("path", node::getPath);
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * Where its header lies: two nodes of one address are one.
   *
   * @throws InputException if the file is damaged
   */
  public long address() {
    return guard.call(name(), node::getAddress);
  }

  /** Whether it is a group and not a data set. */
  public boolean isGroup() {
    return node instanceof Group;
  }

  /**
   * The nodes in a group; none for a data set. Links into other files and links that lead nowhere
   * are left out.
   *
   * @throws InputException if the file is damaged
   */
  public List<Hdf5Node> children() {
    List<Hdf5Node> children = new ArrayList<>();
    if (node instanceof Group group) {
      for (Node child : guard.call(name(), () -> group.getChildren().values())) {
        resolve(child).ifPresent(children::add);
      }
    }
    return children;
  }

  /**
   * Links of a group into other files, which are never followed.
   *
   * @return name of the link to what it says: {@code 'other.nwb:/data'}
   * @throws InputException if the file is damaged
   */
  public Map<String, String> externalLinks() {
    Map<String, String> links = new LinkedHashMap<>();
    if (node instanceof Group group) {
      for (Node child : guard.call(name(), () -> group.getChildren().values())) {
        if (child instanceof ExternalLink link) {
          String target = guard.call(child.getName(), link::getTargetPath);
          links.put(child.getName(), "'" + target + "'");
        }
      }
    }
    return links;
  }

  /**
   * Names of a group's soft links that lead nowhere, or through a link into another file.
   *
   * @throws InputException if the file is damaged
   */
  public List<String> brokenLinks() {
    List<String> names = new ArrayList<>();
    if (node instanceof Group group) {
      for (Node child : guard.call(name(), () -> group.getChildren().values())) {
        if (!(child instanceof ExternalLink) && target(group, child, 0).isEmpty()) {
          names.add(child.getName());
        }
      }
    }
    return names;
  }

  /**
   * A node in a group.
   *
   * @param child its name
   * @return the node; empty if there is none
   * @throws InputException if the file is damaged
   */
  public Optional<Hdf5Node> child(String child) {
    if (!(node instanceof Group group)) {
      return Optional.empty();
    }
    return Optional.ofNullable(guard.call(name(), () -> group.getChildren().get(child)))
        .flatMap(this::resolve);
  }

  private Optional<Hdf5Node> resolve(Node child) {
    return target((Group) node, child, 0)
        .filter(n -> n instanceof Group || n instanceof Dataset)
        .map(n -> new Hdf5Node(n, file, guard));
  }

  /**
   * What a link leads to. Soft links are gone along here, name by name, since jHDF would go through
   * a link into another file on the way.
   */
  private Optional<Node> target(Group parent, Node child, int depth) {
    if (!(child instanceof Link link)) {
      return Optional.of(child);
    }
    if (link instanceof ExternalLink || depth > MOST_LINKS) {
      return Optional.empty();
    }
    String path = guard.call(child.getName(), link::getTargetPath);
    Node at = path.startsWith("/") ? file : parent;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!(at instanceof Group group)) {
        return Optional.empty();
      }
      Node next = guard.call(part, () -> group.getChildren().get(part));
      Optional<Node> found = next == null ? Optional.empty() : target(group, next, depth + 1);
      if (found.isEmpty()) {
        return found;
      }
      at = found.get();
    }
    return Optional.of(at);
  }

  /**
   * The numbers or texts of a data set.
   *
   * @throws InputException if it is a group, or damaged
   */
  public Hdf5Dataset dataset() {
    if (node instanceof Dataset dataset) {
      return new Hdf5Dataset(dataset, path(), guard);
    }
    throw new InputException(
        "%s: '%s' must be a data set; it is a group".formatted(guard.file(), path()));
  }

  /**
   * Value of an attribute: a number boxed, a String, or an array of them.
   *
   * @param attribute its name
   * @return the value; empty if there is none
   * @throws InputException if it is damaged
   */
  public Optional<Object> attribute(String attribute) {
    Attribute found = guard.call(path(), () -> node.getAttributes().getOrDefault(attribute, null));
    if (found == null) {
      return Optional.empty();
    }
    String where = path() + "@" + attribute;
    guard.check(where, guard.call(where, found::getDimensionsAsLong), elementBytes(found));
    return Optional.ofNullable(guard.call(where, found::getData));
  }

  private long elementBytes(Attribute attribute) {
    return guard.call(attribute.getName(), () -> (long) attribute.getDataType().getSize());
  }

  /**
   * An attribute of text.
   *
   * @param attribute its name
   * @return the text; the first one of several; empty if it is not there or no text
   */
  public Optional<String> text(String attribute) {
    return attribute(attribute)
        .flatMap(
            value -> {
              if (value instanceof String[] texts && texts.length > 0) {
                return Optional.of(texts[0]);
              }
              return value instanceof String text ? Optional.of(text) : Optional.empty();
            });
  }

  /**
   * An attribute of texts.
   *
   * @param attribute its name
   * @return all of them; none if it is not there or no text
   */
  public List<String> texts(String attribute) {
    Object value = attribute(attribute).orElse(null);
    if (value instanceof String[] texts) {
      return List.of(texts);
    }
    return value instanceof String text ? List.of(text) : List.of();
  }

  /**
   * An attribute of numbers.
   *
   * @param attribute its name
   * @return the numbers; none if it is not there
   * @throws InputException if it is damaged or not of numbers
   */
  public double[] numbers(String attribute) {
    Object value = attribute(attribute).orElse(null);
    if (value == null) {
      return new double[0];
    }
    String where = path() + "@" + attribute;
    return guard.call(where, () -> Hdf5Values.all(value));
  }
}
