package org.efferent.generation;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import org.efferent.core.UnavailableException;

/** The engine of the encoders, for generators that run on it. */
final class PyTorch {
  private PyTorch() {}

  /**
   * The engine works offline and reports to nobody; that is set before its classes load.
   *
   * @return a manager on the CPU, to be closed by the caller
   * @throws UnavailableException if the engine does not load on this machine
   */
  static NDManager manager() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      return Engine.getEngine("PyTorch").newBaseManager(ai.djl.Device.cpu());
    } catch (EngineException | UnsatisfiedLinkError | IllegalStateException e) {
      throw new UnavailableException(
          "the engine of safetensors and TorchScript generators (PyTorch) does not load on this machine (%s %s); see doctor"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
  }
}
