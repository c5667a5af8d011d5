package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.data.inspect.BidsListing;

/** A BIDS folder in text and JSON. */
final class BidsOutput {
  private BidsOutput() {}

  static void print(OutputOptions output, BidsListing listing) {
    output.text(
        "%s: BIDS%s", listing.folder(), listing.name().isEmpty() ? "" : ", " + listing.name());
    output.text(
        "  %d subjects, %d sessions, %d recordings",
        listing.subjects().size(), listing.sessions(), listing.recordings());
    for (BidsListing.Subject subject : listing.subjects()) {
      output.text("");
      output.text("sub-%s: %d recordings", subject.id(), subject.recordings());
      for (BidsListing.Session session : subject.sessions()) {
        if (!session.id().isEmpty()) {
          output.text("  ses-%s: %d recordings", session.id(), session.recordings().size());
        }
        for (BidsListing.Entry entry : session.recordings()) {
          output.text("    %s%s", entry.file(), entry.events() ? "" : " (no events)");
        }
      }
    }
    for (String warning : listing.warnings()) {
      output.text("warning: %s", warning);
    }
  }

  /** The object of every inspection, without streams, and the data set. */
  static Map<String, Object> json(BidsListing listing) {
    List<Object> subjects = new ArrayList<>();
    for (BidsListing.Subject subject : listing.subjects()) {
      List<Object> sessions = new ArrayList<>();
      for (BidsListing.Session session : subject.sessions()) {
        List<Object> recordings = new ArrayList<>();
        for (BidsListing.Entry entry : session.recordings()) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("file", entry.file());
          one.put("suffix", entry.suffix());
          one.put("task", entry.task());
          one.put("run", entry.run());
          one.put("events", entry.events());
          recordings.add(one);
        }
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("session", session.id());
        one.put("recordings", recordings);
        sessions.add(one);
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("subject", subject.id());
      one.put("sessions", sessions);
      subjects.add(one);
    }
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", listing.name());
    dataset.put("subjectCount", listing.subjects().size());
    dataset.put("sessionCount", listing.sessions());
    dataset.put("recordingCount", listing.recordings());
    dataset.put("subjects", subjects);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", listing.folder());
    result.put("format", "BIDS");
    result.put("streams", List.of());
    result.put("markers", List.of());
    result.put("dataset", dataset);
    result.put("warnings", listing.warnings());
    return result;
  }
}
