package org.efferent.cli;

import java.util.List;

/**
 * Figures of papers with the protocol that they were measured by. They are shown beside ours, never
 * among them.
 */
final class PublishedFigures {
  /** Columns. */
  static final List<String> HEADER =
      List.of("System", "Data", "Protocol", "Top-1 (%)", "Top-5 (%)", "Top-10 (%)");

  /** The rows; empty cells were not published under that protocol. */
  static final List<List<String>> ROWS =
      List.of(
          List.of(
              "NICE (Song et al. 2024)",
              "THINGS-EEG2, 10 subjects",
              "200-way, concept centres as gallery, 80 repetitions averaged, within subject; chosen by validation loss",
              "16.1",
              "43.6",
              ""),
          List.of(
              "ATM-S (Li et al. 2024, table 8)",
              "THINGS-EEG2, 10 subjects",
              "200-way, stimulus images as gallery, 80 repetitions averaged, within subject; chosen by a validation batch",
              "26.1",
              "55.3",
              ""),
          List.of(
              "ATM-S (Li et al. 2024, main text)",
              "THINGS-EEG2, 10 subjects",
              "the same; mean of the last ten epochs, each scored on the test set",
              "28.6",
              "58.5",
              ""),
          List.of(
              "ATM-S, leave one subject out",
              "THINGS-EEG2",
              "200-way, stimulus images, 80 repetitions averaged",
              "8.2",
              "25.4",
              ""),
          List.of(
              "Benchetrit et al. 2023",
              "THINGS-MEG, 4 subjects",
              "200 images, 12 repetitions' predictions averaged, VGG-19; mixing of losses chosen on the test set",
              "",
              "70.3",
              ""),
          List.of(
              "Défossez et al. 2023",
              "Gwilliams MEG, 27 subjects",
              "segments of 3 s, unique ones as candidates (over 1,000), no averaging, 3 seeds",
              "",
              "",
              "70.7"),
          List.of(
              "Défossez et al. 2023",
              "Schoffelen MEG, 96 subjects",
              "segments of 3 s, unique ones as candidates (over 1,000), no averaging, 3 seeds",
              "",
              "",
              "67.5"),
          List.of("Défossez et al. 2023", "Broderick EEG, 19 subjects", "the same", "", "", "17.7"),
          List.of("Défossez et al. 2023", "Brennan EEG, 33 subjects", "the same", "", "", "25.7"));

  private PublishedFigures() {}
}
