/**
 * Where samples come from: the Lab Streaming Layer in pure Java (protocol 1.10, outlet, inlet,
 * discovery, time correction) and recordings played back.
 *
 * <p>{@link org.efferent.acquisition.LslSource} is a live stream as a source of a session; {@link
 * org.efferent.acquisition.Replay} plays a recording as an outlet, {@link
 * org.efferent.acquisition.ReplaySource} inside the process and without a network. {@link
 * org.efferent.acquisition.SimulatedUnits} and {@link org.efferent.acquisition.SimulatedUser} give
 * streams whose truth is known. The protocol itself is in {@link org.efferent.acquisition.lsl}, the
 * native library in {@link org.efferent.acquisition.liblsl}.
 */
package org.efferent.acquisition;
