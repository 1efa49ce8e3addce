#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""PyTorch as a contender of run_time, which starts this program and talks to it: one line of JSON each way.

{"do": "prepare", "formula": "attention", "folder": "/tmp/x", "n": 512, ...}   operands: 0.f32, 1.f32, ... in the folder
{"do": "check"}                   writes the result to out.f32
{"do": "time", "calls": 3}        answers {"seconds": ...}, of this thread's time

Needs torch 2.5 or newer, for grouped heads. One thread, no gradients.
"""

import json
import pathlib
import sys
import time

import numpy
import torch
from torch.nn.functional import scaled_dot_product_attention as attend

WINDOW = 256
PREFIX = 1024
DOCUMENTS = 8
SLOPE = 0.0625


def plain(q, k, v, operands):
    return lambda: attend(q, k, v)


def causal(q, k, v, operands):
    return lambda: attend(q, k, v, is_causal=True)


def bias(q, k, v, operands):
    mask = operands[3].reshape(1, 1, q.shape[2], k.shape[2])
    return lambda: attend(q, k, v, attn_mask=mask)


def window(q, k, v, operands):
    far = behind(q, k)
    mask = (far >= 0) & (far < WINDOW)
    return lambda: attend(q, k, v, attn_mask=mask)


def behind(q, k):
    return torch.arange(q.shape[2])[:, None] - torch.arange(k.shape[2])[None, :]


def prefix(q, k, v, operands):
    mask = (behind(q, k) >= 0) | (torch.arange(k.shape[2]) < PREFIX)[None, :]
    return lambda: attend(q, k, v, attn_mask=mask)


def documents(q, k, v, operands):
    of = [torch.arange(x.shape[2]) * DOCUMENTS // x.shape[2] for x in (q, k)]
    mask = of[0][:, None] == of[1][None, :]
    return lambda: attend(q, k, v, attn_mask=mask)


def alibi(q, k, v, operands):
    far = behind(q, k)
    mask = torch.where(far >= 0, -SLOPE * far.float(), float("-inf"))
    return lambda: attend(q, k, v, attn_mask=mask)


def lengths(q, k, v, operands):
    h, m = q.shape[1], k.shape[2]
    mask = (torch.arange(m)[None, :] < (m * (torch.arange(h) + 1) // h)[:, None]).reshape(1, h, 1, m)
    return lambda: attend(q, k, v, attn_mask=mask)


def grouped(q, k, v, operands):
    return lambda: attend(q, k, v, enable_gqa=True)


FORMULAS = {"attention": plain, "attention_causal": causal, "attention_bias": bias, "attention_window": window,
            "attention_prefix": prefix, "attention_documents": documents, "attention_alibi": alibi, "attention_lengths": lengths,
            "attention_grouped": grouped, "attention_cross": plain, "attention_decode": plain}


def prepare(ask):
    if ask["formula"] not in FORMULAS:
        return None
    folder = pathlib.Path(ask["folder"])
    operands = []
    while (path := folder / f"{len(operands)}.f32").exists():
        operands.append(torch.from_numpy(numpy.fromfile(path, dtype=numpy.float32)))
    n, m, d, e, h, g = (ask[name] for name in "nmdehg")
    q = operands[0].reshape(1, h, n, d)
    k, v = operands[1].reshape(1, g, m, d), operands[2].reshape(1, g, m, e)
    return FORMULAS[ask["formula"]](q, k, v, operands)


def timed(run, calls):
    start = time.thread_time()
    for _ in range(calls):
        run()
    return time.thread_time() - start


def main():
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    run, folder = None, None
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        ask = json.loads(line)
        answer = {"ok": True}
        try:
            if ask["do"] == "prepare":
                run, folder = prepare(ask), pathlib.Path(ask["folder"])
                answer["ok"] = run is not None
            elif ask["do"] == "check":
                run().numpy().tofile(folder / "out.f32")
            else:
                answer["seconds"] = timed(run, ask["calls"])
        except Exception as error:  # the benchmark prints it in the row
            answer = {"ok": False, "why": str(error).splitlines()[0]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
