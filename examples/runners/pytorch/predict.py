"""Class probabilities from a PyTorch program: predict.py MODEL DATASET PREDICTIONS

MODEL is what `torch.export.save` wrote (a .pt2 file): weights and graph, so that no class of the
trainer's has to be there. It takes n × k float32, any n, and gives n × c logits.
"""
import os
import sys

import torch

import table

BATCH = 1024


def main(model, dataset, predictions):
    torch.manual_seed(int(os.environ.get("CAIRN_SEED", "0")))
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    network = torch.export.load(model).module()
    ids, features = table.read(dataset)
    parts = []
    with torch.inference_mode():
        for part in torch.from_numpy(features).split(BATCH):
            parts.append(network(part).softmax(1))
            print(f"{sum(map(len, parts))} of {len(features)} examples", flush=True)
    probabilities = torch.cat(parts).numpy()
    table.write(predictions, ids, [str(i) for i in range(probabilities.shape[1])], probabilities)


if __name__ == "__main__":
    main(*sys.argv[1:])
