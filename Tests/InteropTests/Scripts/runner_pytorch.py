"""The example runner of PyTorch, against PyTorch."""
import sys

import torch
from torch import nn
from torch.nn import functional

import runners
from common import done

x, y, test_x, test_y = (torch.from_numpy(part) for part in runners.digits(sys.argv[2]))
torch.manual_seed(7)
network = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(150):
    optimizer.zero_grad()
    functional.cross_entropy(network(x), y).backward()
    optimizer.step()
network.eval()
program = torch.export.export(
    network, (x[:2],), dynamic_shapes=({0: torch.export.Dim("n", min=1)},))
torch.export.save(program, "model.pt2")

runners.apply("pytorch")
record = runners.evaluate(
    "digits-pytorch", "model.pt2", f"{runners.examples}/pytorch/predict.py",
    f"{runners.examples}/table.py")

with torch.inference_mode():
    logits = network(test_x).double()
runners.agree(
    record, {"accuracy": (logits.argmax(1) == test_y).double().mean().item()}, within=0)
# The runner's softmax is in float32.
runners.agree(
    record, {"log_loss": functional.cross_entropy(logits, test_y).item()}, within=1e-6)
done("runner of PyTorch", runners.checks)
