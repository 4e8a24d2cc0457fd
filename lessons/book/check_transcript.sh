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

# Says which line of $1 does not match.
matches () {
	if test "$(wc -l <"$1")" -ne "$(wc -l <"$expect")"
	then
		echo "$1 has $(wc -l <"$1") lines, $expect has $(wc -l <"$expect")" >&2
		return 1
	fi
	paste -d '\n' "$expect" "$1" | {
		number=0
		while IFS= read -r pattern && IFS= read -r line
		do
			number=$((number + 1))
			printf '%s\n' "$line" | grep -Eqx -e "$pattern" && continue
			echo "$1:$number does not match $expect:$number" >&2
			return 1
		done
	}
}

if ! test -e "$shown"
then
	echo "$shown: not there. Run 'make capture' and read what it wrote." >&2
	exit 1
fi
if ! test -e "$expect"
then
	diff -u "$shown" "$fresh" >&2 && exit
	line=$(cmp "$shown" "$fresh" 2>&1 | sed -n 's/.*line \([0-9]*\).*/\1/p')
	echo "$shown:$line: not what the program prints. If the program is right: make capture" >&2
	exit 1
fi
for transcript in "$shown" "$fresh"
do
	matches "$transcript" && continue
	diff -u "$expect" "$transcript" >&2
done
