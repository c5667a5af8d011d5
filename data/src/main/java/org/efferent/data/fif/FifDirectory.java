package org.efferent.data.fif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/** All tags of a file, by its directory or by walking from tag to tag, and the blocks they form. */
final class FifDirectory {
  private static final int HEADER = 16;
  private static final int DEEPEST = 60;

  /** A recording of a day has some 100,000; each takes memory. */
  private static final int MOST_TAGS = 1 << 21;

  private final FifInput input;
  private final List<String> warnings;
  private final List<FifTag> tags = new ArrayList<>();

  private FifDirectory(FifInput input, List<String> warnings) {
    this.input = input;
    this.warnings = warnings;
  }

  /**
   * Reads the blocks of a file.
   *
   * @return the root, which stands for the file
   */
  static FifNode read(FifInput input, List<String> warnings) {
    FifDirectory directory = new FifDirectory(input, warnings);
    if (!directory.readDirectory()) {
      directory.walk();
    }
    return directory.tree();
  }

  private boolean readDirectory() {
    if (input.size() < 56) {
      return false;
    }
    ByteBuffer pointer = input.read(36, 20, "the directory pointer");
    long at = pointer.getInt(16);
    if (pointer.getInt(0) != Fiff.DIR_POINTER || at <= 0) {
      return false;
    }
    if (at > input.size() - HEADER) {
      warnings.add(
          "the directory should be at byte %d, beyond the end at %d; the tags were walked instead"
              .formatted(at, input.size()));
      return false;
    }
    ByteBuffer head = input.read(at, HEADER, "the directory");
    int size = head.getInt(8);
    if (head.getInt(4) != Fiff.T_DIR_ENTRY_STRUCT
        || size < HEADER
        || size > input.size() - at - HEADER) {
      warnings.add("no directory is at byte %d; the tags were walked instead".formatted(at));
      return false;
    }
    if (size / HEADER > MOST_TAGS) {
      warnings.add(
          "the directory at byte %d has more than %d tags; the tags were walked instead"
              .formatted(at, MOST_TAGS));
      return false;
    }
    ByteBuffer entries = input.read(at + HEADER, size, "the directory");
    int outside = 0;
    for (int i = 0; i + HEADER <= size; i += HEADER) {
      FifTag tag =
          new FifTag(
              entries.getInt(i),
              entries.getInt(i + 4),
              entries.getInt(i + 8),
              entries.getInt(i + 12) + (long) HEADER);
      if (tag.kind() < 0) {
        continue;
      }
      if (tag.size() < 0 || tag.at() < HEADER || tag.at() > input.size() - tag.size()) {
        outside++;
      } else {
        tags.add(tag);
      }
    }
    if (outside > 0) {
      warnings.add(
          "%d tags of the directory lie beyond the end at byte %d; they were left out"
              .formatted(outside, input.size()));
    }
    return true;
  }

  private void walk() {
    ByteBuffer head = ByteBuffer.allocate(HEADER).order(input.order());
    long at = 0;
    // Every tag takes its header, so a walk that is longer has gone in a circle.
    long most = input.size() / HEADER;
    while (at <= input.size() - HEADER) {
      if (tags.size() > most) {
        throw new InputException(input.name() + ": its tags point in a circle; it is damaged");
      }
      if (tags.size() == MOST_TAGS) {
        throw new UnsupportedInputException(
            "%s: at most %d tags are read; tag %d follows at byte %d"
                .formatted(input.name(), MOST_TAGS, MOST_TAGS + 1, at));
      }
      try {
        input.fill(at, head.clear());
      } catch (IOException e) {
        throw InputFiles.failed(input.path(), e);
      }
      int size = head.getInt(8);
      int next = head.getInt(12);
      if (head.getLong(0) == 0 && size == 0 && next == 0) {
        warnings.add("zeros follow from byte %d on; what came before was read".formatted(at));
        return;
      }
      long left = input.size() - at - HEADER;
      if (size < 0 || size > left) {
        warnings.add(
            "tag %d at byte %d: %d bytes should follow, %d do; what came before was read"
                .formatted(head.getInt(0), at, size, left));
        if (head.getInt(0) == Fiff.DATA_BUFFER && size > 0) {
          tags.add(new FifTag(Fiff.DATA_BUFFER, head.getInt(4), (int) left, at + HEADER));
        }
        return;
      }
      tags.add(new FifTag(head.getInt(0), head.getInt(4), size, at + HEADER));
      if (next < 0) {
        return;
      }
      at = next > 0 ? next : at + HEADER + size;
    }
  }

  private FifNode tree() {
    FifNode root = new FifNode(0);
    Deque<FifNode> open = new ArrayDeque<>();
    open.push(root);
    for (FifTag tag : tags) {
      if (tag.kind() == Fiff.BLOCK_START) {
        if (open.size() > DEEPEST) {
          throw new InputException(
              "%s: block at byte %d: blocks nest at most %d deep; the file is damaged"
                  .formatted(input.name(), tag.at() - HEADER, DEEPEST));
        }
        FifNode node = new FifNode(FifValues.integer(input, tag));
        open.element().children().add(node);
        open.push(node);
      } else if (tag.kind() == Fiff.BLOCK_END) {
        if (open.size() > 1) {
          open.pop();
        }
      } else {
        open.element().tags().add(tag);
      }
    }
    return root;
  }
}
