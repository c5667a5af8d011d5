"""Makes target.npz: mel spectrograms by torchaudio, envelopes by scipy, nearest rows by PyTorch.

Run: python3 make_target.py target.npz
"""
import sys

import numpy as np
import torch
import torchaudio
from scipy.signal import butter, hilbert, lfilter, sosfilt

RATE = 16000
rng = np.random.default_rng(21)
out = {}
t = np.arange(3001) / RATE
audio = 0.3 * np.sin(2 * np.pi * (300 * t + 9000 * t**2)) * (1 + np.sin(2 * np.pi * 20 * t)) + 0.05 * rng.standard_normal(len(t))
out["audio"] = audio
wave = torch.tensor(audio)
standard = (wave - wave.mean()) / wave.std()
for scale in ("htk", "slaney"):
    mel = torchaudio.transforms.MelSpectrogram(sample_rate=RATE, n_fft=512, hop_length=128, n_mels=120, mel_scale=scale).double()
    out["mel_" + scale] = torch.log10(mel(standard) + 1e-5).numpy().T
default = torchaudio.transforms.MelSpectrogram(sample_rate=RATE, n_fft=512, hop_length=128, n_mels=120).double()
assert np.array_equal(torch.log10(default(standard) + 1e-5).numpy().T, out["mel_htk"])

out["hilbert"] = np.abs(hilbert(audio))
out["hilbert_odd_power"] = np.abs(hilbert(audio[:-1])) ** 0.6
out["rectified"] = sosfilt(butter(4, 30, fs=RATE, output="sos"), np.abs(audio))

erb = 21.4 * np.log10(1 + 0.00437 * np.array([50, 5000]))
centres = (10 ** (np.linspace(*erb, 28) / 21.4) - 1) / 0.00437
total = np.zeros(len(audio))
for f in centres:
    pole = np.exp(2j * np.pi * f / RATE - 2 * np.pi * 1.019 * 24.7 * (4.37 * f / 1000 + 1) / RATE)
    band = audio.astype(complex)
    for _ in range(4):
        band = lfilter([1 - abs(pole)], [1, -pole], band)
    total += np.abs(2 * band) ** 0.6
out["gammatone"] = total / 28
out["centres"] = centres

sizes = [(50, 361), (149, 361), (376, 361), (125, 120), (1, 7), (1000, 997), (343, 1000), (7, 343), (70, 120), (84, 120), (57, 361), (36, 1000)]
out["sizes"] = np.array(sizes)
for n, m in sizes:
    rows = torch.arange(n, dtype=torch.float32)[None, None]
    out[f"nearest_{n}_{m}"] = torch.nn.functional.interpolate(rows, size=m, mode="nearest")[0, 0].numpy()
np.savez_compressed(sys.argv[1], **out)
