#!/bin/sh
# Resolves locks/*.txt anew from pyproject.toml and locks/*.in; `make lock` calls it. Needs the network.
# A version already locked is kept where it still fits; UPGRADE=1 takes the newest ones.
set -eu

cd -- "$(dirname -- "$0")/.."
tool=.cache/lock
uv_version=0.13.8

"${PYTHON:-python3}" -m venv "$tool"
"$tool/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$uv_version"

# compile OUTPUT SOURCE...: one resolution for every platform and every Python from 3.11 on, with one version of each
# package (fewest): another numpy or decoder on another Python would be another program to test.
compile() {
    output=$1
    shift
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
        ${UPGRADE:+--upgrade} --output-file "$output" "$@"
}

# The others are held to the versions of the first, so that all of them install beside one another.
compile locks/dev.txt pyproject.toml --extra dev
compile locks/base.txt pyproject.toml locks/build.in --constraint locks/dev.txt
compile locks/learn.txt locks/learn.in --constraint locks/dev.txt
compile locks/gpu.txt locks/gpu.in --constraint locks/dev.txt
