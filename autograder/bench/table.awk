# From samples of dispatch to tables: results.txt with everything, and a table for each chart.
#
#   usage: awk -v folder=DIR -f samples.awk -f table.awk SAMPLES

BEGIN {
	group("number", "int64 in and out", "ns an item", 1)
	row("number-1/limit", "shared counter, chunk 1")
	row("number-1/pool", "pool_map, chunk 1")
	row("number-auto/pool", "pool_map, automatic")
	row("number-1/channel", "a message for each item")
	row("number-1/xargs", "xargs -P -n 1 true")
	row("number-1/Pool", "Pool.map, chunk 1")
	row("number-auto/Pool", "Pool.map, automatic")
	row("number-1/executor", "executor.map, chunk 1")
	row("number-auto/executor", "executor.map, automatic")
	group("page", "1 KiB in and out", "ns an item", 1)
	row("page-1/limit", "shared counter, chunk 1")
	row("page-1/pool", "pool_map, chunk 1")
	row("page-auto/pool", "pool_map, automatic")
	row("page-1/Pool", "Pool.map, chunk 1")
	row("page-auto/Pool", "Pool.map, automatic")
	row("page-1/executor", "executor.map, chunk 1")
	row("page-auto/executor", "executor.map, automatic")
	group("start", "start, close and join 8", "us", 1e3)
	row("start/pool", "pool_create ... release")
	row("start/Pool", "Pool, close, join")
	row("start/executor", "executor, shutdown")
	group("sleep", "4 tasks that sleep 2 s", "s", 1e9)
	row("sleep/loop", "C: plain loop")
	row("sleep/pool", "C: pool of 8")
	row("sleep/Loop", "CPython: plain loop")
	row("sleep/Pool", "CPython: Pool(8)")
}

END {
	summarize_all()
	for (g = 1; g <= groups; g++) {
		print "" >results
		table(results, g, "not left out")
		if (group_name[g] == "sleep") continue
		chart = folder "/" group_name[g] ".txt"
		print "$ ./autograder/bench/bench.sh" >chart
		table(chart, g, "")
	}
	print "" >results
	judge()
}

function group(name, title, unit, scale) {
	group_name[++groups] = name
	group_title[groups] = title
	group_unit[groups] = unit
	group_scale[groups] = scale
}

function row(name, text) {
	label[name] = text
	rows[groups]++
	case_of[groups, rows[groups]] = name
}

# A heading and the rows of a group; those that were not measured say so, or are left out.
function table(file, g, with_absent,    r, c, unit) {
	unit = group_unit[g]
	printf "%-24s  %16s  %16s\n", group_title[g], "least, " unit, "median, " unit >file
	for (r = 1; r <= rows[g]; r++) {
		c = case_of[g, r]
		if (c in least)
			printf "%-24s  %16s  %16s\n", label[c], number(least[c] / group_scale[g]), number(median[c] / group_scale[g]) >file
		else if (with_absent)
			printf "%-24s  %16s\n", label[c], absent[c] >file
	}
}

# What was asked for, and whether this run has shown it. Ratios are of the least times.
function judge(    fastest) {
	print "Ratios of the least times:" >results
	if (measured("number-1/Pool", "number-1/pool"))
		target("chunk 1: " both("number-1/Pool", "number-1/pool") " CPython's rate; asked: 1,000", \
			ratio("number-1/Pool", "number-1/pool") >= 1000)
	if (measured("number-1/pool", "number-1/limit"))
		target("chunk 1: " both("number-1/pool", "number-1/limit") " the time of the shared counter; asked: at most 2", \
			ratio("number-1/pool", "number-1/limit") <= 2)
	fastest = "start/Pool"
	if (measured("start/executor", fastest) && least["start/executor"] < least[fastest]) fastest = "start/executor"
	if (measured(fastest, "start/pool"))
		target("start, close, join: " both(fastest, "start/pool") " as fast as CPython's faster one; asked: 10", \
			ratio(fastest, "start/pool") >= 10)
	if (measured("sleep/loop", "sleep/pool"))
		target("sleep program: " commas(ratio("sleep/loop", "sleep/pool")) " times as fast as the plain loop; asked: 3.95", \
			ratio("sleep/loop", "sleep/pool") >= 3.95)
	if (measured("sleep/Loop", "sleep/Pool"))
		print "sleep program in CPython: " commas(ratio("sleep/Loop", "sleep/Pool")) " times as fast as the plain loop" >results
	if (measured("number-auto/Pool", "number-auto/pool"))
		print "automatic chunks: " both("number-auto/Pool", "number-auto/pool") " CPython's rate" >results
	if (measured("number-1/executor", "number-1/pool"))
		print "chunk 1: " both("number-1/executor", "number-1/pool") " the executor's rate" >results
	if (measured("number-1/channel", "number-1/pool"))
		print "chunk 1: " both("number-1/channel", "number-1/pool") " the rate of a message for each item" >results
	if (measured("number-1/xargs", "number-1/pool"))
		print "chunk 1: " both("number-1/xargs", "number-1/pool") " the rate of xargs" >results
	if (measured("page-1/Pool", "page-1/pool"))
		print "1 KiB, chunk 1: " both("page-1/Pool", "page-1/pool") " CPython's rate" >results
	if (measured("page-1/pool", "page-1/limit"))
		print "1 KiB, chunk 1: " both("page-1/pool", "page-1/limit") " the time of the shared counter, which copies nothing" >results
}
