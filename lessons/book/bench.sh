#!/bin/sh
# Measures on this machine what the lessons' programs measure: tables, charts and a page of all charts.
#
#   usage: bench.sh BUILD SLUG/PROGRAM...         from the top of the workbook; BUILD: where things are made
#
# One program at a time, or they would measure each other. One that fails stops none of the others.
set -eu

seconds=60 # for one program: more than for a lesson's output, for slow machines have to be measured, too
build=$1
shift
failed=0
for name in "$@"
do
	table=$build/bench/$name.txt
	chart=$build/bench/$name.svg
	mkdir -p "$(dirname "$table")"
	rm -f "$chart"
	echo "$name:"
	if lessons/book/transcript.sh "$build/lessons/$name" "$seconds" >"$table" && sed '1d; s/^./  &/' "$table" &&
		lessons/book/chart.sh "$table" "lessons/$name.gp" >"$chart.part"
	then
		mv "$chart.part" "$chart"
	else
		rm -f "$chart.part"
		failed=1
	fi
	echo
done

lessons/book/bench_page.sh "$build"
exit "$failed"
