package org.efferent.acquisition.lsl;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An element of a stream description: a name, and either text or children. Attributes are not part
 * of LSL's conventions and are not kept.
 *
 * @param name an XML name
 * @param text its own text; empty if it has none
 * @param children in order
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._:-]*");

  /** A stream's {@code desc} that says nothing. */
  static final XmlElement NO_DESC = new XmlElement("desc", "", List.of());

  /** Checks the name and copies the list. */
  public XmlElement {
    Objects.requireNonNull(text, "text");
    children = List.copyOf(children);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an element needs an XML name; name=" + name);
    }
  }

  /**
   * An element with text.
   *
   * @param name an XML name
   * @param text its text
   * @return the element
   */
  public static XmlElement of(String name, String text) {
    return new XmlElement(name, text, List.of());
  }

  /**
   * An element with children.
   *
   * @param name an XML name
   * @param children in order
   * @return the element
   */
  public static XmlElement of(String name, List<XmlElement> children) {
    return new XmlElement(name, "", children);
  }

  /**
   * The first child of a name.
   *
   * @param childName its name
   * @return the child
   */
  public Optional<XmlElement> child(String childName) {
    return children.stream().filter(c -> c.name().equals(childName)).findFirst();
  }

  /**
   * All children of a name.
   *
   * @param childName their name
   * @return in order
   */
  public List<XmlElement> all(String childName) {
    return children.stream().filter(c -> c.name().equals(childName)).toList();
  }

  /**
   * Text of the first child of a name.
   *
   * @param childName its name
   * @return the text, empty if there is no such child
   */
  public String textOf(String childName) {
    return child(childName).map(XmlElement::text).orElse("");
  }
}
