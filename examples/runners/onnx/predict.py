"""Class probabilities from an ONNX model: predict.py MODEL DATASET PREDICTIONS

The model has one input, n × k float32, and a first output of n × c probabilities. Its metadata may
name the classes, as `labels`: a JSON list; else they are 0, 1, ….
"""
import json
import os
import sys

import numpy
import onnxruntime

import table

BATCH = 1024


def main(model, dataset, predictions):
    options = onnxruntime.SessionOptions()
    # As many threads as the suite says: the evaluator may run several of us.
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    ids, features = table.read(dataset)
    parts = []
    for start in range(0, len(features), BATCH):
        parts.append(session.run(None, {name: features[start : start + BATCH]})[0])
        print(f"{min(start + BATCH, len(features))} of {len(features)} examples", flush=True)
    probabilities = numpy.concatenate(parts)
    named = session.get_modelmeta().custom_metadata_map.get("labels")
    labels = json.loads(named) if named else [str(i) for i in range(probabilities.shape[1])]
    table.write(predictions, ids, labels, probabilities)


if __name__ == "__main__":
    main(*sys.argv[1:])
