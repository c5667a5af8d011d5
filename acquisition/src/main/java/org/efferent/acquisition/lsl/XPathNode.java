package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A node of a stream description as XPath sees it: the root, elements and texts, numbered in
 * document order. Descriptions have no attributes, comments or namespaces.
 */
final class XPathNode {
  private final XPathNode[] all;
  private final XPathNode parent;
  private final List<XPathNode> children = new ArrayList<>();
  private final int order;
  private final String name;
  private final String text;
  private int end;

  private XPathNode(XPathNode[] all, int order, XPathNode parent, String name, String text) {
    this.all = all;
    this.order = order;
    this.parent = parent;
    this.name = name;
    this.text = text;
    this.end = order;
    all[order] = this;
    if (parent != null) {
      parent.children.add(this);
    }
  }

  /** The root above a description. */
  static XPathNode of(Document document) {
    return new Builder(document).root;
  }

  /** Walks a document without recursion. */
  private static final class Builder {
    private final XPathNode root;
    private int next;

    Builder(Document document) {
      XPathNode[] all = new XPathNode[1 + count(document)];
      root = new XPathNode(all, next++, null, "", null);
      XPathNode above = root;
      Node node = document.getFirstChild();
      while (node != null) {
        XPathNode made = null;
        if (node instanceof Element element) {
          made = new XPathNode(all, next++, above, element.getTagName(), null);
        } else if (isText(node)) {
          made = new XPathNode(all, next++, above, "", node.getNodeValue());
        }
        if (made != null && node.getFirstChild() != null) {
          above = made;
          node = node.getFirstChild();
          continue;
        }
        while (node.getNextSibling() == null && node.getParentNode() != document) {
          above.end = next - 1;
          above = above.parent;
          node = node.getParentNode();
        }
        node = node.getNextSibling();
      }
      root.end = next - 1;
    }

    private static int count(Document document) {
      int n = 0;
      Node node = document;
      while (true) {
        if (node.getFirstChild() != null) {
          node = node.getFirstChild();
        } else {
          while (node != document && node.getNextSibling() == null) {
            node = node.getParentNode();
          }
          if (node == document) {
            return n;
          }
          node = node.getNextSibling();
        }
        n++;
      }
    }

    private static boolean isText(Node node) {
      return node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE;
    }
  }

  XPathNode parent() {
    return parent;
  }

  List<XPathNode> children() {
    return children;
  }

  /** Its place in document order. */
  int order() {
    return order;
  }

  /** Nodes of the whole document. */
  int documentSize() {
    return all.length;
  }

  XPathNode root() {
    return all[0];
  }

  /** The node at a place. */
  XPathNode at(int place) {
    return all[place];
  }

  /** The place of its last descendant, its own if it has none. */
  int end() {
    return end;
  }

  /** Name of an element, empty for others. */
  String name() {
    return name;
  }

  boolean isElement() {
    return !name.isEmpty();
  }

  boolean isText() {
    return text != null;
  }

  /** XPath's string-value: all text below. */
  String stringValue(XPathBudget budget) {
    if (text != null) {
      budget.spend(1 + text.length() / XPathBudget.CHARS_A_STEP);
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = order + 1; i <= end; i++) {
      budget.spend(1);
      if (all[i].text != null) {
        budget.spend(all[i].text.length() / XPathBudget.CHARS_A_STEP);
        out.append(all[i].text);
      }
    }
    return out.toString();
  }
}
