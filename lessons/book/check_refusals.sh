#!/bin/sh
# Does the book refuse what it must not show? Each case of refused.md must be stopped with its message.
#
#   usage: check_refusals.sh FOLDER PANDOC-OPTION...
#
# A case begins with a line "=== PATTERN"; what is said must match PATTERN. It is the text of a lesson;
# what stands before the first case is the front matter of those that have none of their own.
# "=== transcript: PATTERN" begins a transcript from which no chart can be drawn, "=== timeline: PATTERN"
# one from which no timeline can, "=== script: PATTERN" a script of gnuplot that draws none.
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
		kind = $2 ~ /^(transcript|timeline|script):$/ ? $2 : "lesson:"
		sub(/^=== ((transcript|timeline|script): )?/, "")
		print >(place "/pattern")
		print kind >(place "/kind")
		next
	}
	{ print >(place "/text") }
' lessons/book/refused.md
printf '%s\n' '$ ./program' 'what    seconds' 'thread       12' >"$folder/transcript"
printf '%s\n' 'title = "T"' 'unit = "seconds"' '@bars' >"$folder/script"
sed 's/@bars/@timeline/' "$folder/script" >"$folder/timeline"
printf '%s\n' '$ ./program' 'who  item  begin  end' 'A       0    0.0  1.5' >"$folder/records"

# Draws the case of folder $1, or makes a page of it.
build () {
	place=$1
	shift
	case $(cat "$place/kind") in
	transcript:)
		cp "$place/text" "$place/transcript"
		lessons/book/chart.sh "$place/transcript" "$folder/script"
		;;
	timeline:)
		cp "$place/text" "$place/transcript"
		lessons/book/chart.sh "$place/transcript" "$folder/timeline"
		;;
	script:)
		cp "$place/text" "$place/script"
		lessons/book/chart.sh "$folder/transcript" "$place/script"
		;;
	*)
		cp lessons/book/refused.c.txt "$place/refused.c"
		touch "$place/tree.dot" "$place/bars.gp"
		front=$folder/text
		test "$(head -n 1 "$place/text")" != --- || front=/dev/null
		cat "$front" "$place/text" >"$place/lesson.md"
		pandoc "$@" "$place/lesson.md" -o "$place/page.html"
		;;
	esac
}

lessons/book/chart.sh "$folder/transcript" "$folder/script" >"$folder/chart"
lessons/book/chart.sh "$folder/records" "$folder/timeline" >"$folder/chart"
for place in "$folder"/*-refused
do
	if build "$place" "$@" >/dev/null 2>"$place/message" || ! grep -Eq -f "$place/pattern" "$place/message"
	then
		echo "$place is not refused with: $(cat "$place/pattern")" >&2
		cat "$place/text" "$place/message" >&2
		exit 1
	fi
done
