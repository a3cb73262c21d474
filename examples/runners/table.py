"""Data sets with numbers in columns, and probabilities of classes: what onnx/ and pytorch/ share.

Push it beside the predict.py that uses it.
"""
import csv
import json

import numpy

NOT_FEATURES = {"id", "label"}


def read(path):
    """The ids (None where the data set has none) and the other columns as n × k float32.

    All columns but `id` and `label` are features, in the order of the header. A cell that is no
    number ends the run: its line is named.
    """
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        columns = [i for i, name in enumerate(header) if name not in NOT_FEATURES]
        id_column = header.index("id") if "id" in header else None
        ids, features = [], []
        for row in rows:
            try:
                features.append([float(row[i]) for i in columns])
            except (ValueError, IndexError) as error:
                raise SystemExit(f"{path}, line {rows.line_num}: {error}")
            if id_column is not None:
                ids.append(row[id_column])
    return (ids if id_column is not None else None), numpy.array(features, dtype=numpy.float32)


def write(path, ids, labels, probabilities):
    """One line an example: the probability of each class by its name."""
    if len(labels) != probabilities.shape[1]:
        raise SystemExit(f"the model has {probabilities.shape[1]} classes, {len(labels)} have names")
    with open(path, "w", encoding="utf-8") as file:
        for index, row in enumerate(probabilities):
            line = {"scores": {label: float(p) for label, p in zip(labels, row)}}
            if ids is not None:
                line["id"] = ids[index]
            file.write(json.dumps(line) + "\n")
