package org.efferent.data.blackrock;

import java.util.Objects;

/**
 * An electrode as the extended headers of a file of spikes describe it.
 *
 * @param id its number, from 1
 * @param label its name (NEUEVLBL); empty if there is none
 * @param connector bank of the amplifier, from 1; 0 if unknown
 * @param pin pin of the bank; 0 if unknown
 * @param microvoltsPerStep of the waveforms (NEUEVWAV); 0 if unknown
 * @param waveformBytes bytes a sample of a waveform: 1, 2 or 4
 * @param waveformSamples samples of a waveform; 0 if the packet is full of them
 * @param sortedUnits units that were told apart while it recorded
 * @param highThreshold threshold above which a spike begins, steps; 0 if none
 * @param lowThreshold threshold below which a spike begins, steps; 0 if none
 * @param highPassHz corner of the high-pass filter (NEUEVFLT); 0 if none is known
 * @param lowPassHz corner of the low-pass filter; 0 if none is known
 */
public record NevElectrode(
    int id,
    String label,
    int connector,
    int pin,
    double microvoltsPerStep,
    int waveformBytes,
    int waveformSamples,
    int sortedUnits,
    int highThreshold,
    int lowThreshold,
    double highPassHz,
    double lowPassHz) {
  /** Checks the label. */
  public NevElectrode {
    Objects.requireNonNull(label, "label");
  }

  static NevElectrode unknown(int id) {
    return new NevElectrode(id, "", 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
  }

  NevElectrode labelled(String name) {
    return new NevElectrode(
        id,
        name,
        connector,
        pin,
        microvoltsPerStep,
        waveformBytes,
        waveformSamples,
        sortedUnits,
        highThreshold,
        lowThreshold,
        highPassHz,
        lowPassHz);
  }

  NevElectrode filtered(double high, double low) {
    return new NevElectrode(
        id,
        label,
        connector,
        pin,
        microvoltsPerStep,
        waveformBytes,
        waveformSamples,
        sortedUnits,
        highThreshold,
        lowThreshold,
        high,
        low);
  }
}
