#!/bin/sh
# Does the book refuse what it must not show? Runs the filter on each case of refused.md.
#
#   usage: check_refusals.sh FOLDER PANDOC-OPTION...
#
# A case begins with a line "=== PATTERN"; it must stop pandoc with a message that matches PATTERN.
# A case without front matter gets a valid one. FOLDER is emptied and used for the cases.
set -eu

folder=$1
shift
rm -rf "$folder"
mkdir -p "$folder"
awk -v folder="$folder" '
	/^=== / {
		case_folder = sprintf("%s/%02d-refused", folder, ++cases)
		system("mkdir " case_folder)
		print substr($0, 5) >(case_folder "/pattern")
		next
	}
	{ print >(case_folder "/body") }
' lessons/book/refused.md

front='---@title: T@teaching: 1@exercises: 1@questions: [Q]@objectives: [O]@keypoints: [K]@---@'
for case_folder in "$folder"/*
do
	cp lessons/book/refused.c.txt "$case_folder/refused.c"
	{
		test "$(head -n 1 "$case_folder/body")" = --- || echo "$front" | tr @ '\n'
		cat "$case_folder/body"
	} >"$case_folder/lesson.md"
	pattern=$(cat "$case_folder/pattern")
	if pandoc "$@" "$case_folder/lesson.md" -o "$case_folder/page.html" 2>"$case_folder/message" ||
		! grep -Eq -e "$pattern" "$case_folder/message"
	then
		echo "not refused with \"$pattern\": $case_folder" >&2
		cat "$case_folder/body" "$case_folder/message" >&2
		exit 1
	fi
done
