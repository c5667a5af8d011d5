"""Golden values of latent diffusion: a tiny pipeline and the samplers' own equations, in numpy.

    python3 make_diffusion.py > diffusion.json

The samplers are written as in their papers, each in its own variables (Ho et al. 2020; Song et al. 2021, equation 12; Karras
et al. 2022, algorithm 2 and k-diffusion's ancestral steps), not in those of the Java code. The networks are those of
TinyDiffusion.java: weights are sines of their position. Noise is that of java.util.Random.
"""
import json
import math

import numpy as np


class JavaRandom:
    """java.util.Random with its polar nextGaussian (Knuth, TAOCP 2, 3.4.1 C)."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)
        self.spare = None

    def bits(self, n):
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.state >> (48 - n)

    def double(self):
        return ((self.bits(26) << 27) + self.bits(27)) * 2.0**-53

    def gaussian(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            a, b = 2 * self.double() - 1, 2 * self.double() - 1
            s = a * a + b * b
            if 0 < s < 1:
                scale = math.sqrt(-2 * math.log(s) / s)
                self.spare = b * scale
                return a * scale

    def normal(self, n):
        return np.array([self.gaussian() for _ in range(n)])


def sines(factor, *shape):
    return factor * np.sin(np.arange(1, np.prod(shape) + 1)).reshape(shape)


SHAPE = (2, 3, 4)
N = 24
A, W, V, P = sines(0.5, 6, 10), sines(0.2, N, N), sines(0.3, 5, N), sines(1.0, 5, 5)
U, C = sines(0.1, 2, N), sines(0.8, 3, 2)
TEXT, TIME_IDS = sines(0.4, 3, 5), np.array([0.5, -1.0])


def adapter(embedding):
    return np.tanh(embedding @ A).reshape(2, 5)


def unet(x, t, embedding, scale=1.0):
    tokens = np.concatenate([TEXT, adapter(embedding)])
    steered = scale * (tokens * P).sum(axis=0)
    return np.tanh(x @ W + steered @ V + 0.5 * t / 1000 + TIME_IDS @ U)


def timesteps(spacing, n, offset=1, training=1000):
    if spacing == "trailing":
        return (np.round(np.arange(training, 0, -training / n)) - 1).astype(int)[:n]
    if spacing == "leading":
        return (np.arange(0, n) * (training // n)).round()[::-1].astype(int) + offset
    return np.linspace(0, training - 1, n).round()[::-1].astype(int)


BETAS = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
ALPHAS = np.cumprod(1 - BETAS)


def predict(x, t, embedding, guidance):
    wanted = unet(x, t, embedding)
    if guidance <= 1:
        return wanted
    none = unet(x, t, np.zeros(6))
    return none + guidance * (wanted - none)


def euler(ancestral, case, embedding, start, random):
    """In x / sqrt(alpha): x0 = x - sigma eps, d = (x - x0) / sigma."""
    ts = timesteps(case["spacing"], case["steps"])
    sigmas = np.append(((1 - ALPHAS[ts]) / ALPHAS[ts]) ** 0.5, 0)
    noise = random.normal(N)
    first = 0
    if start is None:
        x = noise * (math.hypot(sigmas[0], 1) if case["spacing"] == "leading" else sigmas[0])
    else:
        first = math.floor(round((1 - case["strength"]) * case["steps"], 6))
        x = start + noise * sigmas[first]
    for i in range(first, len(ts)):
        s, n = sigmas[i], sigmas[i + 1]
        out = predict(x / (s * s + 1) ** 0.5, ts[i], embedding, case["guidance"])
        x0 = x - s * out if case["prediction"] == "epsilon" else x / (s * s + 1) - out * s / (s * s + 1) ** 0.5
        d = (x - x0) / s
        if ancestral:
            up = (n**2 * (s**2 - n**2) / s**2) ** 0.5
            down = (n**2 - up**2) ** 0.5
            x = x + d * (down - s) + up * random.normal(N)
        else:
            x = x + d * (n - s)
    return x


def ddim(case, embedding, start, random):
    """x' = sqrt(alpha') x0 + sqrt(1 - alpha') eps."""
    ts = timesteps(case["spacing"], case["steps"])
    x = noise = random.normal(N)
    first = 0
    if start is not None:
        first = math.floor(round((1 - case["strength"]) * case["steps"], 6))
        a = ALPHAS[ts[first]]
        x = a**0.5 * start + (1 - a) ** 0.5 * noise
    for i in range(first, len(ts)):
        a = ALPHAS[ts[i]]
        b = ALPHAS[ts[i + 1]] if i + 1 < len(ts) else 1.0
        out = predict(x, ts[i], embedding, case["guidance"])
        if case["prediction"] == "epsilon":
            x0, eps = (x - (1 - a) ** 0.5 * out) / a**0.5, out
        else:
            x0, eps = a**0.5 * x - (1 - a) ** 0.5 * out, a**0.5 * out + (1 - a) ** 0.5 * x
        x = b**0.5 * x0 + (1 - b) ** 0.5 * eps
    return x


def run(case):
    embedding = sines(0.9, 6)
    start = sines(1.5, N) if case["strength"] else None
    random = JavaRandom(case["seed"])
    if case["kind"] == "ddim":
        return ddim(case, embedding, start, random)
    return euler(case["kind"] == "euler-ancestral", case, embedding, start, random)


CASES = []
for kind in ("euler", "euler-ancestral", "ddim"):
    for spacing in ("trailing", "leading", "linspace"):
        for prediction in ("epsilon", "v-prediction"):
            CASES.append(dict(kind=kind, spacing=spacing, prediction=prediction, steps=4, guidance=0, strength=0, seed=7))
    CASES.append(dict(kind=kind, spacing="trailing", prediction="epsilon", steps=3, guidance=5, strength=0, seed=-1))
    CASES.append(dict(kind=kind, spacing="trailing", prediction="epsilon", steps=4, guidance=0, strength=0.5, seed=7))
    CASES.append(dict(kind=kind, spacing="leading", prediction="v-prediction", steps=5, guidance=2, strength=0.8, seed=8))

for case in CASES:
    latent = run(case)
    case["latent"] = [round(v, 7) for v in latent]
    # The decoder: a 1 x 1 convolution of latent / 40 + 0.25; black is -1, white 1.
    planes = np.einsum("oc,cyx->oyx", C, (latent / 40 + 0.25).reshape(SHAPE))
    case["levels"] = [int(v) for v in np.floor(255 * np.clip((planes + 1) / 2, 0, 1) + 0.5).ravel()]
print("[" + ",\n".join(json.dumps(case) for case in CASES) + "]")
