"""The peers of `efferent bench` in Python: reads a line of words, answers a line of numbers.

hello -> python=VERSION numpy=VERSION …, "-" for what cannot be imported; else words separated by tabs, "ok NUMBER" or a reason.
"""
import importlib
import platform
import statistics
import sys
import time

MODULES = {}


def hello():
    said = ["python=" + platform.python_version()]
    for name in ("numpy", "scipy", "mne", "torch", "faiss", "matplotlib"):
        try:
            MODULES[name] = importlib.import_module(name)
            said.append(name + "=" + getattr(MODULES[name], "__version__", "there").replace(" ", ""))
        except Exception:  # whatever keeps it from being imported
            said.append(name + "=-")
    return " ".join(said)


def seconds(work, times=1):
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return sorted(taken)


def ring(channels, rows, chunks):
    """Nanoseconds a row: a chunk into a ring of 4,096 rows and out again."""
    import numpy as np

    store, chunk, out = np.zeros((4096, channels)), np.ones((rows, channels)), np.empty((rows, channels))

    def run():
        at = 0
        for _ in range(chunks):
            store[at : at + rows] = chunk
            out[:] = store[at : at + rows]
            at = (at + rows) % 4096

    return seconds(run)[0] * 1e9 / (chunks * rows)


def xdf(path):
    """A walk over the chunks of 64 channels in single precision with a stamp a sample."""
    import numpy as np

    kind = np.dtype([("n", "u1"), ("stamp", "<f8"), ("values", "<f4", 64)])
    pieces, stamps = [], []
    with open(path, "rb") as f:
        f.read(4)
        while True:
            width = f.read(1)
            if not width:
                break
            content = f.read(int.from_bytes(f.read(width[0]), "little"))
            if content[:2] == b"\x03\x00":
                w = content[6]
                rows = int.from_bytes(content[7 : 7 + w], "little")
                samples = np.frombuffer(content, kind, rows, 7 + w)
                stamps.append(samples["stamp"])
                pieces.append(samples["values"].astype(float))
    return np.concatenate(pieces), np.concatenate(stamps)


def read(path):
    """Seconds to have all samples in memory."""
    if path.endswith(".xdf"):
        return seconds(lambda: xdf(path))[0]
    mne = MODULES["mne"]
    mne.set_log_level("ERROR")
    reader = mne.io.read_raw_edf if path.endswith(".edf") else mne.io.read_raw_fif
    return seconds(lambda: reader(path, preload=True))[0]


FILTERS = {}


def kalman(x, z):
    import numpy as np

    a = np.linalg.lstsq(z[:-1], z[1:], rcond=None)[0].T
    w = np.cov((z[1:] - z[:-1] @ a.T).T)
    c = np.linalg.lstsq(z, x, rcond=None)[0].T
    q = np.cov((x - z @ c.T).T)
    state = [np.zeros(2), w]

    def step(row):
        m, p = a @ state[0], a @ state[1] @ a.T + w
        s = c @ p @ c.T + q
        k = np.linalg.solve(s, c @ p).T
        state[0], state[1] = m + k @ (row - c @ m), p - k @ c @ p

    return step


def discriminative(x, z, mean_and_noise):
    """Burkhart et al. 2020: posterior of prediction and f(x), Q(x) by precisions."""
    import numpy as np

    a = np.linalg.lstsq(z[:-1], z[1:], rcond=None)[0].T
    gamma = np.cov((z[1:] - z[:-1] @ a.T).T)
    stationary = np.linalg.inv(np.cov(z.T))
    state = [np.zeros(2), np.cov(z.T)]

    def step(row):
        f, q = mean_and_noise(row)
        m, prior = a @ state[0], np.linalg.inv(a @ state[1] @ a.T + gamma)
        precision = np.linalg.inv(q)
        difference = precision - stationary
        if np.linalg.eigvalsh(difference)[0] <= 1e-6:
            difference = precision
        cov = np.linalg.inv(prior + difference)
        state[0], state[1] = cov @ (prior @ m + precision @ f), cov

    return step


def nadaraya_watson(x, z):
    import numpy as np

    cut = int(0.7 * len(x))
    squares, q_squares = (x * x).sum(1), (x[cut:] * x[cut:]).sum(1)

    def weights(row, rows, lengths, bandwidth):
        d = lengths - 2 * rows @ row + row @ row
        w = np.exp(-(d - d.min()) / (2 * bandwidth))
        return w / w.sum()

    held = np.array([weights(r, x[:cut], squares[:cut], 0.4376) @ z[:cut] for r in x[cut:]])
    errors = z[cut:] - held

    def mean_and_noise(row):
        f = weights(row, x, squares, 0.4376) @ z
        w = weights(row, x[cut:], q_squares, 0.7749)
        return f, (errors * w[:, None]).T @ errors

    return discriminative(x, z, mean_and_noise)


def gaussian_process(x, z):
    import numpy as np

    cut = int(0.7 * len(x))
    length, signal, noise = np.exp(1.2), np.exp(-2.5), np.exp(-3.5)
    rows, squares = x[:cut], (x[:cut] * x[:cut]).sum(1)

    def kernel(others):
        d = (others * others).sum(1)[:, None] - 2 * others @ rows.T + squares
        return signal**2 * np.exp(-d / (2 * length**2))

    alpha = np.linalg.solve(kernel(rows) + noise**2 * np.eye(cut), z[:cut])
    errors = z[cut:] - kernel(x[cut:]) @ alpha
    q = errors.T @ errors / len(errors)
    return discriminative(x, z, lambda row: ((kernel(row[None]) @ alpha)[0], q))


def filter_step(name, folder, training, features, share):
    """A quantile of the steps, microseconds."""
    import numpy as np

    if (name, training) not in FILTERS:
        x = np.fromfile(folder + "/features.bin", "<f8").reshape(-1, features)
        z = np.fromfile(folder + "/states.bin", "<f8").reshape(-1, 2)
        make = {"kalman": kalman, "dkf-nw": nadaraya_watson, "dkf-gp": gaussian_process}[name]
        step = make(x[:training], z[:training])
        for row in x[training:]:
            step(row)
        FILTERS[name, training] = step, x[training:]
    step, test = FILTERS[name, training]
    taken = []
    for row in test:
        begin = time.perf_counter()
        step(row)
        taken.append(time.perf_counter() - begin)
    return sorted(taken)[int(share * (len(taken) - 1))] * 1e6


ENCODERS = {}


def encoder(name, mode, times, threads):
    """Median milliseconds: one window, or a training step of 32."""
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    if name not in ENCODERS:

        class Projector(nn.Module):
            def __init__(self, inputs, width, dropout):
                super().__init__()
                self.first = nn.Linear(inputs, width)
                self.inner = nn.Sequential(nn.GELU(), nn.Linear(width, width), nn.Dropout(dropout))
                self.norm = nn.LayerNorm(width)

            def forward(self, x):
                x = self.first(x.flatten(1))
                return self.norm(x + self.inner(x))

        if name == "projection-mlp":
            shape, width, model = (17, 250), 256, Projector(17 * 250, 256, 0.3)
        else:
            shape, width = (63, 250), 768
            model = nn.Sequential(
                nn.Unflatten(1, (1, 63)),
                nn.Conv2d(1, 40, (1, 25)),
                nn.AvgPool2d((1, 51), (1, 5)),
                nn.BatchNorm2d(40),
                nn.ELU(),
                nn.Conv2d(40, 40, (63, 1)),
                nn.BatchNorm2d(40),
                nn.ELU(),
                nn.Dropout(0.5),
                nn.Conv2d(40, 40, 1),
                Projector(1440, width, 0.5),
            )
        scale = nn.Parameter(torch.tensor(2.659))
        adam = torch.optim.AdamW([*model.parameters(), scale], lr=3e-4, weight_decay=0.01)
        ENCODERS[name] = model, scale, adam, torch.randn(32, *shape), torch.randn(32, width)
    model, scale, adam, batch, target = ENCODERS[name]
    functional = nn.functional

    def forward():
        with torch.no_grad():
            model(batch[:1])

    def train():
        adam.zero_grad()
        scores = scale.exp() * functional.normalize(model(batch)) @ functional.normalize(target).T
        right = torch.arange(32)
        loss = functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)
        (loss / 2).backward()
        adam.step()

    model.train(mode == "train")
    work = train if mode == "train" else forward
    work()
    return statistics.median(seconds(work, times)) * 1e3


INDEXES = {}


def index(kind, folder, width, threads):
    """Queries a second of a batch of 256, the ten nearest; or the recall of the graph."""
    import numpy as np

    if "vectors" not in INDEXES:
        INDEXES["vectors"] = np.fromfile(folder + "/vectors.bin", "<f4").reshape(-1, width)
        INDEXES["queries"] = np.fromfile(folder + "/queries.bin", "<f4").reshape(-1, width)
    vectors, queries = INDEXES["vectors"], INDEXES["queries"]
    if kind == "product":

        def product():
            scores = queries @ vectors.T
            best = np.argpartition(-scores, 10, axis=1)[:, :10]
            np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1), axis=1), 1)

        return len(queries) / seconds(product)[0]
    import faiss

    faiss.omp_set_num_threads(threads)

    def made(what):
        if what not in INDEXES:
            if what == "flat":
                one = faiss.IndexFlatIP(width)
            else:
                one = faiss.IndexHNSWFlat(width, 16, faiss.METRIC_INNER_PRODUCT)
                one.hnsw.efConstruction = one.hnsw.efSearch = 100
            one.add(vectors)
            one.search(queries, 10)
            INDEXES[what] = one
        return INDEXES[what]

    if kind == "recall":
        truth, found = made("flat").search(queries, 10)[1], made("hnsw").search(queries, 10)[1]
        return sum(len(set(a) & set(b)) for a, b in zip(truth.tolist(), found.tolist())) / truth.size
    one = made(kind)
    return len(queries) / seconds(lambda: one.search(queries, 10))[0]


FIGURES = {}


def frame(channels, points, times):
    """Median milliseconds to draw so many lines of so many points, 1280 x 720."""
    import matplotlib

    matplotlib.use("Agg")
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if not FIGURES:
        figure = Figure((12.8, 7.2), 100)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        data = 20 * np.random.default_rng(1).standard_normal((channels, points))
        for c in range(channels):
            axes.plot(data[c] + 100 * c, linewidth=0.7)
        canvas.draw()
        FIGURES["canvas"] = canvas
    return statistics.median(seconds(FIGURES["canvas"].draw, times)) * 1e3


ANSWERS = {"ring": ring, "read": read, "filter": filter_step, "encoder": encoder, "index": index, "frame": frame}


def number(word):
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            pass
    return word


answers = sys.stdout
sys.stdout = sys.stderr  # whatever a library prints is no answer
for line in sys.stdin:
    words = line.rstrip("\n").split("\t")
    try:
        said = hello() if words[0] == "hello" else "ok %r" % float(ANSWERS[words[0]](*map(number, words[1:])))
    except Exception as e:  # the reason is the answer
        said = (type(e).__name__ + ": " + str(e)).replace("\n", " ") or "failed"
    print(said, file=answers, flush=True)
