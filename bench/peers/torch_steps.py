"""The work of Jeton's step benchmarks in PyTorch, for one alternating run with them.

Reads lines `CASE REPEATS` from standard input and answers each with one line: the milliseconds of each repeat
(microseconds for the operator cases), or `unavailable REASON`. CASE is add, tanh, chain, or
{mlp,vqvae,block256,block768}-{fp32,bf16}-{eager,compiled}.
"""

import contextlib
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(int(os.environ.get("JETON_THREADS", os.cpu_count())))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(784, 512), nn.GELU(), nn.Linear(512, 256), nn.GELU(), nn.Linear(256, 784)
        )

    def forward(self, x):
        return F.mse_loss(self.net(x), x)


class Residual(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.block = nn.Sequential(
            nn.ReLU(), nn.Conv2d(width, hidden, 3, padding=1), nn.ReLU(), nn.Conv2d(hidden, width, 1)
        )

    def forward(self, x):
        return x + self.block(x)


class VqVae(nn.Module):
    def __init__(self, channels=3, width=128, hidden=32, blocks=2, codes=512, size=64):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(channels, width // 2, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(width // 2, width, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1),
            *[Residual(width, hidden) for _ in range(blocks)], nn.ReLU(),
            nn.Conv2d(width, size, 1),
        )
        self.codebook = nn.Parameter(torch.empty(codes, size).uniform_(-1 / codes, 1 / codes))
        self.decoder = nn.Sequential(
            nn.Conv2d(size, width, 3, 1, 1),
            *[Residual(width, hidden) for _ in range(blocks)], nn.ReLU(),
            nn.ConvTranspose2d(width, width // 2, 4, 2, 1), nn.ReLU(),
            nn.ConvTranspose2d(width // 2, channels, 4, 2, 1),
        )

    def forward(self, x):
        z = self.encoder(x)
        flat = z.permute(0, 2, 3, 1).reshape(-1, z.shape[1])
        distances = (
            flat.pow(2).sum(1, keepdim=True) - 2 * flat @ self.codebook.t() + self.codebook.pow(2).sum(1)
        )
        indices = distances.argmin(1)
        e = self.codebook[indices].view(z.shape[0], z.shape[2], z.shape[3], -1).permute(0, 3, 1, 2)
        loss = F.mse_loss(e, z.detach()) + 0.25 * F.mse_loss(z, e.detach())
        q = z + (e - z).detach()
        return F.mse_loss(self.decoder(q), x) + loss


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(a.transpose(1, 2).reshape(b, t, d))
        x = x + self.down(F.gelu(self.up(self.norm2(x))))
        return x.pow(2).mean()


MODELS = {
    "mlp": lambda: (Mlp(), torch.rand(128, 784)),
    "vqvae": lambda: (VqVae(), torch.rand(128, 3, 32, 32)),
    "block256": lambda: (Block(256, 4), torch.randn(16, 128, 256)),
    "block768": lambda: (Block(768, 12), torch.randn(4, 512, 768)),
}


def step(name, precision, mode):
    model, x = MODELS[name]()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4, fused=True)
    forward = torch.compile(model) if mode == "compiled" else model

    def run():
        cast = torch.autocast("cpu", torch.bfloat16) if precision == "bf16" else contextlib.nullcontext()
        with cast:
            loss = forward(x)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()

    return run, 1e3


def operator(name):
    x = torch.ones(4, 4, requires_grad=True)
    w = torch.ones(4, 4)
    many = 2000

    def add():
        for _ in range(many):
            w + w

    def tanh():
        for _ in range(many):
            w.tanh()

    def chain():
        for _ in range(many // 20):
            y = x
            for _ in range(20):
                y = (y + w).tanh()
            y.sum().backward()
            x.grad = None

    return {"add": (add, 1e6 / many), "tanh": (tanh, 1e6 / many), "chain": (chain, 1e6 * 20 / many)}[name]


def serve():
    ready = {}
    for line in sys.stdin:
        case, repeats = line.split()
        try:
            if case not in ready:
                parts = case.split("-")
                ready[case] = step(*parts) if len(parts) == 3 else operator(case)
                ready[case][0]()
                end = time.perf_counter() + 5
                while time.perf_counter() < end:
                    ready[case][0]()
            run, unit = ready[case]
            times = []
            for _ in range(int(repeats)):
                start = time.perf_counter()
                run()
                times.append((time.perf_counter() - start) * unit)
            print(*[f"{t:.4f}" for t in times], flush=True)
        except Exception as e:
            print("unavailable", repr(e).replace("\n", " ")[:200], flush=True)


if __name__ == "__main__":
    print("PyTorch", torch.__version__, "threads", torch.get_num_threads(), flush=True)
    serve()
