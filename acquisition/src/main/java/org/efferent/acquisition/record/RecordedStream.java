package org.efferent.acquisition.record;

import java.util.Optional;
import org.efferent.core.health.HealthSnapshot;

/**
 * What a recorder has of one stream so far.
 *
 * @param name of the stream
 * @param type of the stream
 * @param samples written or about to be
 * @param dropped samples that came faster than they could be written
 * @param clockOffsets measurements of its clock that were written
 * @param unanswered measurements of its clock that got no answer
 * @param clockResets how often it came back as another outlet, whose clock may be another
 * @param ended whether nothing more will come
 * @param failure why it ended too early, if it did
 * @param health what was right and wrong with it
 */
public record RecordedStream(
    String name,
    String type,
    long samples,
    long dropped,
    int clockOffsets,
    int unanswered,
    int clockResets,
    boolean ended,
    Optional<String> failure,
    HealthSnapshot health) {}
