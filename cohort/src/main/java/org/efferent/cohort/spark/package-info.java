/**
 * The only package that sees Apache Spark and Hadoop: recordings and participants become tasks of a
 * cluster, what they give is kept in files that every machine sees, and tables are written as
 * Parquet.
 *
 * <table>
 *   <caption>The folder of the results</caption>
 *   <tr><th>name</th><th>what</th></tr>
 *   <tr><td>{@code cohort.json}</td><td>the run: task, settings, where recordings come from, whether
 *       it is finished</td></tr>
 *   <tr><td>{@code work/}</td><td>while it runs: the list, and a file a finished recording and
 *       participant, written whole or not at all, so that a run can go on where it was cut
 *       short</td></tr>
 *   <tr><td>{@code recordings.parquet}</td><td>a row a recording: participant, path, status, error,
 *       facts</td></tr>
 *   <tr><td>{@code timing.parquet}</td><td>where and how long: the only table that differs between
 *       runs</td></tr>
 *   <tr><td>{@code participants.parquet}</td><td>a row a participant: status, error, figures</td></tr>
 *   <tr><td>{@code embeddings.parquet}</td><td>a row a window, where recordings are
 *       encoded</td></tr>
 *   <tr><td>{@code figures.json}</td><td>the figures of the cohort</td></tr>
 * </table>
 */
package org.efferent.cohort.spark;
