"""Jeton's VQ-VAE and VAE of pictures in PyTorch: same layers, same initialisation, same optimizer, same steps.

    torch_pictures.py vqvae|vae TRAIN TEST --steps N [--batch-size 128] [--seed 0]

TRAIN and TEST are IDX files of images (gzipped or not) or zips of images. Prints one JSON object: what
`jeton evaluate RUN --data TEST --json` prints of a run of Jeton's, and the seconds of the training.
"""

import argparse
import gzip
import io
import json
import math
import time
import zipfile

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from torch_steps import Residual


def pictures(path):
    """All pictures of a file, [N, C, H, W] bytes."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.lower().endswith((".png", ".jpg", ".jpeg")))
            every = [np.asarray(Image.open(io.BytesIO(archive.read(n))).convert("RGB")) for n in names]
        return torch.from_numpy(np.stack(every)).permute(0, 3, 1, 2).contiguous()
    with (gzip.open if path.endswith(".gz") else open)(path) as file:
        content = file.read()
    count, height, width = np.frombuffer(content, ">i4", 3, 4)
    return torch.from_numpy(np.frombuffer(content, np.uint8, offset=16).copy()).view(count, 1, height, width)


def batches(images, size, steps):
    """Shuffled batches, the incomplete last one of an epoch included."""
    done = 0
    while True:
        order = torch.randperm(len(images))
        for start in range(0, len(images), size):
            if done == steps:
                return
            done += 1
            yield images[order[start : start + size]].float() / 255


class AveragedCodes(nn.Module):
    """A codebook that follows moving averages, begun by k-means; dead codes are revived."""

    def __init__(self, codes, size, decay=0.99, epsilon=1e-5, revive_below=0.03, rounds=10):
        super().__init__()
        self.decay, self.epsilon, self.revive_below, self.rounds = decay, epsilon, revive_below, rounds
        self.started = False
        self.register_buffer("codes", torch.randn(codes, size) / math.sqrt(size))
        self.register_buffer("sums", self.codes.clone())
        self.register_buffer("counts", torch.ones(codes))

    def nearest(self, z, codes):
        return torch.cat([
            torch.addmm(codes.pow(2).sum(1), part, codes.t(), alpha=-2).argmin(1) for part in z.split(2048)
        ])

    def clusters(self, z, indices):
        counts = torch.zeros(len(self.codes)).index_add_(0, indices, torch.ones(len(z)))
        return torch.zeros_like(self.codes).index_add_(0, indices, z), counts

    @torch.no_grad()
    def start(self, z):
        means = z[torch.randperm(len(z))[: len(self.codes)]].clone()
        for _ in range(self.rounds):
            sums, counts = self.clusters(z, self.nearest(z, means))
            means = torch.where(counts[:, None] > 0, sums / counts.clamp(min=1)[:, None], means)
        self.codes, self.counts = means, counts.clamp(min=1)
        self.sums = self.codes * self.counts[:, None]
        self.started = True

    @torch.no_grad()
    def update(self, z, indices):
        sums, counts = self.clusters(z, indices)
        self.counts.lerp_(counts, 1 - self.decay)
        self.sums.lerp_(sums, 1 - self.decay)
        total = self.counts.sum()
        smoothed = (self.counts + self.epsilon) / (total + len(self.codes) * self.epsilon) * total
        self.codes = self.sums / smoothed[:, None]
        mean = self.counts.mean()
        dead = self.counts < mean * self.revive_below
        elsewhere = z[torch.randint(len(z), (len(self.codes),))]
        self.codes = torch.where(dead[:, None], elsewhere, self.codes)
        self.sums = torch.where(dead[:, None], elsewhere * mean, self.sums)
        self.counts = torch.where(dead, mean, self.counts)

    def forward(self, z):
        flat = z.reshape(-1, z.shape[-1])
        if self.training and not self.started:
            self.start(flat.detach())
        indices = self.nearest(flat.detach(), self.codes)
        chosen = self.codes[indices].view_as(z)
        if self.training:
            self.update(flat.detach(), indices)
        return z + (chosen - z).detach(), indices, 0.25 * F.mse_loss(z, chosen)


class VqVae(nn.Module):
    def __init__(self, images, width=128, hidden=32, blocks=2, codes=512, size=64):
        super().__init__()
        channels = images.shape[1]
        sample = images[:256].double() / 255
        self.variance = max(1e-4, sample.var(correction=0).item())
        self.encoder = nn.Sequential(
            nn.Conv2d(channels, width // 2, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(width // 2, width, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1),
            *[Residual(width, hidden) for _ in range(blocks)], nn.ReLU(),
            nn.Conv2d(width, size, 1),
        )
        self.quantizer = AveragedCodes(codes, size)
        self.decoder = nn.Sequential(
            nn.Conv2d(size, width, 3, 1, 1),
            *[Residual(width, hidden) for _ in range(blocks)], nn.ReLU(),
            nn.ConvTranspose2d(width, width // 2, 4, 2, 1), nn.ReLU(),
            nn.ConvTranspose2d(width // 2, channels, 4, 2, 1),
        )

    def reconstruct(self, x):
        quantised, indices, loss = self.quantizer(self.encoder(x - 0.5).permute(0, 2, 3, 1))
        return self.decoder(quantised.permute(0, 3, 1, 2)) + 0.5, indices, loss

    def loss(self, x):
        made, _, commitment = self.reconstruct(x)
        return F.mse_loss(made, x) / self.variance + commitment

    def scores(self, test):
        error, counts = 0.0, torch.zeros(len(self.quantizer.codes))
        for part in test.split(128):
            x = part.float() / 255
            made, indices, _ = self.reconstruct(x)
            error += F.mse_loss(made, x).item() * len(x)
            counts += torch.bincount(indices, minlength=len(counts))
        p = counts[counts > 0] / counts.sum()
        perplexity = math.exp(-(p * p.log()).sum().item())
        return {"error": error / len(test), "perplexity": perplexity, "used": len(p) / len(counts)}


class Vae(nn.Module):
    def __init__(self, images, latents=32):
        super().__init__()
        pixels = images[0].numel()
        self.encoder = nn.Sequential(
            nn.Flatten(), nn.Linear(pixels, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 2 * latents)
        )
        self.decoder = nn.Sequential(
            nn.Linear(latents, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, pixels)
        )

    def terms(self, x):
        mean, log_scale = self.encoder(x * 2 - 1).chunk(2, 1)
        scale = log_scale.clamp(-7, 7).exp()
        logits = self.decoder(mean + scale * torch.randn_like(mean))
        cost = F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction="none").sum(1)
        divergence = (0.5 * (mean**2 + scale**2 - 1) - scale.log()).sum(1)
        return cost, divergence, mean

    def loss(self, x):
        cost, divergence, _ = self.terms(x)
        return (cost + divergence).mean()

    def scores(self, test):
        nats = kl = error = 0.0
        for part in test.split(128):
            x = part.float() / 255
            cost, divergence, mean = self.terms(x)
            nats += (cost + divergence).sum().item()
            kl += divergence.sum().item()
            error += F.mse_loss(self.decoder(mean).sigmoid(), x.flatten(1)).item() * len(x)
        count, size = len(test), test[0].numel()
        return {
            "bits_per_dimension": nats / count / size / math.log(2), "divergence": kl / count, "error": error / count,
        }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model", choices=["vqvae", "vae"])
    arguments.add_argument("train")
    arguments.add_argument("test")
    arguments.add_argument("--steps", type=int, required=True)
    arguments.add_argument("--batch-size", type=int, default=128)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    torch.manual_seed(given.seed)
    images = pictures(given.train)
    model = {"vqvae": VqVae, "vae": Vae}[given.model](images)
    optimizer = torch.optim.AdamW(
        model.parameters(), 1e-3, weight_decay=0.01 if given.model == "vqvae" else 0, fused=True
    )
    started = time.perf_counter()
    for x in batches(images, given.batch_size, given.steps):
        loss = model.loss(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    seconds = time.perf_counter() - started
    model.eval()
    with torch.no_grad():
        scores = model.scores(pictures(given.test))
    print(json.dumps({"seed": given.seed, **scores, "seconds": round(seconds, 1)}))


if __name__ == "__main__":
    main()
