"""The example runner of ONNX Runtime, against ONNX Runtime."""
import json
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import runners
from common import done

x, y, test_x, test_y = runners.digits(sys.argv[2])

# Softmax regression, by gradient descent.
scale, w, b = 1 / 16, numpy.zeros((64, 10)), numpy.zeros(10)
for _ in range(300):
    z = x * scale @ w + b
    p = numpy.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    p[numpy.arange(len(y)), y] -= 1
    w -= 0.5 * (x * scale).T @ p / len(y)
    b -= 0.5 * p.mean(0)

graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["pixels", "w", "b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ],
    "digits",
    [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 64])],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 10])],
    [
        numpy_helper.from_array((w * scale).astype(numpy.float32), "w"),
        numpy_helper.from_array(b.astype(numpy.float32), "b"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
helper.set_model_props(model, {"labels": json.dumps([str(i) for i in range(10)])})
onnx.checker.check_model(model)
onnx.save(model, "model.onnx")

runners.apply("onnx")
record = runners.evaluate(
    "digits-onnx", "model.onnx", f"{runners.examples}/onnx/predict.py",
    f"{runners.examples}/table.py")

session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
p = session.run(None, {"pixels": test_x})[0].astype(numpy.float64)
runners.agree(record, {"accuracy": (p.argmax(1) == test_y).mean()}, within=0)
# Threads may add in another order, in float32.
p /= p.sum(1, keepdims=True)
runners.agree(
    record, {"log_loss": -numpy.log(p[numpy.arange(len(test_y)), test_y]).mean()}, within=1e-6)
runners.expect(record["example_count"] == len(test_y), record["example_count"])
done("runner of ONNX Runtime", runners.checks)
