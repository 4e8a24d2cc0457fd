#!/bin/sh
# Do table.awk and downloads.awk make the right tables of samples? The inputs are fixed, so every figure is known.
#
#   usage: table_test.sh         from the top of the workbook
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
failed=0
script=table.awk

# Makes the tables of the samples on standard input, whose columns are divided by blanks.
tables () {
	rm -f "$folder"/*
	sed 's/  */\t/' >"$folder/samples"
	awk -v folder="$folder" -f autograder/bench/samples.awk -f "autograder/bench/$script" \
		"$folder/samples" 2>"$folder/errors"
}

# expect FILE LINE: this line is in it. refuse FILE TEXT: this text is not.
expect () {
	grep -qxF -- "$2" "$folder/$1" && return
	printf 'table_test.sh: %s: this line is missing:\n%s\nThere is:\n' "$what" "$2" >&2
	cat "$folder/$1" >&2
	failed=1
}

refuse () {
	grep -qF -- "$2" "$folder/$1" || return 0
	printf 'table_test.sh: %s: this should not be there: %s\n' "$what" "$2" >&2
	failed=1
}

what='every target reached, just so'
tables <<'END'
about A head with  two spaces
number-1/limit 30
number-1/limit 10
number-1/limit 20
number-1/pool 60
number-1/pool 20
number-1/pool 20
number-1/Pool 20000
number-1/Pool 90000
number-1/Pool 40000
start/pool 2000000
start/Pool 30000000
start/executor 20000000
sleep/loop 7900000000
sleep/pool 2000000000
END
expect results.txt 'A head with  two spaces'
expect results.txt 'shared counter, chunk 1               10.0              20.0'
expect results.txt 'Pool.map, chunk 1                    20000             40000'
expect results.txt 'executor.map, chunk 1         not measured'
expect results.txt 'pool_create ... release               2000              2000'
expect results.txt 'C: pool of 8                          2.00              2.00'
expect results.txt "chunk 1: 1,000 times (medians: 2,000) CPython's rate; asked: 1,000: reached in this run"
expect results.txt 'chunk 1: 2.00 times (medians: 1.00) the time of the shared counter; asked: at most 2: reached in this run'
expect results.txt "start, close, join: 10.0 times (medians: 10.0) as fast as CPython's faster one; asked: 10: reached in this run"
expect results.txt 'sleep program: 3.95 times as fast as the plain loop; asked: 3.95: reached in this run'
expect number.txt 'Pool.map, chunk 1                    20000             40000'
refuse number.txt executor
refuse number.txt asked
expect page.txt '$ ./autograder/bench/bench.sh'

what='every target missed, just so'
tables <<'END'
number-1/limit 10
number-1/pool 20.1
number-1/Pool 20000
start/pool 2000000
start/Pool 19900000
start/executor 30000000
sleep/loop 7890000000
sleep/pool 2000000000
END
expect results.txt "chunk 1: 995 times (medians: 995) CPython's rate; asked: 1,000: NOT reached in this run"
expect results.txt 'chunk 1: 2.01 times (medians: 2.01) the time of the shared counter; asked: at most 2: NOT reached in this run'
expect results.txt "start, close, join: 9.95 times (medians: 9.95) as fast as CPython's faster one; asked: 10: NOT reached in this run"
expect results.txt 'sleep program: 3.94 times as fast as the plain loop; asked: 3.95: NOT reached in this run'

what='no python3; a median of an even number; figures of any size'
tables <<'END'
number-1/limit 8.125
number-1/limit 9.125
number-1/pool 1234567.4
number-1/Pool not there
start/Pool not there
END
expect results.txt 'shared counter, chunk 1               8.12              8.62'
expect results.txt 'pool_map, chunk 1                  1234567           1234567'
expect results.txt 'Pool.map, chunk 1                not there'
expect results.txt 'chunk 1: 151,947 times (medians: 143,138) the time of the shared counter; asked: at most 2: NOT reached in this run'
refuse results.txt CPython\'s
refuse number.txt 'not there'

what='a case that failed once is not measured'
tables <<'END'
number-1/limit 10
number-1/pool 10
number-1/pool failed
number-1/pool 10
END
expect results.txt 'pool_map, chunk 1                   failed'
refuse results.txt asked

# refuse_samples SAMPLE...: none of them makes a table.
refuse_samples () {
	what='what is no sample is refused'
	for sample in "$@"
	do
		if echo "$sample" | tables
		then
			echo "table_test.sh: $what: $sample was not" >&2
			failed=1
		fi
	done
}

refuse_samples 'number-1/nobody 10' 'number-1/pool' 'number-1/pool 0' 'number-1/pool -1' 'number-1/pool nan'

script=downloads.awk
what='downloads: every target reached, just so'
tables <<'END'
about A head
images-10-50/one-session 600000000
images-10-50/one-session 500000000
images-10-50/session-each 510000000
images-10-50/pool 105000000
images-10-50/pool 107000000
images-10-50/py-one-session 500000000
images-10-50/py-one-session 700000000
images-10-50/py-pool 250000000
images-10-50/bare 104000000
images-10-50/curl 200000000
images-10-100/one-session 1001000000
images-10-100/pool 210000000
pages-160-100/sessions 2100000000
END
expect results.txt 'A head'
expect results.txt "10 images, 50 ms each      least, ms  median, ms  of limit  speed-up  Python's"
expect results.txt 'limit, one at a time             500'
expect results.txt 'limit, 8 at a time               100'
expect results.txt 'C, sequential                  500.0       550.0     1.000      1.00     1.000'
expect results.txt 'C, session for each            510.0       510.0     1.020      0.98'
expect results.txt 'C, pool                        105.0       106.0     1.050      4.76     2.381'
expect results.txt 'C, processes and sockets       104.0       104.0     1.040      4.81'
expect results.txt 'curl --parallel                200.0       200.0     2.000      2.50'
expect results.txt 'Python, pool                   250.0       250.0     2.500      2.00'
expect results.txt 'C, pool + sessions            2100.0      2100.0     1.050'
refuse results.txt 'C, process for each'
expect results.txt '10 images, 50 ms, C, pool: 1.050 times (median: 1.060) the limit; asked: at most 1.05: reached in this run'
expect results.txt '160 pages, 100 ms, C, pool + sessions: 1.050 times (median: 1.050) the limit; asked: at most 1.05: reached in this run'
expect results.txt '10 images, 50 ms, C, sequential: Python takes 1.000 times (medians: 1.091) as long; asked: at least 1: reached in this run'
# shellcheck disable=SC2016 # what chart.sh takes for a command
expect images-10.txt '$ ./autograder/bench/downloads.sh'
expect images-10.txt 'way                       50 ms each  100 ms each'
expect images-10.txt 'limit, 8 at a time               100         200'
expect images-10.txt 'C, sequential                    500        1001'
refuse images-10.txt 'session for each'

what='downloads: every target missed, just so; what is not there'
tables <<'END'
images-60-50/one-session 3000000000
images-60-50/py-one-session 2990000000
images-60-50/pool 421000000
images-60-50/sessions 840000000
images-60-50/sessions failed
images-60-50/curl not there
END
expect results.txt '60 images, 50 ms, C, pool: 1.052 times (median: 1.052) the limit; asked: at most 1.05: NOT reached in this run'
expect results.txt '60 images, 50 ms, C, sequential: Python takes 0.997 times (medians: 0.997) as long; asked: at least 1: NOT reached in this run'
expect results.txt 'C, pool + sessions            failed'
expect results.txt 'curl --parallel            not there'
refuse results.txt 'pool + sessions: '

refuse_samples 'images-10-51/pool 10' 'images-10-50/nobody 10' 'images-10-50/pool'
exit "$failed"
