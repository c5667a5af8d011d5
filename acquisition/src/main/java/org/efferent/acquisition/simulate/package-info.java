/**
 * Simulators as outlets whose truth is known: EEG ({@link
 * org.efferent.acquisition.simulate.EegSimulation}), evoked responses ({@link
 * org.efferent.acquisition.simulate.EvokedSimulation}), spikes as counts ({@link
 * org.efferent.acquisition.simulate.SpikeCountSimulation}) and as voltage ({@link
 * org.efferent.acquisition.simulate.VoltageSimulation}), and a user who steers a cursor ({@link
 * org.efferent.acquisition.simulate.CursorSimulation}). Each is a {@link
 * org.efferent.acquisition.simulate.Simulation}: a function of options and seed, the same live
 * ({@link org.efferent.acquisition.simulate.SimulationRun}) and offline, in whatever portions it is
 * read. What its truth means is said by each class.
 */
package org.efferent.acquisition.simulate;
