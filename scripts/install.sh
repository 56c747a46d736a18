#!/bin/sh
# Installs docket where there is no Node.js: downloads this release's binary for this machine, checks its sum, and puts it into the
# folder DOCKET_BIN: without one /usr/local/bin for root, ~/.local/bin for others. DOCKET_RELEASE is the address of another release.
set -eu

fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

platform() {
  system=$(uname -s) machine=$(uname -m)
  case $machine in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "there is no binary for $system on $machine; with Node.js: npm install -g docket" ;;
  esac
  case $system in
    Linux) echo "linux-$arch$(libc)" ;;
    Darwin) echo "darwin-$arch" ;;
    *) fail "there is no binary for $system on $machine; with Node.js: npm install -g docket" ;;
  esac
}

# Prints nothing where the C library is not musl.
libc() {
  case $(ldd --version 2>&1 || :) in *musl*) echo -musl ;; esac
}

# missing TARGET: what a target needs that a system may be without.
missing() {
  case $1 in *-musl) echo '. It needs libstdc++ (Alpine: apk add libstdc++)' ;; esac
}

# download URL FILE
download() {
  if command -v curl >/dev/null; then
    curl -fsSL --retry 3 -o "$2" "$1" || fail "cannot download $1"
  elif command -v wget >/dev/null; then
    wget -qO "$2" "$1" || fail "cannot download $1"
  else
    fail 'curl or wget is needed, and neither is installed'
  fi
}

# Prints the sum of a file.
sha256() {
  if command -v sha256sum >/dev/null; then
    sum=$(sha256sum "$1")
  elif command -v shasum >/dev/null; then
    sum=$(shasum -a 256 "$1")
  else
    fail 'sha256sum or shasum is needed to check what is downloaded, and neither is installed'
  fi
  echo "${sum%% *}"
}

# Called last, so that a script cut short by the network does nothing.
main() {
  release=${DOCKET_RELEASE:-@RELEASE@}
  case $release in @*) fail 'DOCKET_RELEASE must be the address of the folder that a release is downloaded from' ;; esac
  folder=${DOCKET_BIN:-}
  if [ -z "$folder" ]; then
    if [ "$(id -u)" = 0 ]; then folder=/usr/local/bin; else folder=$HOME/.local/bin; fi
  fi
  command -v gzip >/dev/null || fail 'gzip is needed, and is not installed'
  target=$(platform)
  mkdir -p "$folder"
  # Beside its place, so that it appears there whole.
  work=$(mktemp -d "$folder/.docket-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM

  download "$release/docket-$target.gz" "$work/docket.gz"
  download "$release/SHA256SUMS" "$work/SHA256SUMS"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]docket-$target\.gz\$/\1/p" "$work/SHA256SUMS")
  [ -n "$expected" ] || fail "$release/SHA256SUMS has no sum for docket-$target.gz"
  found=$(sha256 "$work/docket.gz")
  [ "$found" = "$expected" ] || fail "docket-$target.gz has the SHA-256 sum $found where $expected is expected; nothing was installed"

  gzip -d "$work/docket.gz"
  chmod 755 "$work/docket"
  "$work/docket" --version || fail "docket-$target does not run here; nothing was installed$(missing "$target")"
  mv -f "$work/docket" "$folder/docket"
  echo "installed as $folder/docket"
  case :$PATH: in *:"$folder":*) ;; *) echo "$folder is not on your PATH" ;; esac
}

main
