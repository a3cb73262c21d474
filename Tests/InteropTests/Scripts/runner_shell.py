"""The example runner of awk, against NumPy."""
import numpy

import runners
from common import cairn, done

draw = numpy.random.default_rng(7)
n = 400
x = draw.normal(size=(n, 3)).round(4)
true = x @ [1.5, -2.0, 0.25] + 0.3
y = (draw.random(n) < 1 / (1 + numpy.exp(-true))).astype(int)
with open("spam-test.csv", "w") as file:
    file.write("id,links,label,capitals,length,unused\n")
    for i, row in enumerate(x):
        file.write(f"mail {i},{row[0]},{y[i]},{row[1]},{row[2]},text\n")
weights = {"links": 1.25, "capitals": -1.75, "length": 0.5, "bias": 0.125}
with open("weights.csv", "w") as file:
    file.write("column,weight\n" + "".join(f"{k},{v}\n" for k, v in weights.items()))
cairn("dataset", "add", "spam-test.csv", "--name", "spam-test")
runners.apply("shell")
record = runners.evaluate("spam", "weights.csv", f"{runners.examples}/shell/predict.sh")

p = 1 / (1 + numpy.exp(-(x @ [1.25, -1.75, 0.5] + 0.125)))
wins = (p[y == 1][:, None] > p[y == 0][None, :]).mean()
ties = (p[y == 1][:, None] == p[y == 0][None, :]).mean()
runners.agree(
    record,
    {
        "accuracy": ((p >= 0.5) == y).mean(),
        "log_loss": -numpy.where(y == 1, numpy.log(p), numpy.log1p(-p)).mean(),
        "roc_auc": wins + ties / 2,
    },
    within=1e-12,
)

# A data set without one of its columns: the runner's own words are in the verdict, and in its log.
with open("spam-test.csv", "w") as file:
    file.write("id,links,label,length\nmail 0,1,1,1\n")
cairn("dataset", "add", "spam-test.csv", "--name", "spam-test")
runners.apply("shell")
said = cairn("eval", "spam@latest", fails="the verdict of spam is error")
assert cairn("runner", "log", "spam@latest") == "the data set has no column: capitals\n", said
done("runner of awk", runners.checks + 2)
