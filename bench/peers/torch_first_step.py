"""Begins to train in PyTorch: prints `step` after the first step, then the kibibytes that twenty took beyond `import torch`.

    torch_first_step.py CASE        (CASE as in torch_steps.py: mlp-fp32, vqvae-bf16, …)
"""

import sys

import torch


def resident(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))


bare = resident("VmRSS:")

from torch_steps import step  # noqa: E402  the bare start is measured before

run, _ = step(*sys.argv[1].split("-"), "eager")
run()
print("step", flush=True)
for _ in range(19):
    run()
print("peak", resident("VmHWM:") - bare, flush=True)
