#!/bin/sh
# How long does the book take to build, and how large are its pages? The lessons' programs are not run.
#
#   usage: bench_book.sh BUILD [ROUNDS]         from the top of the workbook; BUILD: where the book was made
set -eu

build=$1
rounds=${2:-5}
times=$(mktemp)
trap 'rm -f "$times" "$times.processors"' EXIT
trap 'exit 1' HUP INT TERM

remove_book () {
	rm -rf "$build/book" "$build"/lessons/*.search "$build"/lessons/*.links "$build"/lessons/pages.sound \
		"$build"/lessons/outline.* "$build"/lessons/*/outline.tsv "$build"/lessons/*/*.svg
}

# Prints how many seconds make takes, and those of the processors. $1: what it has to do; $2: what is done before each
# round; then arguments of make, which uses all processors, as it does when a reader calls it.
measure () {
	what=$1
	before=$2
	shift 2
	: >"$times"
	for _ in $(seq "$rounds")
	do
		"$before"
		begin=$(date +%s%N)
		(env -u MAKEFLAGS -u MAKELEVEL make build="$build" "$@" book >/dev/null && times) >"$times.processors"
		end=$(date +%s%N)
		tail -n 1 "$times.processors" | awk -F '[ms ]+' -v wall=$((end - begin)) '
			{ print wall / 1e9, $1 * 60 + $2 + $3 * 60 + $4 }' >>"$times"
	done
	sort -n "$times" | awk -v what="$what" '
		{ wall[NR] = $1; busy[NR] = $2; if (NR == 1 || $2 < least) least = $2 }
		END {
			middle = NR % 2 ? wall[(NR + 1) / 2] : (wall[NR / 2] + wall[NR / 2 + 1]) / 2
			printf "%-20s  %9.2f  %10.2f  %22.2f\n", what, middle, wall[1], least
		}'
}

lessons=$(find lessons -mindepth 2 -name lesson.md | wc -l)
echo "$lessons lessons, $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg), $(pandoc --version | head -n 1), $rounds rounds"
echo
echo 'what                  median, s  minimum, s  of processors, least s'
measure 'nothing' true
measure 'one lesson' true --what-if="$(find lessons -mindepth 2 -name lesson.md | sort | head -n 1)"
measure 'all pages' remove_book

echo
echo 'page                     kB  without figures, kB'
for page in "$build"/book/*.html
do
	printf '%-20s  %5d  %19d\n' "$(basename "$page" .html)" "$(($(wc -c <"$page") / 1000))" \
		"$(($(perl -0777 -pe 's/<svg.*?<\/svg>//gs' "$page" | wc -c) / 1000))"
done
