package org.efferent.data.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.npy.PyLiteral;

/**
 * The stack machine of pickles, without the opcodes that call: REDUCE and BUILD know NumPy's arrays
 * alone ({@link NumpyObjects}). Opcodes are named as in CPython's {@code pickletools}. Used once.
 * Longer than 300 lines because the opcodes are one table.
 */
final class PickleMachine {
  private static final int MOST_DIGITS = 4096;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}|00[01][0-9a-fA-F]{5}");
  private static final Pattern INDEX = Pattern.compile("\\d{1,18}");

  private final PickleInput in;
  private final NumpyObjects numpy;
  private final ArrayList<Object> stack = new ArrayList<>();
  private final ArrayList<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private long opcodeAt;

  PickleMachine(PickleInput in) {
    this.in = in;
    this.numpy = new NumpyObjects(in);
  }

  /** Runs to STOP and answers what is on the stack. */
  Object run() {
    while (true) {
      opcodeAt = in.position();
      int opcode = in.u8();
      if (opcode == '.') {
        Object value = pop();
        numpy.requirePlain(value, opcodeAt);
        return value;
      }
      if (!value(opcode) && !container(opcode) && !memo(opcode)) {
        object(opcode);
      }
    }
  }

  private RuntimeException bad(String rule) {
    return in.bad(opcodeAt, rule);
  }

  private UnsupportedInputException refused(String what) {
    return new UnsupportedInputException(
        in.where(opcodeAt)
            + ": the pickle wants "
            + what
            + "; plain values and numpy arrays are read, nothing is executed");
  }

  private Object pop() {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (stack.size() <= floor) {
      throw bad("the pickle takes a value that is not there; it is damaged");
    }
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    Object value = pop();
    stack.add(value);
    return value;
  }

  private List<Object> toMark() {
    if (marks.isEmpty()) {
      throw bad("the pickle takes values from a mark that is not there; it is damaged");
    }
    List<Object> from = stack.subList(marks.remove(marks.size() - 1), stack.size());
    List<Object> values = new ArrayList<>(from);
    from.clear();
    return values;
  }

  /** Numbers, texts, bytes. */
  private boolean value(int opcode) {
    Object value;
    switch (opcode) {
      case 'N' -> value = null;
      case 0x88 -> value = true;
      case 0x89 -> value = false;
      case 'J' -> value = (long) in.i32();
      case 'K' -> value = (long) in.u8();
      case 'M' -> value = (long) in.u16();
      case 'G' -> value = in.bigDouble();
      case 0x8A -> value = number(in.array(in.u8()));
      case 0x8B -> value = number(in.array(in.u32()));
      case 'I', 'L', 'F' -> value = line(opcode, in.line());
      case 'V' -> value = rawUnicode(in.line());
      case 'X' -> value = in.text(in.u32());
      case 0x8C -> value = in.text(in.u8());
      case 0x8D -> value = in.text(in.i64());
      case 'S' -> value = quoted(in.line());
      case 'U' -> value = latin(in.u8());
      case 'T' -> value = latin(in.u32());
      case 'C' -> value = in.bytes(in.u8());
      case 'B' -> value = in.bytes(in.u32());
      case 0x8E, 0x96 -> value = in.bytes(in.i64());
      default -> {
        return false;
      }
    }
    stack.add(value);
    return true;
  }

  /** A text of Python 2: letters, or the bytes of an array. */
  private Object latin(long length) {
    return new String(in.array(length), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private Object number(byte[] little) {
    if (little.length > MOST_DIGITS) {
      throw refused("an integer of " + little.length + " bytes");
    }
    byte[] big = new byte[little.length + 1];
    for (int i = 0; i < little.length; i++) {
      big[little.length - i] = little[i];
    }
    big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
    return shortest(new BigInteger(big));
  }

  private static Object shortest(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private Object line(int opcode, String text) {
    if (opcode == 'I' && (text.equals("00") || text.equals("01"))) {
      return text.equals("01");
    }
    try {
      Object value = text.length() > MOST_DIGITS ? null : PyLiteral.parse(text);
      if (value instanceof Number number) {
        return opcode == 'F' ? (Object) number.doubleValue() : value;
      }
    } catch (PyLiteral.SyntaxException e) {
      // Falls through: all that is no number is refused alike.
    }
    throw bad("a number in text must be one; it is damaged");
  }

  private Object quoted(String text) {
    try {
      if (PyLiteral.parse(text) instanceof String value) {
        return value;
      }
    } catch (PyLiteral.SyntaxException e) {
      // Falls through.
    }
    throw bad("a text in quotes must be one; it is damaged");
  }

  /** Latin-1 with escapes {@code \}{@code uXXXX} and {@code \}{@code UXXXXXXXX}. */
  private String rawUnicode(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
      int digits = c != '\\' ? 0 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
      String hex =
          digits > 0 && i + 2 + digits <= line.length()
              ? line.substring(i + 2, i + 2 + digits)
              : "";
      if (!hex.isEmpty()
          && HEX.matcher(hex).matches()
          && Character.isValidCodePoint(Integer.parseInt(hex, 16))) {
        text.appendCodePoint(Integer.parseInt(hex, 16));
        i += 1 + digits;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Lists, tuples, dicts. */
  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> marks.add(stack.size());
      case '0' -> {
        if (!marks.isEmpty() && marks.get(marks.size() - 1) == stack.size()) {
          marks.remove(marks.size() - 1);
        } else {
          pop();
        }
      }
      case '1' -> toMark();
      case '2' -> stack.add(top());
      case ']' -> stack.add(new ArrayList<>(0));
      case 'l' -> stack.add(plain(toMark()));
      case '}' -> stack.add(new LinkedHashMap<>(4));
      case 'd' -> {
        List<Object> pairs = toMark();
        stack.add(new LinkedHashMap<>());
        setItems(pairs);
      }
      case ')' -> stack.add(List.of());
      case 't' -> stack.add(Collections.unmodifiableList(toMark()));
      case 0x85, 0x86, 0x87 -> {
        Object[] items = new Object[opcode - 0x84];
        for (int i = items.length - 1; i >= 0; i--) {
          items[i] = pop();
        }
        stack.add(Collections.unmodifiableList(Arrays.asList(items)));
      }
      case 'a' -> append(Collections.singletonList(pop()));
      case 'e' -> append(toMark());
      case 's' -> {
        Object value = pop();
        Object key = pop();
        setItems(Arrays.asList(key, value));
      }
      case 'u' -> setItems(toMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private List<Object> plain(List<Object> values) {
    values.forEach(value -> numpy.requirePlain(value, opcodeAt));
    return values;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    if (!(top() instanceof ArrayList<?> list)) {
      throw bad("the pickle appends to what is no list; it is damaged");
    }
    ((ArrayList<Object>) list).addAll(plain(values));
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<Object> pairs) {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || pairs.size() % 2 != 0) {
      throw bad("the pickle sets an item of what is no dict; it is damaged");
    }
    plain(pairs);
    for (int i = 0; i < pairs.size(); i += 2) {
      ((Map<Object, Object>) map).put(numpy.key(pairs.get(i), opcodeAt), pairs.get(i + 1));
    }
  }

  /** What is remembered to be used again. */
  private boolean memo(int opcode) {
    switch (opcode) {
      case 'p' -> put(index(in.line()));
      case 'q' -> put(in.u8());
      case 'r' -> put(in.u32());
      case 0x94 -> put(memo.size());
      case 'g' -> get(index(in.line()));
      case 'h' -> get(in.u8());
      case 'j' -> get(in.u32());
      default -> {
        return false;
      }
    }
    return true;
  }

  private long index(String line) {
    if (!INDEX.matcher(line).matches()) {
      throw bad("the number of a remembered value must be one; it is damaged");
    }
    return Long.parseLong(line);
  }

  private void put(long index) {
    Object value = top();
    memo.put(index, value);
    if (value instanceof NumpyObjects.Unfinished unfinished) {
      unfinished.memo.add(index);
    }
  }

  private void get(long index) {
    Object value = memo.get(index);
    if (value == null && !memo.containsKey(index)) {
      throw bad("the pickle uses value " + index + ", which it has not made; it is damaged");
    }
    stack.add(value);
  }

  /** Protocol, frames, and the opcodes that would call, of which NumPy's alone are followed. */
  private void object(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = in.u8();
        if (protocol > 5) {
          throw new UnsupportedInputException(
              in.where(opcodeAt) + ": pickles of protocol 0 to 5 are read; protocol=" + protocol);
        }
      }
      case 0x95 -> in.i64();
      case 0x98 -> top();
      case 'c' -> {
        String module = in.line();
        stack.add(numpy.global(module, in.line(), opcodeAt));
      }
      case 0x93 -> {
        Object name = pop();
        if (!(pop() instanceof String module) || !(name instanceof String word)) {
          throw bad("a global has a module and a name; the pickle is damaged");
        }
        stack.add(numpy.global(module, word, opcodeAt));
      }
      case 'R' -> {
        Object arguments = pop();
        stack.add(numpy.reduce(pop(), arguments, opcodeAt));
      }
      case 'b' -> build();
      case 'i' -> throw refused("an instance of " + in.line() + "." + in.line());
      case 'o', 0x81, 0x92 -> throw refused("an instance of a class");
      case 'P', 'Q' -> throw refused("an object from outside it");
      case 0x82, 0x83, 0x84 -> throw refused("an object of the extension registry");
      case 0x8F, 0x90, 0x91 -> throw refused("a set");
      case 0x97 -> throw refused("a buffer from outside it");
      default ->
          throw bad(
              "0x%02x is no opcode of a pickle; the file is damaged or no pickle"
                  .formatted(opcode));
    }
  }

  private void build() {
    Object state = pop();
    Object target = pop();
    if (!(target instanceof NumpyObjects.Unfinished unfinished)) {
      throw refused("to set the state of an object");
    }
    Object built = numpy.build(unfinished, state, opcodeAt);
    for (long index : unfinished.memo) {
      memo.replace(index, unfinished, built);
    }
    stack.add(built);
  }
}
