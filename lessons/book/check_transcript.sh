#!/bin/sh
# Does a fresh transcript still say what the lesson shows?
#
#   usage: check_transcript.sh FRESH SHOWN
#
# SHOWN, NAME.out, is the committed transcript that the lesson includes. Where the output varies
# from run to run, NAME.expect beside it has one extended regular expression for each line, and
# both transcripts must match it line by line.
set -eu

fresh=$1
shown=$2
expect=${shown%.out}.expect

matches () {
	test "$(wc -l <"$1")" -eq "$(wc -l <"$expect")" || return 1
	paste -d '\n' "$expect" "$1" |
	while IFS= read -r pattern && IFS= read -r line
	do
		printf '%s\n' "$line" | grep -Eqx -e "$pattern" || return 1
	done
}

if ! test -e "$shown"
then
	echo "$shown: not there. Run 'make capture' and read what it wrote." >&2
	exit 1
fi
if ! test -e "$expect"
then
	diff -u "$shown" "$fresh" && exit
	echo "$shown is not what the program prints. If the program is right: make capture" >&2
	exit 1
fi
for transcript in "$shown" "$fresh"
do
	matches "$transcript" && continue
	echo "$transcript does not match $expect" >&2
	diff -u "$expect" "$transcript" >&2
done
