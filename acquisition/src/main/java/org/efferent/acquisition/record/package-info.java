/**
 * LSL streams to an XDF file, as LabRecorder writes it: {@link
 * org.efferent.acquisition.record.Recorder}.
 *
 * <p>{@link org.efferent.acquisition.record.RemoteControl} takes LabRecorder's commands over a
 * port, {@link org.efferent.acquisition.record.RemoteFileName} its templates of names. The file is
 * brought to the disk every half second: a kill costs at most the last half second.
 */
package org.efferent.acquisition.record;
