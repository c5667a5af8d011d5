package org.efferent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.core.UsageException;
import org.efferent.data.files.Conversion;
import org.efferent.data.files.ConvertOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convert}: a recording in another format. */
@Command(
    name = "convert",
    description =
        "Writes a recording in another format, which the name of the new file says: .xdf, .edf, .bdf,"
            + " .vhdr, .npy, .npz, .safetensors, .csv.",
    footerHeading = "%nExample:%n",
    footer = "  efferent convert session.xdf session.edf --anonymize")
final class ConvertCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Parameters(index = "0", paramLabel = "IN", description = "The recording, of any format.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The new file.")
  private Path out;

  @Option(
      names = "--anonymize",
      description = "Leave out names, birth dates, recording dates, codes and serial numbers.")
  private boolean anonymize;

  @Option(names = "--force", description = "Replace a file that is there already.")
  private boolean force;

  @Override
  public Integer call() {
    if (in.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
      throw new UsageException(out + ": is the recording itself; give the new file another name");
    }
    RunRecord.refuseExisting(out, force);
    List<String> remarks = Conversion.convert(in, out, new ConvertOptions(anonymize, force));
    remarks.forEach(remark -> output.note("%s", remark));
    output.text("%s written", out);
    output.result(
        Map.of(
            "file",
            out.toString(),
            "from",
            in.toString(),
            "anonymized",
            anonymize,
            "remarks",
            remarks));
    return 0;
  }
}
