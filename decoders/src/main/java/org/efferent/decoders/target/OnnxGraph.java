package org.efferent.decoders.target;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.efferent.core.InputException;

/**
 * What is needed of an ONNX file (<a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">
 * onnx.proto</a>) to take a tensor out of its inside: the names of what its nodes make, and a copy
 * of the file in which some of them are outputs.
 *
 * <p>Protocol buffers merge a message field that comes twice: appending a {@code ModelProto} whose
 * graph has one more output adds that output and changes nothing else.
 */
final class OnnxGraph {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_OUTPUT = 12;
  private static final int NODE_OUTPUT = 2;
  private static final int VALUE_NAME = 1;
  private static final int BYTES = 2;

  private final String file;
  private final byte[] model;

  OnnxGraph(String file, byte[] model) {
    this.file = file;
    this.model = model;
  }

  /** Names of all tensors that nodes make, in the file's order. */
  Set<String> inner() {
    Set<String> names = new LinkedHashSet<>();
    fields(
        0,
        model.length,
        (field, graph) -> {
          if (field == MODEL_GRAPH) {
            fields(
                graph[0],
                graph[1],
                (inGraph, node) -> {
                  if (inGraph == GRAPH_NODE) {
                    addOutputs(node, names);
                  }
                });
          }
        });
    return names;
  }

  private void addOutputs(int[] node, Set<String> names) {
    fields(
        node[0],
        node[1],
        (field, at) -> {
          if (field == NODE_OUTPUT && at[1] > at[0]) {
            names.add(new String(model, at[0], at[1] - at[0], StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * A copy of the file with more outputs.
   *
   * @param names of tensors that nodes make
   */
  byte[] withOutputs(List<String> names) {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    for (String name : names) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      write(value, VALUE_NAME, name.getBytes(StandardCharsets.UTF_8));
      write(graph, GRAPH_OUTPUT, value.toByteArray());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(model.length + graph.size() + 16);
    out.writeBytes(model);
    write(out, MODEL_GRAPH, graph.toByteArray());
    return out.toByteArray();
  }

  /** The names that have the longest beginnings or ends in common with one that is not there. */
  static List<String> nearest(Set<String> names, String wanted, int most) {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort((a, b) -> Integer.compare(common(b, wanted), common(a, wanted)));
    return List.copyOf(sorted.subList(0, Math.min(most, sorted.size())));
  }

  private static int common(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int head = 0;
    while (head < shorter && a.charAt(head) == b.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
      tail++;
    }
    return head + tail;
  }

  private static void write(ByteArrayOutputStream out, int field, byte[] content) {
    out.write((field << 3) | BYTES);
    for (int rest = content.length; ; rest >>>= 7) {
      out.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
      if (rest < 0x80) {
        break;
      }
    }
    out.writeBytes(content);
  }

  /** Calls back for each field that holds bytes, with where they begin and end. */
  private void fields(int from, int to, BiConsumer<Integer, int[]> field) {
    int at = from;
    while (at < to) {
      long[] tag = varint(at, to);
      at = (int) tag[1];
      int wire = (int) (tag[0] & 7);
      long length =
          switch (wire) {
            case 0 -> varint(at, to)[1] - at;
            case 1 -> 8;
            case BYTES -> {
              long[] size = varint(at, to);
              at = (int) size[1];
              yield size[0];
            }
            case 5 -> 4;
            default -> throw damaged(at);
          };
      if (length < 0 || length > to - at) {
        throw damaged(at);
      }
      if (wire == BYTES) {
        field.accept((int) (tag[0] >>> 3), new int[] {at, at + (int) length});
      }
      at += (int) length;
    }
  }

  /** A number in sevens of bits, and where it ends. */
  private long[] varint(int from, int to) {
    long value = 0;
    for (int i = 0; i < 10 && from + i < to; i++) {
      byte b = model[from + i];
      value |= (b & 0x7FL) << (7 * i);
      if (b >= 0) {
        return new long[] {value, from + i + 1};
      }
    }
    throw damaged(from);
  }

  private InputException damaged(int at) {
    return new InputException(
        "%s: is no ONNX model: it breaks off or is damaged at byte %d".formatted(file, at));
  }
}
