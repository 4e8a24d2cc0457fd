# What the benchmarks' tables have in common: reading samples, and what is to be said of them. Goes in front
# of table.awk or downloads.awk, which fills label[], the names of the cases that there are.
#
# A sample is a line with a tab: a case and nanoseconds for a unit of it; or a case and what is the matter
# with it, "not there" or "failed". A line "about", tab, text is a line of the head. Of several samples of a case
# the least counts, for noise only makes a run slower; the median stands beside it.

BEGIN { FS = "\t" }

$1 == "about" { about[++abouts] = $2; next }
!($1 in label) { refuse("there is no case " $1) }
$2 == "not there" || $2 == "failed" { absent[$1] = $2; next }
$2 !~ /^[0-9]+(\.[0-9]+)?$/ || $2 + 0 == 0 { refuse("no time: " $2) }
{ sample[$1, ++samples[$1]] = $2 + 0 }

function refuse(problem) {
	print FILENAME ":" FNR ": " problem >"/dev/stderr"
	refused = 1
	exit 1
}

# least[] and median[] of every case, and the head of `results`.
function summarize_all(    c, i) {
	if (refused) exit 1
	for (c in label) summarize(c)
	results = folder "/results.txt"
	for (i = 1; i <= abouts; i++) print about[i] >results
}

# least[c] and median[c] of a case that has been measured; one that failed once is not.
function summarize(c,    n, i, j, t, sorted) {
	n = (c in absent) ? 0 : samples[c]
	if (n == 0) {
		if (!(c in absent)) absent[c] = "not measured"
		return
	}
	for (i = 1; i <= n; i++) {
		t = sample[c, i]
		for (j = i - 1; j >= 1 && sorted[j] > t; j--) sorted[j + 1] = sorted[j]
		sorted[j + 1] = t
	}
	least[c] = sorted[1]
	median[c] = n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# As many decimals as three figures take.
function number(x) {
	return sprintf(x < 10 ? "%.2f" : x < 100 ? "%.1f" : "%.0f", x)
}

function commas(x,    text, head) {
	text = x < 10 ? sprintf("%.2f", x) : x < 100 ? sprintf("%.1f", x) : sprintf("%.0f", x)
	for (head = ""; text ~ /^[0-9][0-9][0-9][0-9]+$/; text = substr(text, 1, length(text) - 3))
		head = "," substr(text, length(text) - 2) head
	return text head
}

function measured(a, b) {
	return a in least && b in least
}

# How many times the time of `a` is that of `b`.
function ratio(a, b) {
	return least[a] / least[b]
}

function both(a, b) {
	return commas(ratio(a, b)) " times (medians: " commas(median[a] / median[b]) ")"
}

function target(text, is_reached) {
	print text ": " (is_reached ? "reached" : "NOT reached") " in this run" >results
}
