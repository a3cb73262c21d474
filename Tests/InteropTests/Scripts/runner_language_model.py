"""The example runner of language models, in NumPy, against the same model in PyTorch."""
import json
import math
import sys

import safetensors.torch
import torch
from torch import nn
from torch.nn import functional

import runners
from common import cairn, done

LAYERS, HEADS, WIDTH, WINDOW = 2, 4, 64, 64


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attn = nn.ModuleDict(
            {"c_attn": nn.Linear(WIDTH, 3 * WIDTH), "c_proj": nn.Linear(WIDTH, WIDTH)})
        self.mlp = nn.ModuleDict(
            {"c_fc": nn.Linear(WIDTH, 4 * WIDTH), "c_proj": nn.Linear(4 * WIDTH, WIDTH)})

    def forward(self, x):
        batch, length, _ = x.shape
        parts = self.attn["c_attn"](self.ln_1(x)).chunk(3, dim=2)
        q, k, v = (part.view(batch, length, HEADS, -1).transpose(1, 2) for part in parts)
        mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attn["c_proj"](mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        inner = functional.gelu(self.mlp["c_fc"](self.ln_2(x)), approximate="tanh")
        return x + self.mlp["c_proj"](inner)


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(257, WIDTH), nn.Embedding(WINDOW, WIDTH)
        self.h = nn.ModuleList(Block() for _ in range(LAYERS))
        self.ln_f = nn.LayerNorm(WIDTH)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for block in self.h:
            x = block(x)
        return self.ln_f(x) @ self.wte.weight.T


with open(sys.argv[2] + "/LICENSE", encoding="utf-8") as file:
    text = " ".join(file.read().split())
body = torch.tensor(list(text.encode()))
torch.manual_seed(7)
torch.set_num_threads(1)
model = GPT()
for parameter in model.parameters():
    if parameter.dim() > 1:
        nn.init.normal_(parameter, std=0.05)
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
for _ in range(120):
    starts = torch.randint(len(body) - WINDOW - 1, (16,))
    batch = torch.stack([body[s : s + WINDOW] for s in starts])
    batch[:, 0] = 256
    target = torch.stack([body[s + 1 : s + WINDOW + 1] for s in starts])
    optimizer.zero_grad()
    functional.cross_entropy(model(batch).flatten(0, 1), target.flatten()).backward()
    optimizer.step()
safetensors.torch.save_file(
    {name: tensor.contiguous() for name, tensor in model.state_dict().items()}, "model.safetensors")
with open("config.json", "w") as file:
    json.dump({"layers": LAYERS, "heads": HEADS, "window": WINDOW}, file)

# Texts of all kinds: with a context and without, of several bytes a letter, longer than the window.
rows = [
    {"context": "", "label": "Apache License"},
    {"context": "Unless required by applicable law ", "label": "or agreed to in writing"},
    {"label": "Größe – 大きさ"},
    {"context": "x" * 200, "label": " subject to"},
    {"context": text[:50], "label": text[50:400]},
    {"label": text[1000:1032]},
    {"label": text[2000:2033]},
]
rows += [{"context": text[i : i + 40], "label": text[i + 40 : i + 70]} for i in range(0, 6000, 300)]
with open("texts.jsonl", "w", encoding="utf-8") as file:
    for i, row in enumerate(rows):
        file.write(json.dumps({"id": f"text-{i}", **row}, ensure_ascii=False) + "\n")
cairn("dataset", "add", "texts.jsonl", "--name", "texts")
runners.apply("language_model")
record = runners.evaluate(
    "tiny-gpt", "model.safetensors", "config.json", f"{runners.examples}/language_model/predict.py")

# The framework's own number, token by token: each has all before it that its block of half a window
# may see.
model.double().eval()
total, count, right, byte_count, word_count = 0.0, 0, 0, 0, 0
with torch.inference_mode():
    for row in rows:
        label = row["label"].encode()
        tokens = [256, *row.get("context", "").encode(), *label]
        first = len(tokens) - len(label)
        for place in range(first, len(tokens)):
            end = min(len(tokens), place - (place - first) % (WINDOW // 2) + WINDOW // 2)
            seen = torch.tensor([tokens[max(0, end - 1 - WINDOW) : place]])
            logits = model(seen)[0, -1]
            total += functional.cross_entropy(logits, torch.tensor(tokens[place])).item()
            right += int(logits.argmax().item() == tokens[place])
        count += len(label)
        byte_count += len(label)
        word_count += len(row["label"].split())
runners.agree(
    record,
    {
        "perplexity": math.exp(total / count),
        "bits_per_byte": total / byte_count / math.log(2),
        "token_accuracy": right / count,
        "word_perplexity": math.exp(total / word_count),
    },
    within=1e-9,
)
done("runner of language models", runners.checks)
