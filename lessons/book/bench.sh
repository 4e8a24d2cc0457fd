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

{
	cat <<-'END'
		<!DOCTYPE html>
		<html lang="en">
		<meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<meta name="color-scheme" content="light dark">
		<title>Measured on this machine</title>
		<style>
		body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif; }
		figure { margin: 2rem 0; }
		img { width: 100%; }
		</style>
		<h1>Measured on this machine</h1>
	END
	echo "<p>$(uname -srm), $(nproc) processors.</p>"
	for chart in "$build"/bench/*/*.svg
	do
		test -e "$chart" || continue
		name=${chart#"$build"/bench/}
		name=${name%.svg}
		echo "<figure><img src=\"$name.svg\" alt=\"The numbers of $name.txt as bars.\">"
		echo "<figcaption>$name, $(date -r "$chart" '+%Y-%m-%d %H:%M'): <a href=\"$name.txt\">the numbers</a></figcaption></figure>"
	done
} >"$build/bench/index.html"
echo "The charts are in $build/bench/index.html"
exit "$failed"
