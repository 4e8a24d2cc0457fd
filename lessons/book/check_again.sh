#!/bin/sh
# Is a page the same, byte for byte, when it is built again? At another time, in another time zone.
#
#   usage: check_again.sh BUILD PANDOC-OPTION...         BUILD: where the book was made
set -eu

build=$1
shift
again=$build/lessons/again
rm -rf "$again"
mkdir -p "$again"
export TZ=Pacific/Auckland LC_ALL=C.UTF-8
failed=0

# Says when file $1, made again, is not like $2.
compare () {
	cmp "$1" "$2" >&2 && return
	echo "$2 is another one when it is built again" >&2
	failed=1
}

for lesson in lessons/*.md lessons/*/lesson.md
do
	name=${lesson%/lesson.md}
	name=$(basename "$name" .md)
	BOOK_SEARCH=$again/$name.search BOOK_LINKS=$again/$name.links pandoc "$@" "$lesson" -o "$again/$name.html"
	compare "$again/$name.html" "$build/book/$name.html"
	compare "$again/$name.search" "$build/lessons/$name.search"
done
for figure in lessons/*-*/*.dot
do
	dot -Tsvg "$figure" -o "$again/figure"
	compare "$again/figure" "$build/${figure%.dot}.svg"
done
for figure in lessons/*-*/*.gp
do
	lessons/book/chart.sh "${figure%.gp}.out" "$figure" >"$again/figure"
	compare "$again/figure" "$build/${figure%.gp}.chart.svg"
done
exit "$failed"
