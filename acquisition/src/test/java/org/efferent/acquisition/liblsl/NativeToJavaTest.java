package org.efferent.acquisition.liblsl;

import org.efferent.acquisition.lsl.JavaLsl;

class NativeToJavaTest extends LslContract {
  NativeToJavaTest() {
    super(LiblslTesting.lsl(), new JavaLsl(LiblslTesting.WORLD));
  }
}
