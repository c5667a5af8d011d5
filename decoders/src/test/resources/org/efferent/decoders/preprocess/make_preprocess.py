"""Makes preprocess.npz: steps of published preparations, in numpy, PyTorch, scikit-learn and MNE.

Resampling is julius' formula written out here (kernels scaled to a sum of 1, ends repeated).
Run: python3 make_preprocess.py preprocess.npz
"""
import hashlib
import math
import random
import sys

import mne
import numpy as np
import torch
from sklearn.covariance import ledoit_wolf
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(11)
out = {}


def sinc_resample(x, old, new, zeros, rolloff):
    g = math.gcd(old, new)
    old, new = old // g, new // g
    sr = min(old, new) * rolloff
    width = math.ceil(zeros * old / sr)
    idx = torch.arange(-width, width + old, dtype=torch.float64)
    kernels = []
    for i in range(new):
        t = ((-i / new + idx / old) * sr).clamp(-zeros, zeros) * math.pi
        k = torch.sinc(t / math.pi) * torch.cos(t / zeros / 2) ** 2
        kernels.append(k / k.sum())
    length = x.shape[-1]
    padded = torch.nn.functional.pad(torch.tensor(x)[:, None], (width, width + old), mode="replicate")
    y = torch.nn.functional.conv1d(padded, torch.stack(kernels)[:, None], stride=old)
    return y.transpose(1, 2).reshape(len(x), -1)[:, : new * length // old].numpy()


x = rng.standard_normal((2, 700)) + 3
out["signal"] = x.T
for old, new, zeros in [(1000, 120, 24), (128, 120, 24), (100, 250, 24), (250, 120, 6)]:
    out[f"resampled_{old}_{new}"] = sinc_resample(x, old, new, zeros, 0.945).T

for old, new in [(1000, 250), (1000, 120), (250, 600), (100, 250), (7, 3)]:
    for n in (700, 301):
        info = mne.create_info(2, old, "eeg")
        epochs = mne.EpochsArray(x[None, :, :n], info, verbose="error")
        out[f"mne_{old}_{new}_{n}"] = epochs.resample(new, verbose="error").get_data()[0]

windows = rng.standard_normal((5, 3, 21)) * np.array([1, 10, 0])[:, None] + 2
windows[1, 0, 4] = 400
out["windows"] = windows
flat = windows.transpose(1, 0, 2).reshape(3, -1)
ordered = np.sort(flat, axis=1)
n = flat.shape[1]
centre = ordered[:, n // 2]
scale = ordered[:, int(0.75 * n)] - ordered[:, int(0.25 * n)]
scale[scale == 0] = 1
out["robust"] = np.clip((windows - centre[:, None]) / scale[:, None], -20, 20)

uids = ["the old man and the sea", "once upon a time", "zebra", "a", "\u00e9t\u00e9"] + [f"sentence {i}" for i in range(40)]
out["scores"] = np.array([random.Random(int(hashlib.sha256(u.encode()).hexdigest(), 16) + 12).random() for u in uids])


def auto(x):
    scaler = StandardScaler()
    s = ledoit_wolf(scaler.fit_transform(x))[0]
    return scaler.scale_[:, None] * s * scaler.scale_[None, :]


mixing = rng.standard_normal((4, 4))
epochs = np.einsum("ij,ejt->eit", mixing, rng.standard_normal((9, 4, 30)))
conditions = np.array([3, 1, 1, 3, 2, 2, 3, 1, 2])
out["epochs"], out["conditions"] = epochs, conditions
kinds = {"none": lambda x: np.cov(x.T, bias=True), "lw": lambda x: ledoit_wolf(x)[0], "auto": auto}
for name, cov in kinds.items():
    out["cov_" + name] = cov(epochs[0].T)
    for over in ("epochs", "time"):
        means = []
        for c in (3, 1, 2):
            data = epochs[conditions == c]
            parts = [e.T for e in data] if over == "epochs" else [data[:, :, t] for t in range(30)]
            means.append(np.mean([cov(p) for p in parts], axis=0))
        values, vectors = np.linalg.eigh(np.mean(means, axis=0))
        out[f"white_{name}_{over}"] = vectors @ np.diag(values**-0.5) @ vectors.T
np.savez_compressed(sys.argv[1], **out)
