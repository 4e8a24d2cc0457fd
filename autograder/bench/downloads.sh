#!/bin/sh
# Measures how long it takes to get files that each let one wait, in several ways: one after the other and by eight
# processes, by the workbook's downloads, by CPython's standard library and by curl.
#
#   usage: downloads.sh BUILD [ROUNDS]       from the top of the workbook; BUILD: where things are made
#
# Cases take turns, each in a program run of its own; those that take long sit out the later rounds. One image server
# serves them all. No result makes it fail: only a case that cannot be measured does, and python3 and curl may be
# absent.
set -eu

build=$1
rounds=${2:-5}
folder=$build/bench/download
samples=$folder/samples.tsv
here=autograder/bench
workers=8
round_ms=350 # of a case, in each round on average; each is measured once at least
failed=0
server=
files=$(mktemp -d)
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$files"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$folder"
rm -f "$folder"/*.txt "$folder"/*.svg

load () {
	cut -d ' ' -f 1 /proc/loadavg
}

# Starts the server. Its address comes when 60 pictures are drawn, so that no download waits for that.
serve () {
	mkfifo "$files/address"
	"$build/imageserver" --draw 60 --with-parent >"$files/address" &
	server=$!
	read -r address <"$files/address"
	address=${address%/}
}

# measure NEEDED CASE PROGRAM...: without the command NEEDED the case is not there.
measure () {
	needed=$1
	name=$2
	shift 2
	rm -rf "$files/got"
	mkdir "$files/got"
	if ! command -v "$needed" >/dev/null
	then
		time='not there'
	elif ! time=$("$@" "$name" "$address" "$files/got")
	then
		time=failed
		failed=1
	fi
	printf '%s\t%s\n' "$name" "$time" >>"$samples"
}

# is_due COUNT DELAY AT-ONCE: whether this case takes part in this round.
is_due () {
	turns=$((($1 + $3 - 1) / $3))
	test "$round" -eq 1 || test $((round * turns * $2)) -le $((rounds * round_ms))
}

# measure_load KIND COUNT DELAY: in every way. A session for each link one after the other: with ten links alone.
measure_load () {
	case=$1-$2-$3
	one_by_one=one-session
	test "$2" -gt 10 || one_by_one='one-session session-each'
	for way in $one_by_one
	do
		is_due "$2" "$3" 1 || break
		measure sh "$case/$way" "$build/downloads"
		measure python3 "$case/py-$way" python3 "$here/downloads.py"
	done
	is_due "$2" "$3" "$workers" || return 0
	for way in processes pool sessions
	do
		measure sh "$case/$way" "$build/downloads"
		measure python3 "$case/py-$way" python3 "$here/downloads.py"
	done
	measure sh "$case/bare" "$build/downloads"
	measure curl "$case/curl" "$build/downloads"
}

python=$(python3 "$here/downloads.py" version 2>/dev/null) || python='no python3'
curl=$(curl --version 2>/dev/null | cut -d ' ' -f 1,2 | head -n 1) || curl=
load_before=$(load)
: >"$samples"
serve
for round in $(seq "$rounds")
do
	echo "round $round of $rounds"
	for delay in 50 100
	do
		measure_load images 10 $delay
		measure_load images 60 $delay
		measure_load pages 160 $delay
	done
done

{
	printf 'about\t%s\n' "Downloads that each let one wait, one after the other and by $workers processes" \
		"$(uname -srm), $(nproc) processors; $python, processes by fork; ${curl:-no curl}; $(date '+%Y-%m-%d %H:%M')" \
		"Rounds: $rounds, cases by turns, those that take long less often. Load before: $load_before, after: $(load)" \
		"of limit: the time, divided by what the delays take that cannot overlap; speed-up: the language's sequential way" \
		"with one session (curl: C's), divided by it; Python's: how many times as long Python takes in the same way" \
		"From the links to the files; in it: the start and end of processes, and of the command curl; not in it: the" \
		"start of the other programs, and what their libraries do once (libcurl's curl_global_init, Python's imports)"
	cat "$samples"
} >"$samples.all"
mv "$samples.all" "$samples"
awk -v folder="$folder" -f "$here/samples.awk" -f "$here/downloads.awk" "$samples"
sed 's/^./  &/' "$folder/results.txt"
for chart in images-10 images-60 pages-160
do
	test -e "$folder/$chart.txt" || continue # nothing could be measured
	lessons/book/chart.sh "$folder/$chart.txt" "$here/$chart.gp" >"$folder/$chart.svg"
done
lessons/book/bench_page.sh "$build"
exit "$failed"
