"""Reference figures of a small retrieval.  Run: python3 make_golden.py   (numpy)

queries.npy [60, 24], gallery.npy [40, 1, 24] float32; rows 7 and 31 of the gallery are equal; truth.npy [60] int64.
figures.csv: figures under the names of QueryFigures; ranks.csv: 0-based mid-rank of each truth.
"""
import pathlib
from math import comb
import numpy as np
here = pathlib.Path(__file__).parent
rng = np.random.default_rng(7)
g = rng.standard_normal((40, 24)).astype(np.float32); g[31] = g[7]
truth = np.r_[np.arange(40), rng.integers(0, 40, 20)].astype(np.int64)
q = (0.35 * g[truth] + rng.standard_normal((60, 24))).astype(np.float32)
np.save(here / "queries.npy", q); np.save(here / "gallery.npy", g[:, None]); np.save(here / "truth.npy", truth)
qd, gd = q.astype(float), g.astype(float)
s = (qd / np.linalg.norm(qd, axis=1, keepdims=True)) @ (gd / np.linalg.norm(gd, axis=1, keepdims=True)).T
own = s[np.arange(60), truth][:, None]
better = (s > own + 1e-12).sum(1); ties = (np.abs(s - own) <= 1e-12).sum(1) - 1
rank = better + ties / 2
f = {}
for k in (1, 5, 10): f["top%d" % k] = np.mean([np.mean([b + i < k for i in range(t + 1)]) for b, t in zip(better, ties)])
f["medianRank"] = np.median(rank); f["relativeMedianRank"] = np.median(rank) / 39; f["meanRelativeRank"] = np.mean(rank) / 39
f["meanReciprocalRank"] = f["meanAveragePrecision"] = np.mean([np.mean([1 / (b + i + 1) for i in range(t + 1)]) for b, t in zip(better, ties)])
def kway(b, t, k):  # over the two orders of a tie, each without ties
    return np.mean([comb(39 - (b + i), k - 1) / comb(39, k - 1) for i in range(t + 1)])
for k in (2, 4, 10): f["kWayTop1.%d" % k] = np.mean([kway(int(b), int(t), k) for b, t in zip(better, ties)])
f["kWayTop5.10"] = np.mean([np.mean([sum(comb(int(b) + i, x) * comb(39 - int(b) - i, 9 - x) for x in range(5)) / comb(39, 9)
                                     for i in range(t + 1)]) for b, t in zip(better, ties)])
open(here / "figures.csv", "w").writelines("%s,%.17g\n" % kv for kv in f.items())
np.savetxt(here / "ranks.csv", rank, fmt="%.1f")
