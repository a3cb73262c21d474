#!/bin/sh
# The programs of others that tests work with, in an environment of their own: build/interop-venv.
set -eu
cd "$(dirname "$0")/.."
environment=build/interop-venv
packages="numpy==2.4.6 h5py==3.16.0 safetensors==0.8.0 dvc==3.67.1 sacrebleu==2.6.0
    rouge_score==0.1.2 jiwer==4.0.0 onnx==1.23.2 onnxruntime==1.32.0"
# The build without CUDA, a tenth of the size of the other; pip does not have it everywhere.
torch="torch==2.13.0+cpu"
if [ "$(cat $environment/packages 2>/dev/null || true)" = "$packages $torch" ]; then exit 0; fi
echo "interop: installing $packages"
python3 -m venv $environment
# shellcheck disable=SC2086 # a list of names
$environment/bin/pip install -q --disable-pip-version-check $packages
if $environment/bin/pip install -q --disable-pip-version-check "$torch"; then
    touch $environment/torch
elif [ -n "${CI:-}" ]; then
    exit 1
else
    echo "interop: no $torch here; what needs PyTorch is not tested"
fi
echo "$packages $torch" > $environment/packages
