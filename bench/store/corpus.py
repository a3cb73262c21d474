"""Trains a small transformer on the King James text and saves it as users do, version by version.

    python corpus.py FOLDER [--small]

Writes FOLDER/<series>/v0/model.safetensors and so on, with fixed seeds; a series that is there is
kept. What is measured depends on these being real weights: noise has no exponents to learn from.
"""

import argparse
import pathlib
import subprocess
import time

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.projection = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, length, width = x.shape
        parts = self.attention(self.norm1(x)).chunk(3, dim=-1)
        q, k, v = (p.view(batch, length, self.heads, -1).transpose(1, 2) for p in parts)
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.projection(seen.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, width: int, depth: int, context: int = 64):
        super().__init__()
        self.context = context
        self.embedding, self.position = nn.Embedding(256, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, width // 64) for _ in range(depth))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 256, bias=False)

    def forward(self, tokens):
        x = self.embedding(tokens) + self.position.weight[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def king_james() -> torch.Tensor:
    text = subprocess.run(
        ["bible", "gen1:1-rev22:21"], capture_output=True, check=True, stdin=subprocess.DEVNULL
    ).stdout
    assert len(text) > 1_000_000, f"the King James text has {len(text)} bytes, expected millions"
    return torch.tensor(list(text), dtype=torch.long)


def train(model, optimizer, text, steps: int, generator, rate: float):
    model.train()
    for group in optimizer.param_groups:
        group["lr"] = rate
    for _ in range(steps):
        starts = torch.randint(len(text) - model.context - 1, (8,), generator=generator)
        rows = torch.stack([text[s : s + model.context + 1] for s in starts])
        loss = F.cross_entropy(model(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return loss.item()


def copied(tensors, dtype=None):
    return {k: v.detach().to(dtype or v.dtype).clone().contiguous() for k, v in tensors.items()}


def save(folder: pathlib.Path, version: int, tensors, name: str = "model.safetensors"):
    path = folder / f"v{version}"
    path.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path / name)


def adam_state(model, optimizer):
    state = {}
    for name, parameter in model.named_parameters():
        for key in ("exp_avg", "exp_avg_sq"):
            state[f"{name}.{key}"] = optimizer.state[parameter][key].clone()
    return state


def pretrain(root, model, text, generator, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    for version in range(8):
        loss = train(model, optimizer, text, steps, generator, 3e-4 * (1 - version / 10))
        print(f"pretraining, version {version}: loss {loss:.3f}", flush=True)
        save(root / "pretrain-bf16", version, copied(model.state_dict(), torch.bfloat16))
        save(root / "pretrain-fp32", version, copied(model.state_dict()))
        save(root / "pretrain-adam", version, adam_state(model, optimizer))
    save(root / "masters", 0, copied(model.state_dict()), "master.safetensors")
    save(root / "masters", 0, copied(model.state_dict(), torch.bfloat16), "model.safetensors")


def finetune(root, name, model, base, text, generator, steps, versions, trained):
    model.load_state_dict(base)
    chosen = [p for n, p in model.named_parameters() if trained(n)]
    for parameter in model.parameters():
        parameter.requires_grad = any(parameter is p for p in chosen)
    optimizer = torch.optim.AdamW(chosen, lr=2e-5)
    save(root / f"{name}-bf16", 0, copied(model.state_dict(), torch.bfloat16))
    for version in range(1, versions):
        train(model, optimizer, text, steps, generator, 2e-5)
        save(root / f"{name}-bf16", version, copied(model.state_dict(), torch.bfloat16))


def lora(root, base, generator, versions, rank=8):
    """Low-rank updates of the attention, merged into the weights."""
    factors = {
        name: (torch.randn(w.shape[0], rank, generator=generator),
               torch.randn(rank, w.shape[1], generator=generator))
        for name, w in base.items() if "attention.weight" in name or "projection.weight" in name
    }
    for version in range(versions):
        merged = copied(base)
        for name, (a, b) in factors.items():
            merged[name] = merged[name] + version * 2e-5 * (a @ b)
        save(root / "lora-merged-bf16", version, copied(merged, torch.bfloat16))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--small", action="store_true", help="2 million parameters, a minute")
    options = parser.parse_args()
    done = options.folder / "done"
    if done.exists():
        return print(f"{options.folder} is there already")
    torch.manual_seed(1)
    torch.set_num_threads(2)
    generator = torch.Generator().manual_seed(2)
    start = time.monotonic()
    width, depth, steps = (192, 4, 20) if options.small else (512, 5, 60)
    model, text = Transformer(width, depth), king_james()
    count = sum(p.numel() for p in model.parameters())
    print(f"{count / 1e6:.1f} million parameters, {len(text)} bytes of text", flush=True)
    pretrain(options.folder, model, text, generator, steps)
    base = copied(model.state_dict())
    for name, trained in (
        ("finetune-full", lambda n: True),
        ("finetune-last", lambda n: n.startswith((f"blocks.{depth - 1}", "head"))),
    ):
        finetune(options.folder, name, model, base, text[: len(text) // 8], generator,
                 steps // 2, 5, trained)
    lora(options.folder, base, generator, 4)
    done.touch()
    print(f"done in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
