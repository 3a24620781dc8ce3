#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image. It makes a venv from the hash-pinned lock, and closes the
# grader's own files to everyone but root. Tests set AUTODIFF_PREFIX to move everything below another folder.
set -euo pipefail
source_folder="${AUTODIFF_PREFIX:-}/autograder/source"
venv="${AUTODIFF_PREFIX:-}/opt/autodiff"

# Use the newest Python that can make a venv, because students may use what only a newer Python can read.
python=python3
for candidate in python3.14 python3.13 python3.12 python3.11 python3.10; do
  if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
    python="$candidate"
    break
  fi
done

missing=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
"$python" -c 'import ctypes; ctypes.CDLL("libseccomp.so.2")' 2>/dev/null || missing+=(libseccomp2)
if ((${#missing[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 is needed: choose Ubuntu 22.04 or newer")'

"$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install --quiet --no-cache-dir --only-binary :all: --require-hashes \
  -r "$source_folder/requirements.lock"
"$venv/bin/python" -m compileall -q "$source_folder/autograder"  # compile once, because each submission starts from this image
chmod -R go= "$source_folder"
