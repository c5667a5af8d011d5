package org.efferent.acquisition.liblsl;

import org.efferent.acquisition.lsl.JavaLsl;

class JavaToNativeTest extends LslContract {
  JavaToNativeTest() {
    super(new JavaLsl(LiblslTesting.WORLD), LiblslTesting.lsl());
  }
}
