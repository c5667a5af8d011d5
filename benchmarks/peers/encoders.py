"""Runs the encoders' benchmark here and at the peer in turns; called by benchmarks/encoders.

Arguments: JAVA CLASSPATH PEER.py [THREADS [ROUNDS [ITERATIONS]]]. Each side is a process of its own a model and round, so that its
peak memory is its own; ratios are of the medians over rounds of each round's median.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

java, classpath, peer = sys.argv[1:4]
threads = sys.argv[4] if len(sys.argv) > 4 else "1"
rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 3
iterations = sys.argv[6] if len(sys.argv) > 6 else "6"
MODELS = {
    "brain-module": ("brain-module", "32"),
    "tsconv": ("tsconv", "32,64"),
    "channel-token": ("channel-token", "32,64"),
    "projection-mlp": ("projection-mlp", "32,64"),
}


def run(command, env=None):
    """Standard output and the largest resident set in MB."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            raise SystemExit(f"{command[0]} ended with status {status}: {' '.join(command)}")
        out.seek(0)
        return out.read().decode(), usage.ru_maxrss / 1024


def ours(model, batches):
    command = [java, "-Xmx256m", "-XX:+UseSerialGC", "-cp", classpath, "org.efferent.benchmarks.Main", "encoders", threads, iterations, model, batches]
    # As the launcher sets it; the peer gains nothing by it.
    env = dict(os.environ, MALLOC_MMAP_THRESHOLD_="33554432", MALLOC_TRIM_THRESHOLD_="134217728")
    text, peak = run(command, env)
    times = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 3 and words[0] == model:
            times[words[1]] = float(words[2])
    return times, peak


def theirs(model, batches):
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        env = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}
        command = [os.environ.get("PYTHON", "/usr/bin/python3"), peer, "--threads", threads, "--iters", iterations]
        command += ["--batches", batches, "--only", model, "--out", result.name]
        _, peak = run(command, env)
        models = json.load(open(result.name))["models"]
        return {k: v["median_ms"] for k, v in next(iter(models.values())).items() if isinstance(v, dict)}, peak


print(f"threads {threads}, {rounds} rounds in turns, {iterations} iterations; load {os.getloadavg()[0]:.2f} at the start")
print("| model | what | here, ms | PyTorch, ms | ratio |")
print("|---|---|---|---|---|")
for name, (model, batches) in MODELS.items():
    mine, other, mine_peak, other_peak = [], [], [], []
    for _ in range(rounds):
        times, peak = ours(model, batches)
        mine.append(times)
        mine_peak.append(peak)
        times, peak = theirs(model, batches)
        other.append(times)
        other_peak.append(peak)
    for what in other[0]:
        a = statistics.median(t[what] for t in mine)
        b = statistics.median(t[what] for t in other)
        print(f"| {name} | {what} | {a:.1f} | {b:.1f} | {a / b:.2f} |", flush=True)
    a, b = statistics.median(mine_peak), statistics.median(other_peak)
    print(f"| {name} | peak memory, MB | {a:.0f} | {b:.0f} | {a / b:.2f} |", flush=True)
    for what in mine[0]:
        if what.startswith("stream"):
            a = statistics.median(t[what] for t in mine)
            b = statistics.median(t["forward_b1"] for t in mine)
            print(f"| {name} | {what}, beside the window here | {a:.2f} | {b:.1f} | {a / b:.3f} |", flush=True)
print(f"load {os.getloadavg()[0]:.2f} at the end")
