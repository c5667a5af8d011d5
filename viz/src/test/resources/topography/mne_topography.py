"""Makes mne-positions.csv and mne-grid.csv: what MNE-Python draws between 32 electrodes.

Run with MNE-Python 1.3, SciPy 1.10: python3 mne_topography.py
Interpolation as plot_topomap does it for EEG by itself: image_interp='cubic' (Clough-Tocher),
extrapolate='head', border='mean'. Places are divided by the head's radius, so that the head's
circle has radius 1. Rows of the grid outside the electrodes' convex hull are left out.
"""
import mne
import numpy as np
from mne.viz.topomap import _get_pos_outlines, _setup_interp
from scipy.spatial import Delaunay

RES = 33

montage = mne.channels.make_standard_montage("biosemi32")
info = mne.create_info(montage.ch_names, 256.0, "eeg").set_montage(montage)
radius = 0.095
pos, outlines = _get_pos_outlines(
    info, range(len(montage.ch_names)), sphere=np.array([0.0, 0.0, 0.0, radius]))
extent, xi, yi, interpolation = _setup_interp(pos, RES, "cubic", "head", outlines, "mean")
places = pos / radius
generator = np.random.default_rng(8)
patterns = {
    "smooth": np.exp(-((places[:, 0] - 0.3) ** 2 + (places[:, 1] + 0.4) ** 2) / 0.3)
    - 0.6 * np.exp(-((places[:, 0] + 0.4) ** 2 + (places[:, 1] - 0.3) ** 2) / 0.4),
    "rough": generator.normal(size=len(places)),
}
inside = Delaunay(places).find_simplex(np.c_[xi.ravel(), yi.ravel()] / radius) >= 0
grids = []
for values in patterns.values():
    grids.append(interpolation.set_values(values)(xi, yi).ravel()[inside])
np.savetxt("mne-positions.csv", np.c_[places, np.array(list(patterns.values())).T],
           fmt="%.6f", delimiter=",", header="x,y,smooth,rough", comments="")
np.savetxt("mne-grid.csv", np.c_[xi.ravel()[inside] / radius, yi.ravel()[inside] / radius,
                                  np.array(grids).T],
           fmt="%.4f", delimiter=",", header="x,y,smooth,rough", comments="")
