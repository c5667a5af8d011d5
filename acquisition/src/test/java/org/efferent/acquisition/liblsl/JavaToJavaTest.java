package org.efferent.acquisition.liblsl;

import org.efferent.acquisition.lsl.JavaLsl;

class JavaToJavaTest extends LslContract {
  JavaToJavaTest() {
    super(new JavaLsl(LiblslTesting.WORLD), new JavaLsl(LiblslTesting.WORLD));
  }
}
