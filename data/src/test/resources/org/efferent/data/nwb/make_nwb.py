"""Makes the files beside it: python3 make_nwb.py (h5py 3.7, numpy 1.24). Laid out as PyNWB lays out NWB 2.5.

signals.nwb  /acquisition/raw      ElectricalSeries int16 [60 x 3], chunked, gzip; conversion, offset,
                                   channel_conversion; starting_time and rate; electrodes 2, 0, 3
             /processing/ecephys/LFP/lfp  ElectricalSeries float32 [40] with timestamps and a gap
others.nwb   /processing/behavior/position SpatialSeries float64 [5 x 2]; timestamps are a soft link
             /acquisition/video    ImageSeries uint8 [2 x 3 x 4]
             /acquisition/elsewhere  a link into another file, /acquisition/through a soft one through it
             /acquisition/notes    AnnotationSeries; /acquisition/licks IntervalSeries
tables.nwb   units (ragged spike times), intervals/trials, subject; no series; libver latest
linked.nwb   a series whose data are a link into another file, and a soft link that leads there
"""
import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent
TEXT = h5py.string_dtype("utf-8")


def start(name, **how):
    f = h5py.File(HERE / name, "w", **how)
    f.attrs["nwb_version"] = "2.5.0"
    f.attrs["neurodata_type"] = "NWBFile"
    f.create_dataset("session_start_time", data="2024-03-05T10:20:30.400000+01:00", dtype=TEXT)
    f.create_dataset("session_description", data="a test", dtype=TEXT)
    f.create_dataset("identifier", data="id-7", dtype=TEXT)
    return f


def group(parent, name, kind):
    g = parent.create_group(name)
    g.attrs["neurodata_type"] = np.bytes_(kind)
    return g


def rated(g, begin, rate):
    g.create_dataset("starting_time", data=float(begin)).attrs["rate"] = np.float32(rate)


f = start("signals.nwb")
e = group(f, "general/extracellular_ephys/electrodes", "DynamicTable")
e.create_dataset("id", data=np.arange(4) + 10)
e.create_dataset("label", data=["A1", "A2", "B1", "B2"], dtype=TEXT)
for axis, values in zip("xyz", ([1, 2, 3, np.nan], [0, 0, 0, 0], [-5, -5, -5, -5])):
    e.create_dataset(axis, data=np.array(values, np.float32))
e.create_dataset("location", data=["M1", "M1", "PMd", "PMd"], dtype=TEXT)

raw = group(f, "acquisition/raw", "ElectricalSeries")
data = (np.arange(180).reshape(60, 3) - 90).astype(np.int16)
d = raw.create_dataset("data", data=data, chunks=(16, 2), compression="gzip", shuffle=True)
d.attrs["conversion"] = 1e-6
d.attrs["offset"] = 0.5
d.attrs["unit"] = "volts"
raw.create_dataset("channel_conversion", data=np.array([1.0, 2.0, 4.0], np.float32))
region = raw.create_dataset("electrodes", data=np.array([2, 0, 3]))
region.attrs["table"] = e.ref
rated(raw, 2.5, 1000)

lfp = group(group(group(f, "processing/ecephys", "ProcessingModule"), "LFP", "LFP"), "lfp", "ElectricalSeries")
d = lfp.create_dataset("data", data=np.arange(40, dtype=np.float32))
d.attrs["unit"] = np.bytes_("volts")
stamps = np.arange(40) * 0.004 + 10
stamps[20:] += 1
lfp.create_dataset("timestamps", data=stamps, chunks=(8,), compression="gzip")
lfp.create_dataset("electrodes", data=np.array([1]))

f.close()

f = start("others.nwb")
f.create_group("general/devices/Array")
pos = group(f, "processing/behavior/position", "SpatialSeries")
d = pos.create_dataset("data", data=np.arange(10.0).reshape(5, 2))
d.attrs["conversion"] = 0.01
d.attrs["unit"] = "meters"
f["processing/behavior/times"] = np.array([0.0, 1.0, 1.5, 4.0, 4.1])
pos["timestamps"] = h5py.SoftLink("/processing/behavior/times")

video = group(f, "acquisition/video", "ImageSeries")
video.create_dataset("data", data=np.zeros((2, 3, 4), np.uint8))
rated(video, 0, 30)
f["acquisition/elsewhere"] = h5py.ExternalLink("other.nwb", "/acquisition/raw")
f["acquisition/through"] = h5py.SoftLink("/acquisition/elsewhere/data")

notes = group(f, "acquisition/notes", "AnnotationSeries")
notes.create_dataset("data", data=["begin", "größer"], dtype=TEXT)
notes.create_dataset("timestamps", data=np.array([2.5, 2.75]))
licks = group(f, "acquisition/licks", "IntervalSeries")
licks.create_dataset("data", data=np.array([1, -1, 1, -1], np.int8))
licks.create_dataset("timestamps", data=np.array([3.0, 3.25, 5.0, 5.5]))
f.close()

f = start("tables.nwb", libver="latest")
f.create_dataset("general/experimenter", data=["Doe, J.", "Roe, R."], dtype=TEXT)
f.create_dataset("general/session_id", data="s1", dtype=TEXT)
for key, value in dict(subject_id="M07", sex="F", date_of_birth="2023-01-02T00:00:00+00:00").items():
    f.create_dataset("general/subject/" + key, data=value, dtype=TEXT)
u = group(f, "units", "Units")
u.attrs.create("colnames", ["spike_times"], dtype=TEXT)
u.create_dataset("id", data=np.array([5, 6, 9]))
u.create_dataset("spike_times", data=np.array([0.5, 1.5, 2.5, 0.25, 9.0]))
u.create_dataset("spike_times_index", data=np.array([3, 3, 5], np.uint8))
t = group(f, "intervals/trials", "TimeIntervals")
t.attrs.create("colnames", ["start_time", "stop_time", "side", "correct"], dtype=TEXT)
t.create_dataset("id", data=np.arange(3))
t.create_dataset("start_time", data=np.array([1.0, 4.0, 0.5]))
t.create_dataset("stop_time", data=np.array([2.0, 4.5, np.nan]))
t.create_dataset("side", data=["left", "right", "left"], dtype=TEXT)
t.create_dataset("correct", data=np.array([True, False, True]))
v = group(f, "intervals/invalid_times", "TimeIntervals")
v.create_dataset("id", data=np.array([0]))
v.create_dataset("start_time", data=np.array([7.0]))
v.create_dataset("stop_time", data=np.array([8.0]))
f.close()

f = start("linked.nwb", libver="latest")
raw = group(f, "acquisition/raw", "ElectricalSeries")
raw["data"] = h5py.ExternalLink("signals.nwb", "/acquisition/raw/data")
rated(raw, 0, 1000)
f["door"] = h5py.ExternalLink("signals.nwb", "/")
f["acquisition/through"] = h5py.SoftLink("/door/acquisition/raw")
f["acquisition/round"] = h5py.SoftLink("/acquisition/round")
f.close()
