"""Log-likelihoods of a data set's texts: predict.py CHECKPOINT DATASET PREDICTIONS

What lm-evaluation-harness calls `loglikelihood`: each line of DATASET (JSON Lines) has a `label`, the
text that is asked for, and may have a `context` that is given. Out comes the natural logarithm of the
label's probability, in how many tokens it lies, and how many of them were the model's first choice.

The model is a GPT of bytes in NumPy: CHECKPOINT has model.safetensors (float32) with GPT-2's names and
config.json with `heads`, `layers` and `window`, the most tokens that it sees at once. Token 256 begins
every text. To evaluate another model, write `Model.logits` anew.
"""
import json
import math
import sys

import numpy

BEGIN = 256


def tensors(path):
    """The tensors of a safetensors file, as float64."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    for name, about in header.items():
        if about["dtype"] != "F32":
            raise SystemExit(f"{path}: {name} is {about['dtype']}; expected F32")
        start, end = about["data_offsets"]
        values = numpy.frombuffer(data[start:end], dtype="<f4").astype(numpy.float64)
        yield name, values.reshape(about["shape"])


class Model:
    def __init__(self, folder):
        with open(f"{folder}/config.json", encoding="utf-8") as file:
            self.config = json.load(file)
        self.window = self.config["window"]
        self.w = dict(tensors(f"{folder}/model.safetensors"))

    def linear(self, name, x):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        x = x / numpy.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)
        return x * self.w[name + ".weight"] + self.w[name + ".bias"]

    def attention(self, name, x):
        length, width = x.shape
        heads = self.config["heads"]
        split = lambda part: part.reshape(length, heads, width // heads).transpose(1, 0, 2)
        q, k, v = map(split, numpy.split(self.linear(name + ".c_attn", x), 3, axis=1))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(width // heads)
        scores = numpy.where(numpy.tri(length, dtype=bool), scores, -numpy.inf)
        scores = numpy.exp(scores - scores.max(-1, keepdims=True))
        mixed = scores / scores.sum(-1, keepdims=True) @ v
        return self.linear(name + ".c_proj", mixed.transpose(1, 0, 2).reshape(length, width))

    def logits(self, tokens):
        """What may come after each of the tokens, at most `window` of them: n × 257."""
        x = self.w["wte.weight"][tokens] + self.w["wpe.weight"][: len(tokens)]
        for layer in range(self.config["layers"]):
            x = x + self.attention(f"h.{layer}.attn", self.norm(f"h.{layer}.ln_1", x))
            inner = self.linear(f"h.{layer}.mlp.c_fc", self.norm(f"h.{layer}.ln_2", x))
            cubic = math.sqrt(2 / math.pi) * (inner + 0.044715 * inner**3)
            inner = 0.5 * inner * (1 + numpy.tanh(cubic))
            x = x + self.linear(f"h.{layer}.mlp.c_proj", inner)
        return self.norm("ln_f", x) @ self.w["wte.weight"].T


def likelihood(model, context, label):
    """(log-probability of the label, its tokens, how many of them were the first choice).

    A label that is longer than half the window goes through in blocks of that length, each with all
    that the window holds before it.
    """
    tokens = numpy.array([BEGIN, *context.encode(), *label.encode()])
    first, block = len(tokens) - len(label.encode()), model.window // 2
    log_prob, right = 0.0, 0
    for start in range(first, len(tokens), block):
        wanted = tokens[start : start + block]
        end = start + len(wanted)
        rows = model.logits(tokens[max(0, end - 1 - model.window) : end - 1])[-len(wanted) :]
        rows = rows - rows.max(1, keepdims=True)
        chosen = rows[numpy.arange(len(wanted)), wanted]
        log_prob += float((chosen - numpy.log(numpy.exp(rows).sum(1))).sum())
        right += int((rows.argmax(1) == wanted).sum())
    return log_prob, len(tokens) - first, right


def main(checkpoint, dataset, predictions):
    model = Model(checkpoint)
    with open(dataset, encoding="utf-8") as texts, open(predictions, "w", encoding="utf-8") as out:
        for number, line in enumerate(texts, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            log_prob, count, right = likelihood(model, row.get("context", ""), row["label"])
            answer = {"log_prob": log_prob, "token_count": count, "correct_token_count": right}
            if "id" in row:
                answer["id"] = row["id"]
            out.write(json.dumps(answer) + "\n")
            print(f"line {number}: {-log_prob / max(1, count):.3f} nats a token", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
