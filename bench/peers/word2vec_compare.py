"""Word2vec trainings side by side, in turn on the same text with the same settings:

    python3 word2vec_compare.py CORPUS ROUNDS ENGINE... [-- CASE...]

ENGINE is NAME=COMMAND: jeton=PATH/bench/run, c=PATH/word2vec (the original), fasttext=fasttext, gensim=PYTHON.
The original's head trains one epoch whatever is asked, until `eof = 0;` is added where TrainModelThread ends an epoch.
CASE is ARCHITECTURE/LOSS/THREADS; without any, the usual ones. The text is lower-cased words and line ends, so that
every engine cuts it alike.

Each engine trains twice, with few and with more epochs. What the longer run takes more is the training alone:
start, compilation, vocabulary and saving fall out. Printed: thousand words (before thinning) a second of CPU time, which is
one core's rate, and of wall time; and the largest resident size. With BENCH_LOCK, each training holds that file's lock.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
import tempfile
import time

CASES = ["skip-gram/negative/1", "cbow/negative/1", "skip-gram/hierarchical/1", "skip-gram/negative/2"]
HERE = os.path.dirname(os.path.abspath(__file__))


def command(name, program, corpus, case, epochs, out):
    architecture, loss, threads = case.split("/")
    hierarchical = loss == "hierarchical"
    if name.startswith("jeton"):
        return [program, "vectors.Train", corpus, architecture, loss, threads, str(epochs), out + ".bin"]
    if name == "gensim":
        return [program, os.path.join(HERE, "word2vec_gensim.py"), corpus, architecture, loss, threads, str(epochs), out]
    rate = "0.025" if architecture == "skip-gram" else "0.05"
    if name == "fasttext":
        return [program, "skipgram" if architecture == "skip-gram" else "cbow", "-input", corpus, "-output", out,
                "-loss", "hs" if hierarchical else "ns", "-neg", "5", "-dim", "100", "-ws", "5", "-t", "1e-4",
                "-minCount", "5", "-maxn", "0", "-bucket", "1", "-lr", rate, "-thread", threads, "-epoch", str(epochs)]
    return [program, "-train", corpus, "-output", out, "-binary", "1", "-cbow", str(int(architecture == "cbow")),
            "-hs", str(int(hierarchical)), "-negative", "0" if hierarchical else "5", "-size", "100", "-window", "5",
            "-sample", "1e-4", "-min-count", "5", "-alpha", rate, "-threads", threads, "-iter", str(epochs)]


@contextlib.contextmanager
def lock():
    if "BENCH_LOCK" not in os.environ:
        yield
        return
    with open(os.environ["BENCH_LOCK"]) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(arguments):
    """CPU seconds, wall seconds and the largest resident size in MB."""
    with lock():
        started = time.monotonic()
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{arguments}: exit code {process.returncode}: {said[-500:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def main():
    arguments = sys.argv[1:]
    cases = arguments[arguments.index("--") + 1:] if "--" in arguments else CASES
    corpus, rounds, *engines = arguments[:arguments.index("--")] if "--" in arguments else arguments
    with open(corpus, "rb") as file:
        words = sum(len(line.split()) for line in file)
    for case in cases:
        results = {}
        for _ in range(int(rounds)):
            for engine in engines:
                name, program = engine.split("=", 1)
                few, more = (2, 12) if name.startswith("jeton") else (1, 2)
                with tempfile.TemporaryDirectory() as folder:
                    out = os.path.join(folder, "v")
                    first = run(command(name, program, corpus, case, few, out))
                    second = run(command(name, program, corpus, case, more, out))
                trained = words * (more - few) / 1000
                results.setdefault(name, []).append(
                    (trained / (second[0] - first[0]), trained / (second[1] - first[1]), second[2]))
        for name, each in results.items():
            cpu, wall, memory = (sorted(column)[len(each) // 2] for column in zip(*each))
            print(f"| {case} | {name} | {cpu:,.0f} | {wall:,.0f} | {memory:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
