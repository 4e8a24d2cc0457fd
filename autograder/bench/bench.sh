#!/bin/sh
# Measures what it costs to have an item done by another process: by the workbook's pool, by CPython's, by
# xargs, and by what can be expected at best.
#
#   usage: bench.sh BUILD [ROUNDS]       from the top of the workbook; BUILD: where things are made
#
# Cases take turns, each in a program run of its own, so that a busy minute hits all alike. No result makes it
# fail: only a case that cannot be measured does, and CPython and xargs may be absent.
set -eu

build=$1
rounds=${2:-5}
folder=$build/bench/pool
samples=$folder/samples.tsv
here=autograder/bench
failed=0
mkdir -p "$folder"
rm -f "$folder"/*.txt "$folder"/*.svg

load () {
	cut -d ' ' -f 1 /proc/loadavg
}

# measure NEEDED CASE PROGRAM...: without the command NEEDED the case is not there.
measure () {
	needed=$1
	name=$2
	shift 2
	if ! command -v "$needed" >/dev/null
	then
		time='not there'
	elif ! time=$("$@" "$name" "$workers")
	then
		time=failed
		failed=1
	fi
	printf '%s\t%s\n' "$name" "$time" >>"$samples"
}

in_c () {
	for name in "$@"
	do
		measure sh "$name" "$build/dispatch"
	done
}

in_python () {
	for name in "$@"
	do
		measure python3 "$name" python3 "$here/dispatch.py"
	done
}

workers=$("$build/dispatch" workers)
python=$(python3 "$here/dispatch.py" version 2>/dev/null) || python='no python3'
load_before=$(load)
: >"$samples"
for round in $(seq "$rounds")
do
	echo "round $round of $rounds"
	in_c number-1/limit number-1/pool number-auto/pool number-1/channel page-1/limit page-1/pool page-auto/pool start/pool
	measure xargs number-1/xargs "$build/dispatch"
	in_python number-1/Pool number-auto/Pool number-1/executor number-auto/executor
	in_python page-1/Pool page-auto/Pool page-1/executor page-auto/executor start/Pool start/executor
done
echo "the program that sleeps"
in_c sleep/loop sleep/pool
in_python sleep/Loop sleep/Pool

{
	printf 'about\t%s\n' 'Dispatch: what it costs to have an item done by another process' \
		"$(uname -srm), $(nproc) processors, $workers workers; $python, workers by fork; $(date '+%Y-%m-%d %H:%M')" \
		"Rounds: $rounds, cases by turns; the sleep program once. Load before: $load_before, after: $(load)" \
		"executor.map has no automatic chunks: it gets those of Pool.map"
	cat "$samples"
} >"$samples.all"
mv "$samples.all" "$samples"
awk -v folder="$folder" -f "$here/samples.awk" -f "$here/table.awk" "$samples"
sed 's/^./  &/' "$folder/results.txt"
for chart in number page start
do
	lessons/book/chart.sh "$folder/$chart.txt" "$here/$chart.gp" >"$folder/$chart.svg"
done
lessons/book/bench_page.sh "$build"
exit "$failed"
