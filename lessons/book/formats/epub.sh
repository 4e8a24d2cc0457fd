#!/bin/sh
# Packs an EPUB again: epub.sh FROM-PANDOC.epub BOOK.epub SECONDS. In the archive all files are in order and of one
# time, so that the same book is the same file.
set -eu

from=$(realpath "$1")
mkdir -p "$(dirname "$2")"
epub=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' HUP INT TERM

cd "$folder"
unzip -q "$from"
find . -exec touch -d "@$3" {} +
rm -f "$epub"
export TZ=UTC LC_ALL=C # an archive holds local time
zip -q -X -0 "$epub" mimetype # first and not compressed, or readers do not know it
find . -type f ! -name mimetype | sed 's,^\./,,' | sort | zip -q -X -9 "$epub" -@
