package org.efferent.generation.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.StreamException;

/**
 * Requests and answers of inference as bytes: JSON, or JSON with the tensors behind it in the order
 * of the lists (the binary tensor data extension: {@code binary_data_size}, and a header that says
 * how long the JSON is).
 */
final class TensorCodec {
  /** Header with the length of the JSON before binary tensors. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private final ObjectMapper mapper =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * A request.
   *
   * @param body the bytes
   * @param jsonLength bytes of its JSON; all of them, if nothing is binary
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Request(byte[] body, int jsonLength) {}

  /**
   * An answer.
   *
   * @param model that it is from; empty if not said
   * @param id of the request; empty if not said
   * @param tensors its outputs
   */
  record Answer(String model, String id, List<Tensor> tensors) {}

  /** A request for outputs by name; none asks for all. */
  Request request(String id, List<Tensor> inputs, List<String> outputs, boolean binary) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    try (JsonGenerator out = mapper.getFactory().createGenerator(json)) {
      out.writeStartObject();
      out.writeStringField("id", id);
      out.writeArrayFieldStart("inputs");
      for (Tensor input : inputs) {
        writeTensor(out, input, binary, behind);
      }
      out.writeEndArray();
      if (!outputs.isEmpty()) {
        out.writeArrayFieldStart("outputs");
        for (String output : outputs) {
          out.writeStartObject();
          out.writeStringField("name", output);
          if (binary) {
            out.writeObjectFieldStart("parameters");
            out.writeBooleanField("binary_data", true);
            out.writeEndObject();
          }
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    int length = json.size();
    json.writeBytes(behind.toByteArray());
    return new Request(json.toByteArray(), length);
  }

  private static void writeTensor(
      JsonGenerator out, Tensor tensor, boolean binary, ByteArrayOutputStream behind)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", tensor.name());
    out.writeStringField("datatype", tensor.type().name());
    out.writeArrayFieldStart("shape");
    for (long size : tensor.shape()) {
      out.writeNumber(size);
    }
    out.writeEndArray();
    if (binary) {
      byte[] bytes = BinaryValues.of(tensor);
      behind.writeBytes(bytes);
      out.writeObjectFieldStart("parameters");
      out.writeNumberField("binary_data_size", bytes.length);
      out.writeEndObject();
    } else {
      out.writeArrayFieldStart("data");
      Numbers numbers = tensor.raw();
      for (int i = 0; i < numbers.length(); i++) {
        writeNumber(out, tensor.type(), numbers.get(i));
      }
      for (String text : tensor.texts()) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void writeNumber(JsonGenerator out, DataType type, double value)
      throws IOException {
    switch (type) {
      case BOOL -> out.writeBoolean(value != 0);
      case FP16, FP32 -> out.writeNumber((float) value);
      case FP64 -> out.writeNumber(value);
      default -> out.writeNumber((long) value);
    }
  }

  /**
   * One JSON value.
   *
   * @throws StreamException if it is none
   */
  JsonNode json(byte[] body, int length) {
    try {
      return mapper.readTree(body, 0, length);
    } catch (JacksonException e) {
      throw new StreamException(
          "the answer is not JSON (%d bytes): %s".formatted(length, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be read", e);
    }
  }

  /**
   * An answer.
   *
   * @param body all bytes
   * @param jsonLength what the header says; negative if there is none
   * @throws StreamException if it is no answer, or less than one
   */
  Answer answer(byte[] body, long jsonLength) {
    if (jsonLength > body.length) {
      throw new StreamException(
          "the answer must be as long as its header says; JSON=%d bytes, whole=%d bytes"
              .formatted(jsonLength, body.length));
    }
    int length = jsonLength < 0 ? body.length : (int) jsonLength;
    JsonNode root = json(body, length);
    JsonNode outputs = root.path("outputs");
    if (!outputs.isArray()) {
      throw new StreamException("the answer must have a list \"outputs\"");
    }
    List<Tensor> tensors = new ArrayList<>();
    int at = length;
    for (JsonNode output : outputs) {
      TensorSpec spec = spec(output, "output");
      JsonNode size = output.path("parameters").path("binary_data_size");
      if (size.isMissingNode()) {
        tensors.add(fromJson(spec, output.path("data")));
      } else {
        int bytes = size.canConvertToInt() ? size.intValue() : -1;
        if (bytes < 0 || bytes > body.length - at) {
          throw new StreamException(
              "output '%s' must have the bytes it announces; announced=%s, left=%d"
                  .formatted(spec.name(), size, body.length - at));
        }
        tensors.add(BinaryValues.tensor(spec, body, at, bytes));
        at += bytes;
      }
    }
    if (at != body.length) {
      throw new StreamException(
          "the answer must end with its last tensor; bytes behind it=" + (body.length - at));
    }
    return new Answer(root.path("model_name").asText(""), root.path("id").asText(""), tensors);
  }

  /** Name, type and shape of a tensor in an answer or in the description of a model. */
  static TensorSpec spec(JsonNode node, String what) {
    String name = node.path("name").asText("");
    String type = node.path("datatype").asText("");
    JsonNode sizes = node.path("shape");
    boolean known = Arrays.stream(DataType.values()).anyMatch(t -> t.name().equals(type));
    if (name.isEmpty() || !known || !sizes.isArray()) {
      throw new StreamException(
          "%s must have a name, a datatype of the protocol and a shape; name=%s, datatype=%s,"
                  .formatted(what, name, type)
              + " shape="
              + sizes);
    }
    List<Long> shape = new ArrayList<>();
    for (JsonNode size : sizes) {
      // Some servers give sizes as text.
      if (!size.asText().matches("-?[0-9]{1,18}")) {
        throw new StreamException(
            "%s '%s' must have a shape of whole numbers; shape=%s".formatted(what, name, sizes));
      }
      shape.add(Long.parseLong(size.asText()));
    }
    return new TensorSpec(name, DataType.valueOf(type), shape);
  }

  /** Flat, or nested as the shape is; both are allowed. */
  private static Tensor fromJson(TensorSpec spec, JsonNode data) {
    if (!data.isArray()) {
      throw new StreamException("output '%s' must have a list \"data\"".formatted(spec.name()));
    }
    List<JsonNode> leaves = new ArrayList<>();
    flatten(data, leaves);
    if (spec.type() == DataType.BYTES) {
      List<byte[]> strings = new ArrayList<>();
      for (JsonNode leaf : leaves) {
        if (!leaf.isTextual()) {
          throw notOfType(spec, strings.size(), leaf);
        }
        strings.add(leaf.textValue().getBytes(StandardCharsets.UTF_8));
      }
      return BinaryValues.checked(() -> Tensor.ofBytes(spec.name(), spec.shape(), strings));
    }
    double[] values = new double[leaves.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode leaf = leaves.get(i);
      if (!leaf.isNumber() && !(leaf.isBoolean() && spec.type() == DataType.BOOL)) {
        throw notOfType(spec, i, leaf);
      }
      values[i] = leaf.isBoolean() ? (leaf.booleanValue() ? 1 : 0) : leaf.doubleValue();
    }
    return BinaryValues.checked(
        () -> Tensor.ofNumbers(spec.name(), spec.type(), spec.shape(), values));
  }

  private static void flatten(JsonNode data, List<JsonNode> leaves) {
    for (JsonNode item : data) {
      if (item.isArray()) {
        flatten(item, leaves);
      } else {
        leaves.add(item);
      }
    }
  }

  private static StreamException notOfType(TensorSpec spec, int index, JsonNode leaf) {
    String text = leaf.toString();
    return new StreamException(
        "values of output '%s' must be %s; data[%d]=%s"
            .formatted(
                spec.name(),
                spec.type(),
                index,
                text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
