#!/usr/bin/env bash
# Install the Debian packages that are named and not installed; elsewhere, point to the doctor.
set -eu
if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian: run 'publish doctor' to see what is missing." >&2
    exit 0
fi
missing=()
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo"
echo "installing ${missing[*]}"
$sudo apt-get update -q
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends "${missing[@]}"
