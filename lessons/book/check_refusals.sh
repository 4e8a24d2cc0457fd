#!/bin/sh
# Does the book refuse what it must not show? Runs the filter on each case of refused.md.
#
#   usage: check_refusals.sh FOLDER PANDOC-OPTION...
#
# A case begins with a line "=== PATTERN"; it must stop pandoc with a message that matches PATTERN.
# What stands before the first case is the front matter of those that have none of their own.
# FOLDER is emptied and used for the cases.
set -eu

folder=$1
shift
rm -rf "$folder"
mkdir -p "$folder"
awk -v folder="$folder" '
	BEGIN { place = folder }
	/^=== / {
		place = sprintf("%s/%02d-refused", folder, ++cases)
		system("mkdir " place)
		print substr($0, 5) >(place "/pattern")
		next
	}
	{ print >(place "/text") }
' lessons/book/refused.md

for place in "$folder"/*-refused
do
	cp lessons/book/refused.c.txt "$place/refused.c"
	front=$folder/text
	test "$(head -n 1 "$place/text")" != --- || front=/dev/null
	cat "$front" "$place/text" >"$place/lesson.md"
	if pandoc "$@" "$place/lesson.md" -o "$place/page.html" 2>"$place/message" ||
		! grep -Eq -f "$place/pattern" "$place/message"
	then
		echo "$place is not refused with: $(cat "$place/pattern")" >&2
		cat "$place/text" "$place/message" >&2
		exit 1
	fi
done
