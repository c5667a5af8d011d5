package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A block: its own tags and the blocks in it. */
final class FifNode {
  private final int block;
  private final List<FifTag> tags = new ArrayList<>();
  private final List<FifNode> children = new ArrayList<>();

  FifNode(int block) {
    this.block = block;
  }

  List<FifTag> tags() {
    return tags;
  }

  List<FifNode> children() {
    return children;
  }

  /** Blocks of a kind, this one or below, in the order of the file. */
  List<FifNode> find(int kind) {
    List<FifNode> found = new ArrayList<>();
    collect(kind, found);
    return found;
  }

  Optional<FifNode> first(int kind) {
    return find(kind).stream().findFirst();
  }

  /** The first tag of a kind in this very block. */
  Optional<FifTag> tag(int kind) {
    return tags.stream().filter(t -> t.kind() == kind).findFirst();
  }

  // As deep as FifDirectory lets blocks nest.
  private void collect(int kind, List<FifNode> found) {
    if (block == kind) {
      found.add(this);
    }
    for (FifNode child : children) {
      child.collect(kind, found);
    }
  }
}
