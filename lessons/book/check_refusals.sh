#!/bin/sh
# Does the book refuse what it must not show? Each case of refused.md must be stopped with its message.
#
#   usage: check_refusals.sh FOLDER PANDOC-OPTION...
#
# A case begins with a line "=== LINE PATTERN"; what is said must name that line of the lesson and match PATTERN. It
# is the text of a lesson; what stands before the first case is the front matter of those that have none of their own.
# "=== KIND: PATTERN" begins something else, and its message is matched as a whole:
#
#   page        a page as pandoc could have made it; it has links in lines 3 and 4 of its lesson
#   prose       a README.md
#   shown       a transcript that a lesson shows, where the program prints another
#   expect      what the lines of that other transcript are expected to match
#   transcript  one from which no chart can be drawn
#   timeline    one from which no timeline can
#   script      a script of gnuplot that draws no chart
#
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
		kind = $2 ~ /^[a-z]+:$/ ? $2 : "lesson:"
		sub(/^=== ([a-z]+: )?/, "")
		if (match($0, /^[0-9]+ /)) $0 = "/lesson[.]md:" substr($0, 1, RLENGTH - 1) ": .*(" substr($0, RLENGTH + 1) ")"
		print >(place "/pattern")
		print kind >(place "/kind")
		next
	}
	{ print >(place "/text") }
' lessons/book/refused.md
printf '%s\n' '$ ./program' 'what    seconds' 'thread       12' >"$folder/transcript"
printf '%s\n' 'title = "T"' 'unit = "seconds"' '@bars' >"$folder/script"
sed 's/@bars/@timeline/' "$folder/script" >"$folder/timeline"
printf '%s\n' '$ ./program' '12 processes' 'the end' >"$folder/fresh"
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
	page:)
		printf '%s\t%s\t%s\n' lesson.md:3 page.html '#written' lesson.md:4 page.html 'id twice' >"$place/links"
		cp "$place/text" "$place/page.html"
		awk -f lessons/book/check_pages.awk -v largest=100 RS='\n' "$place/links" RS='<' "$place/page.html"
		;;
	prose:)
		cp "$place/text" "$place/README.md"
		pandoc --from=lessons/book/prose.lua --to=plain --wrap=none "$place/README.md" -o "$place/prose"
		lessons/book/check_prose.sh "$place/prose"
		;;
	shown:)
		lessons/book/check_transcript.sh "$folder/fresh" "$place/text"
		;;
	expect:)
		cp "$place/text" "$place/shown.expect"
		cp "$folder/fresh" "$place/shown.out"
		lessons/book/check_transcript.sh "$folder/fresh" "$place/shown.out"
		;;
	lesson:)
		cp lessons/book/refused.c.txt "$place/refused.c"
		touch "$place/tree.dot" "$place/bars.gp" "$place/typed.out"
		front=$folder/text
		test "$(head -n 1 "$place/text")" != --- || front=/dev/null
		cat "$front" "$place/text" >"$place/lesson.md"
		page=$place/$(basename "$place").html
		BOOK_LINKS=$place/links pandoc "$@" "$place/lesson.md" -o "$page" &&
			awk -f lessons/book/check_pages.awk -v largest=9999 RS='\n' "$place/links" RS='<' "$page"
		;;
	*)
		echo "refused.md: unknown kind of a case: $(cat "$place/kind")" >&2
		exit 2
		;;
	esac
}

lessons/book/chart.sh "$folder/transcript" "$folder/script" >"$folder/chart"
lessons/book/chart.sh "$folder/records" "$folder/timeline" >"$folder/chart"
failed=0
for place in "$folder"/*-refused
do
	if build "$place" "$@" >/dev/null 2>"$place/message" || ! grep -Eq -f "$place/pattern" "$place/message"
	then
		echo "$place is not refused with: $(cat "$place/pattern")" >&2
		cat "$place/text" "$place/message" >&2
		failed=1
	fi
done
exit "$failed"
