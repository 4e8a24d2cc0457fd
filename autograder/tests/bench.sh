#!/bin/sh
# Measures the grader: how long a learner waits for a verdict, and whether a busy machine costs marks.
#
#   usage: bench.sh BUILD [RUNS-UNDER-LOAD]       from the top of the workbook; BUILD: where things are made
set -eu

build=$1
loaded_runs=${2:-200}
slug=process
exercise=02-$slug
folder=$(mktemp -d)
chmod 755 "$folder" # the sandbox enters it as another user
load=
trap 'test -z "$load" || kill $load 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cp "solutions/$exercise/$slug.c" "$folder/$slug.c"

verdict () {
	MAKEFLAGS='' make -s grader && TMPDIR=$folder "$build/grade" --submission "$folder" "$exercise" >"$folder/report"
}

echo "From an edited file to the verdict, 11 times, in ms:"
for run in 1 2 3 4 5 6 7 8 9 10 11
do
	echo "// edit $run" >>"$folder/$slug.c"
	begin=$(date +%s%N)
	verdict
	echo $((($(date +%s%N) - begin) / 1000000))
done | sort -n | awk '{ t[NR] = $1 } END { print "  least " t[1] ", median " t[int((NR + 1) / 2)] ", most " t[NR] }'

cpus=$(nproc)
for _ in $(seq "$cpus")
do
	timeout 3600 sh -c 'while :; do :; done' &
	load="$load $!"
done
full=0
begin=$(date +%s)
for run in $(seq "$loaded_runs")
do
	if verdict; then full=$((full + 1)); else cp "$folder/report" "$build/bench-failure-$run.txt"; fi
done
echo "Graded $loaded_runs times while $cpus busy loops ran: $full times full marks, $(($(date +%s) - begin)) s."
test "$full" -eq "$loaded_runs"
echo "$folder/workbook-" >"$folder/pattern" # in a file, or grep would find itself
left=$(grep -lFf "$folder/pattern" /proc/[0-9]*/cmdline 2>/dev/null | wc -l)
echo "Left of it all: $left processes, $(find "$folder" -name 'workbook-*' | wc -l) folders."
test "$left" -eq 0
