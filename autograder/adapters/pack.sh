#!/bin/sh
# Writes an archive for a service that grades: the scripts of its adapter, what is to be graded (settings), and the
# workbook without what only proves it. All is of the last commit, so nothing that lies about in the working copy
# gets out, and the same commit gives the same files.
#
#   usage: pack.sh ADAPTER OUTPUT SANDBOX EXERCISE...    e.g. pack.sh gradescope autograder.zip B 02-process
#
# SANDBOX is the lowest level of the sandbox at which the service may grade: A, B or C.
set -eu

adapter=$1
output=$2
sandbox=$3
shift 3

refuse ()
{
	echo "$adapter: $*" >&2
	exit 2
}

[ $# -gt 0 ] || refuse "name the exercises: make $adapter E=\"02-process 03-memory\""
case $sandbox in
[ABC]) ;;
*) refuse "there is no sandbox level \"$sandbox\": A, B or C" ;;
esac
root=$(git rev-parse --show-toplevel) || refuse "only a clone made by git can be packed"
for id
do
	git -C "$root" cat-file -e "HEAD:exercises/$id/tests.c" 2>/dev/null ||
		refuse "there is no exercise \"$id\" in the last commit; make list shows them"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

git -C "$root" archive HEAD "autograder/adapters/$adapter" | tar -x -C "$work" --strip-components=2
cat >"$work/$adapter/settings" <<TEXT
# What is graded, and the lowest level of the sandbox. Written by make $adapter.
release=$(git -C "$root" rev-parse HEAD)
exercises='$*'
sandbox=$sandbox
TEXT
set -- --prefix=
for file in "$work/$adapter"/*
do
	case $file in
	*/settings) set -- "$@" "--add-file=$file" ;;
	*) [ ! -x "$file" ] || set -- "$@" "--add-file=$file" ;;
	esac
done
mkdir -p "$(dirname "$output")"
git -C "$root" archive -o "$work/${output##*/}" "$@" --prefix=workbook/ HEAD . ':(exclude)autograder/mutants' \
	':(exclude)autograder/hostile' ':(exclude)autograder/tests' ':(exclude)autograder/trials' \
	':(exclude)autograder/adapters' ':(exclude).ci' ':(exclude).github'
mv "$work/${output##*/}" "$output"
echo "$output is written ($(($(wc -c <"$output") / 1024)) KiB): autograder/adapters/$adapter/README.md says what to do with it."
