"""Expected values for SecondOrderSectionsTest and CommonSpatialPatternsTest.

    python3 make_golden.py        (scipy 1.10.1, numpy 1.24.2, scikit-learn 1.2.1; 2026-11-26)

filters.csv: kind, order, low, high, rate, then 200 outputs for the input x below, the filter
standing at x[0] before. csp-trials.csv: label, then 60 rows of 5 channels. csp-filters.csv: the
eigenvalue and filter of every component, largest first.
"""
import numpy as np
from scipy import linalg, signal
from sklearn.covariance import ledoit_wolf

n = np.arange(200.0)
x = 5 + np.sin(0.05 * n**1.4) + 0.25 * (n % 7)
with open("filters.csv", "w") as out:
    for kind, order, low, high, rate in [
        ("lowpass", 1, 40, 0, 250), ("lowpass", 2, 10, 0, 100), ("lowpass", 5, 5, 0, 160),
        ("highpass", 1, 1, 0, 250), ("highpass", 3, 30, 0, 100), ("highpass", 4, 0.5, 0, 160),
        ("bandpass", 1, 8, 30, 160), ("bandpass", 1, 1, 70, 160), ("bandpass", 2, 8, 30, 160),
        ("bandpass", 3, 13, 30, 250), ("bandpass", 4, 8, 30, 160), ("bandpass", 5, 1, 100, 256),
        ("bandpass", 4, 250, 5000, 30000), ("notch", 30, 50, 0, 250), ("notch", 5, 60, 0, 160)]:
        if kind == "notch":
            sos = signal.tf2sos(*signal.iirnotch(low, order, rate))
        else:
            sos = signal.butter(order, [low, high] if kind == "bandpass" else low, kind,
                                fs=rate, output="sos")
        y, _ = signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x[0])
        out.write(",".join([kind] + [repr(float(v)) for v in (order, low, high, rate, *y)]) + "\n")

rng = np.random.default_rng(7)
mixing = rng.normal(size=(5, 5))
scales = {0: [3, 1, 1, 1, 0.5], 1: [1, 1, 1.2, 2.5, 0.5]}
trials = [(k, rng.normal(size=(60, 5)) * scales[k] @ mixing.T) for k in (0, 1, 0, 1, 1, 0, 0, 1)]
trials = [(k, t.round(6)) for k, t in trials]
with open("csp-trials.csv", "w") as out:
    for k, t in trials:
        out.write(",".join([str(k)] + [repr(float(v)) for v in t.ravel()]) + "\n")
c = [ledoit_wolf(np.vstack([t for j, t in trials if j == k]), assume_centered=True)[0] for k in (0, 1)]
values, vectors = linalg.eigh(c[0], c[0] + c[1])
with open("csp-filters.csv", "w") as out:
    for i in np.argsort(values)[::-1]:
        w = vectors[:, i] * np.sign(vectors[np.argmax(np.abs(vectors[:, i])), i])
        out.write(",".join(repr(float(v)) for v in (values[i], *w)) + "\n")
