"""Makes trf.npz: temporal response functions by the formulas of mTRF-Toolbox and mTRFpy in plain numpy.

w = (X'X + (lambda/delta) M)^-1 X'Y / delta, X = [1 | lag-major, input-minor], prediction X w delta;
covariances of trials summed (MATLAB) or averaged (mTRFpy). Run: python3 make_trf.py trf.npz
"""
import sys
from math import ceil, floor

import numpy as np

FS = 64
rng = np.random.default_rng(5)
stimuli = [rng.standard_normal((n, 2)) for n in (150, 180, 165)]
responses = []
for s in stimuli:
    r = 0.8 * rng.standard_normal((len(s), 3))
    for lag in range(6):
        r[lag:] += s[: len(s) - lag] @ rng.standard_normal((2, 3)) * np.exp(-lag / 3)
    responses.append(r)


def lag_matrix(x, lags, pad):
    columns = [np.ones((len(x), 1))]
    for lag in lags:
        moved = np.zeros_like(x)
        for t in range(len(x)):
            if 0 <= t - lag < len(x):
                moved[t] = x[t - lag]
        columns.append(moved)
    full = np.hstack(columns)
    return full if pad else full[max(0, lags[-1]) : len(x) + min(0, lags[0])]


def cut(y, lags, pad):
    return y if pad else y[max(0, lags[-1]) : len(y) + min(0, lags[0])]


def penalty_matrix(n, tikhonov):
    m = np.eye(n)
    if tikhonov:
        m -= 0.5 * (np.eye(n, k=1) + np.eye(n, k=-1))
        m[1, 1] = m[-1, -1] = 0.5
        m[0, 1] = m[1, 0] = 0
    m[0, 0] = 0
    return m


def fit(xs, ys, lags, lam, tikhonov, pad, averaged):
    designs = [lag_matrix(x, lags, pad) for x in xs]
    xx = sum(d.T @ d for d in designs)
    xy = sum(d.T @ cut(y, lags, pad) for d, y in zip(designs, ys))
    if averaged:
        xx, xy = xx / len(xs), xy / len(xs)
    return np.linalg.solve(xx + lam * FS * penalty_matrix(len(xx), tikhonov), xy) * FS


def predict(x, w, lags, pad):
    return lag_matrix(x, lags, pad) @ w / FS


out = {}
for i, (s, r) in enumerate(zip(stimuli, responses)):
    out[f"stimulus{i}"], out[f"response{i}"] = s, r
for name, forward, tmin, tmax, tikhonov, pad, averaged in [
    ("forward", True, 0.0, 0.1, False, True, False),
    ("forward_tikhonov", True, -0.03, 0.11, True, True, True),
    ("backward", False, 0.0, 0.1, False, True, True),
    ("backward_cut", False, -0.02, 0.07, False, False, False),
]:
    xs, ys = (stimuli, responses) if forward else (responses, stimuli)
    lo, hi = (tmin, tmax) if forward else (-tmax, -tmin)
    lags = list(range(floor(lo * FS), ceil(hi * FS) + 1))
    w = fit(xs, ys, lags, 0.7, tikhonov, pad, averaged)
    out[name + "_lags"] = np.array([lags[0], lags[-1]])
    out[name + "_bias"] = w[0]
    out[name + "_weights"] = w[1:].reshape((xs[0].shape[1], len(lags), ys[0].shape[1]), order="F")
    out[name + "_predicted"] = predict(xs[0], w, lags, pad)
    r, mse = [], []
    for lam in (0.01, 1.0, 100.0):
        for k in range(3):
            rest = [i for i in range(3) if i != k]
            wk = fit([xs[i] for i in rest], [ys[i] for i in rest], lags, lam, tikhonov, pad, averaged)
            p, y = predict(xs[k], wk, lags, pad), cut(ys[k], lags, pad)
            r.append([np.corrcoef(p[:, j], y[:, j])[0, 1] for j in range(y.shape[1])])
            mse.append(((p - y) ** 2).mean(0))
    out[name + "_cv_r"], out[name + "_cv_mse"] = np.array(r), np.array(mse)
np.savez(sys.argv[1], **out)
