#!/usr/bin/env bash
# Installs what the tests need and runs them all: format, lints, tests, and the program on its own examples.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*"; }

if ! command -v cargo >/dev/null; then
  echo "test.sh: cargo is not on the PATH; install Rust 1.95 or newer (rustup, or your system's packages) and run this again" >&2
  exit 1
fi
if ! command -v cc >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "Installing a C compiler (SQLite is built from source)"
    apt-get update -q && apt-get install -qy --no-install-recommends gcc libc6-dev
  else
    echo "test.sh: no C compiler (cc) on the PATH; SQLite is built from source and needs one; install gcc or clang" >&2
    exit 1
  fi
fi

say "Format"
if cargo fmt --version >/dev/null 2>&1; then cargo fmt --all --check; else echo "skipped: rustfmt is not installed"; fi

say "Lints"
if cargo clippy --version >/dev/null 2>&1; then
  cargo clippy --workspace --all-targets --locked -- -D warnings
else
  echo "skipped: clippy is not installed"
fi

say "Tests"
cargo test --workspace --locked

say "Pages in a browser"
chromium="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}"
if [ -z "$chromium" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -q && apt-get install -qy --no-install-recommends chromium
  chromium="$(command -v chromium || true)"
fi
if [ -n "$chromium" ] && command -v npm >/dev/null; then
  cargo build -p chancery-cli --locked
  target="$(realpath "${CARGO_TARGET_DIR:-target}")"
  (cd tests/browser && npm ci --no-audit --no-fund && CHROMIUM="$chromium" CHANCERY="$target/debug/chancery" node run.mjs)
else
  echo "SKIPPED: the browser tests need Chromium (or CHROMIUM=/path) and npm; install both to run them" >&2
fi

say "All passed"
