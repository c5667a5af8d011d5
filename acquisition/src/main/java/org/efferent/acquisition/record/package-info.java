/**
 * LSL streams to an XDF file, as LabRecorder writes it: {@link
 * org.efferent.acquisition.record.Recorder}.
 */
package org.efferent.acquisition.record;
