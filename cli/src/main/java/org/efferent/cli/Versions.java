package org.efferent.cli;

import picocli.CommandLine.IVersionProvider;

/** What runs: this program's version, Java's, the machine's. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** The version of this program; "development" where it does not run from its jar. */
  static String program() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static String java() {
    return System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")";
  }

  static String machine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores";
  }

  static String line() {
    return "efferent " + program() + ", Java " + java() + ", " + machine();
  }
}
