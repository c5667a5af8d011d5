package org.efferent.data.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;

/** A group or a data set of an HDF5 file, with its attributes. */
public final class Hdf5Node {
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
    return guard.call("path", node::getPath);
  }

  /** Where its header lies: two nodes of one address are one. */
  long address() {
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
    Node target = child;
    if (child instanceof Link link) {
      if (link instanceof ExternalLink || guard.call(child.getName(), link::isBrokenLink)) {
        return Optional.empty();
      }
      target = guard.call(child.getName(), link::getTarget);
    }
    return target instanceof Group || target instanceof Dataset
        ? Optional.of(new Hdf5Node(target, file, guard))
        : Optional.empty();
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
