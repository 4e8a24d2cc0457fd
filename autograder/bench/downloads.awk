# From samples of downloads to tables: results.txt with everything, and a table for each chart.
#
#   usage: awk -v folder=DIR -f samples.awk -f downloads.awk SAMPLES
#
# A case is LOAD-DELAY/WAY: "images-60-100/pool" are 60 images, each with a delay of 100 ms, got by a pool. Its limit
# is what the delays alone take: the delay, as often as each of its workers has to wait for it.

BEGIN {
	workers = 8
	way("one-session", "C, sequential", 1)
	way("session-each", "C, session for each", 1)
	way("processes", "C, process for each", workers)
	way("pool", "C, pool", workers)
	way("sessions", "C, pool + sessions", workers)
	way("bare", "C, processes and sockets", workers)
	way("curl", "curl --parallel", workers)
	way("py-one-session", "Python, sequential", 1)
	way("py-session-each", "Python, session for each", 1)
	way("py-processes", "Python, process for each", workers)
	way("py-pool", "Python, pool", workers)
	way("py-sessions", "Python, pool + sessions", workers)
	load("images-10", "10 images", 10)
	load("images-60", "60 images", 60)
	load("pages-160", "160 pages", 160)
	delays = split("50 100", delay, " ")
	for (l = 1; l <= loads; l++)
		for (d = 1; d <= delays; d++)
			for (w = 1; w <= ways; w++) add_case(l, d, w)
}

END {
	summarize_all()
	for (l = 1; l <= loads; l++) {
		for (d = 1; d <= delays; d++) table(l, d)
		chart(l)
	}
	print "" >results
	judge()
}

function way(name, text, at_once) {
	way_name[++ways] = name
	way_text[ways] = text
	way_workers[ways] = at_once
}

function load(name, text, count) {
	load_name[++loads] = name
	load_text[loads] = text
	load_count[loads] = count
}

function case_of(l, d, w) {
	return load_name[l] "-" delay[d] "/" way_name[w]
}

function add_case(l, d, w,    c) {
	c = case_of(l, d, w)
	label[c] = load_text[l] ", " delay[d] " ms, " way_text[w]
	limit[c] = limit_ms(l, d, way_workers[w]) * 1e6
}

function limit_ms(l, d, at_once) {
	return delay[d] * int((load_count[l] + at_once - 1) / at_once)
}

# Three decimals, for a hundredth is much here.
function fine(x) {
	return sprintf("%.3f", x)
}

# Every way to get the load, with what it cost beside its limit, the sequential way, and Python.
function table(l, d,    w) {
	print "" >results
	printf "%-24s  %10s  %10s  %8s  %8s  %8s\n", load_text[l] ", " delay[d] " ms each", "least, ms", "median, ms", "of limit", "speed-up", "Python's" >results
	printf "%-24s  %10d\n", "limit, one at a time", limit_ms(l, d, 1) >results
	printf "%-24s  %10d\n", "limit, " workers " at a time", limit_ms(l, d, workers) >results
	for (w = 1; w <= ways; w++) table_row(l, d, w)
}

function table_row(l, d, w,    c, python, sequential, line) {
	c = case_of(l, d, w)
	sequential = load_name[l] "-" delay[d] (way_name[w] ~ /^py-/ ? "/py-one-session" : "/one-session")
	python = load_name[l] "-" delay[d] "/py-" way_name[w]
	if (c in least)
		line = sprintf("%-24s  %10.1f  %10.1f  %8s  %8s  %8s", way_text[w], least[c] / 1e6, median[c] / 1e6, \
			fine(least[c] / limit[c]), \
			(sequential in least ? number(ratio(sequential, c)) : ""), \
			(python in least ? fine(ratio(python, c)) : ""))
	else if (absent[c] != "not measured")
		line = sprintf("%-24s  %10s", way_text[w], absent[c])
	sub(/ +$/, "", line)
	if (line != "") print line >results
}

# The ways that were measured with every delay, a column for each, and the limits. None, and there is no chart.
function chart(l,    file, d, w, line, rows, complete) {
	for (w = 1; w <= ways; w++) {
		complete = 1
		line = sprintf("%-24s", way_text[w])
		for (d = 1; d <= delays; d++) {
			if (case_of(l, d, w) in least)
				line = line sprintf("  %10.0f", least[case_of(l, d, w)] / 1e6)
			else
				complete = 0
		}
		if (complete) rows = rows line "\n"
	}
	if (rows == "") return
	file = folder "/" load_name[l] ".txt"
	print "$ ./autograder/bench/downloads.sh" >file
	line = sprintf("%-24s", "way")
	for (d = 1; d <= delays; d++) line = line sprintf("  %10s", delay[d] " ms each")
	print line >file
	line = sprintf("%-24s", "limit, " workers " at a time")
	for (d = 1; d <= delays; d++) line = line sprintf("  %10d", limit_ms(l, d, workers))
	printf "%s\n%s", line, rows >file
}

# What was asked for, and whether this run has shown it. Ratios are of the least times.
function judge(    l, d, w) {
	print "Ratios of the least times:" >results
	for (l = 1; l <= loads; l++)
		for (d = 1; d <= delays; d++) {
			for (w = 1; w <= ways; w++)
				if (way_name[w] == "pool" || way_name[w] == "sessions") judge_limit(case_of(l, d, w))
			judge_python(load_name[l] "-" delay[d])
		}
}

function judge_limit(c) {
	if (c in least)
		target(label[c] ": " fine(least[c] / limit[c]) " times (median: " fine(median[c] / limit[c]) ") the limit; asked: at most 1.05", \
			least[c] / limit[c] <= 1.05)
}

function judge_python(task,    c, python) {
	c = task "/one-session"
	python = task "/py-one-session"
	if (measured(python, c))
		target(label[c] ": Python takes " fine(ratio(python, c)) " times (medians: " fine(median[python] / median[c]) ") as long; asked: at least 1", \
			ratio(python, c) >= 1)
}
