package org.efferent.acquisition.liblsl;

class NativeToNativeTest extends LslContract {
  NativeToNativeTest() {
    super(LiblslTesting.lsl(), LiblslTesting.lsl());
  }
}
