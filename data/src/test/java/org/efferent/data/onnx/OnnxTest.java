package org.efferent.data.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OnnxTest {
  private static OrtSession session() throws IOException, OrtException {
    byte[] model;
    try (InputStream in = OnnxTest.class.getResourceAsStream("image.onnx")) {
      model = in.readAllBytes();
    }
    var environment = Onnx.environment();
    try (OrtSession.SessionOptions options = Onnx.options(Path.of("image.onnx"), 1)) {
      return environment.createSession(model, options);
    }
  }

  /** Its reports are off before it loads, and nothing of them lies on the disk. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void itIsSilent() throws IOException, OrtException {
    session().close();
    assertThat(Onnx.nativeValue()).isEqualTo("1");
    try (var files = Files.list(Path.of(""))) {
      assertThat(files.filter(f -> f.toString().endsWith(".ses"))).isEmpty();
    }
  }

  @Test
  void whatAModelTakesAndGivesIsShown() throws IOException, OrtException {
    try (OrtSession session = session()) {
      assertThat(Onnx.shown(session.getInputInfo()))
          .isEqualTo("'pixel_values' FLOAT [? × 3 × ? × ?]");
      assertThat(Onnx.shown(session.getOutputInfo())).isEqualTo("'image_embeds' FLOAT [? × 2]");
    }
  }
}
