package org.efferent.generation;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.data.InputFiles;
import org.efferent.data.onnx.Onnx;

/**
 * A network that PyTorch wrote as TorchScript, of one tensor in; tensors have positions, no names.
 * To load such a file is to run the program in it.
 */
final class TorchScriptNetwork implements Network {
  private final GeneratorConfig.Module module;
  private final String file;
  private final NDManager manager;
  private final PtSymbolBlock block;

  private TorchScriptNetwork(
      GeneratorConfig.Module module, String file, NDManager manager, PtSymbolBlock block) {
    this.module = module;
    this.file = file;
    this.manager = manager;
    this.block = block;
  }

  /**
   * Loads a network.
   *
   * @param module what the configuration says of it
   * @param file of {@code torch.jit.save}
   * @throws InputException if the file is missing, or no TorchScript
   * @throws UnavailableException if the engine does not load on this machine
   */
  static TorchScriptNetwork open(GeneratorConfig.Module module, Path file) {
    ModelFiles.check(module.file(), file);
    String name = InputFiles.name(file);
    checkIsScript(module.file(), file, name);
    NDManager manager = PyTorch.manager();
    boolean done = false;
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(
              (PtNDManager) manager,
              file.toAbsolutePath(),
              true,
              new String[0],
              new String[0],
              false);
      done = true;
      return new TorchScriptNetwork(module, name, manager, block);
    } catch (EngineException | IllegalArgumentException e) {
      throw new InputException(
          "%s: %s: cannot be loaded as TorchScript: %s"
              .formatted(module.file().place(), name, firstLine(e)),
          e);
    } finally {
      if (!done) {
        manager.close();
      }
    }
  }

  /** A zip with a program in it; the engine's own errors about other files say little. */
  private static void checkIsScript(GeneratorConfig.Named name, Path file, String shown) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      boolean script =
          zip.stream()
              .anyMatch(entry -> entry.getName().matches("[^/]+/(constants\\.pkl|code/.*)"));
      if (!script) {
        throw new InputException(
            "%s: %s holds no program: weights alone (torch.save) are not enough; write it with torch.jit.trace(…).save"
                .formatted(name.place(), shown));
      }
    } catch (ZipException e) {
      throw new InputException(
          "%s: %s is no TorchScript file, which is a zip; write it with torch.jit.trace(…).save"
              .formatted(name.place(), shown),
          e);
    } catch (IOException e) {
      throw new InputException(
          "%s: %s".formatted(name.place(), InputFiles.failed(file, e).getMessage()), e);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  @Override
  public List<Values> run(float[] values, long[] shape, long seed) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
      NDList made = IValueUtils.forward(block, new NDList(x), false);
      made.attach(scope);
      List<Values> outputs = new ArrayList<>();
      for (int position : module.outputs()) {
        if (position >= made.size()) {
          throw new InputException(
              "%s: %s has no output %d; it gives %d"
                  .formatted(module.file().place(), file, position, made.size()));
        }
        NDArray output = made.get(position).toType(DataType.FLOAT32, false);
        outputs.add(new Values(output.toFloatArray(), output.getShape().getShape()));
      }
      return outputs;
    } catch (EngineException e) {
      throw new InputException(
          "%s: %s cannot be run on %s: %s"
              .formatted(module.file().place(), file, Onnx.shown(shape), reason(e)),
          e);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * The engine's errors begin with the program's trace; what was wrong stands in their last line.
   */
  private static String reason(EngineException e) {
    List<String> lines =
        String.valueOf(e.getMessage())
            .lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .toList();
    return lines.stream()
        .filter(line -> line.startsWith("RuntimeError: "))
        .reduce((first, last) -> last)
        .map(line -> line.substring("RuntimeError: ".length()))
        .orElse(lines.isEmpty() ? "no reason given" : lines.get(0));
  }

  @Override
  public boolean draws() {
    return false;
  }

  @Override
  public String signature() {
    return "it does not say what it takes and gives";
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
