# How all charts look. chart.sh runs this before a lesson's NAME.gp, which gives title and unit and then
# says @bars, @logarithmic_bars or @timeline. From chart.sh: data, a table that begins with the names of its columns
# and whose first column names the rows; rows and columns, how many it has.

if (!exists("data")) { exit error "chart.gp: lessons/book/chart.sh runs it" }

# Colours that nobody sees: chart.sh turns them into classes, and the theme paints those.
set linetype 1 linecolor rgb "#000001"
set linetype 2 linecolor rgb "#000002"
set linetype 3 linecolor rgb "#000003"
set linetype 4 linecolor rgb "#000004"

# Narrow, so that the letters can still be read on a phone.
several = columns > 2
above = several ? 40 + 21 * (columns - 1) : 32
below = 56.0
height = above + 22 * rows * (columns - 0.4) + below
set encoding utf8
set terminal svg dynamic size 440, height font "sans-serif,14" noenhanced
set datafile separator "\t"
set key autotitle columnheader

least = 1e300
most = 0
do for [c = 2:columns] {
	stats data using (column(c)) nooutput
	if (STATS_min < least) { least = STATS_min }
	if (STATS_max > most) { most = STATS_max }
}

if (most == 0) { exit error "every number is 0" }

# The rows from top to bottom, each with a bar for each column.
thickness = 1 / (columns - 0.4)
middle(c) = column(0) + (c - 1 - columns / 2.0) * thickness
set yrange [rows - 0.5:-0.5]
set tmargin at screen 1 - above / height
set bmargin at screen below / height
set style fill solid border linecolor "black"
set border 2
set grid xtics linewidth 2
set tics nomirror scale 0
set key off
if (several) { set key at screen 0.5, screen 1 - 28 / height center top vertical Left reverse samplen 1 }

# Of many decades not each has room for its number.
every(decades) = decades <= 5 ? 10 : decades <= 10 ? 100 : 10000

# To the right of the longest bar there is room for its number.
left = 0
rounded(step) = step <= 1 ? 1 : step <= 2 ? 2 : step <= 5 ? 5 : 10
decade(x) = 10 ** floor(log10(x))
linear = "set xrange [0:1.3 * most]; set xtics decade(most / 4) * rounded(most / 4 / decade(most / 4))"
logarithmic = "if (least <= 0) { exit error 'only numbers above 0 have a logarithm' }; " . \
	"left = 10 ** (ceil(log10(least)) - 1); set logscale x; set xrange [left:most * (most / left) ** 0.3]; " . \
	"set xtics every(log10(most / left) * 1.3); " . \
	"if (left >= 1) { set format x '%.0s%c' }"

head = "if (!exists('title') || !exists('unit')) { exit error 'a chart has a title and a unit' }; " . \
	"if (strlen(title) > 50) { exit error 'the title of a chart has 50 letters at the most' }; " . \
	"set label title at screen 0.5, screen 1 - 14 / height center; set xlabel unit offset 0, 0.4; "
draw = head . "plot " . \
	"for [c = 2:columns] data using (left):(middle(c)):(left):(column(c)):" . \
	"(middle(c) - thickness / 2):(middle(c) + thickness / 2) with boxxyerror linetype c - 1 title columnheader(c), " . \
	"for [c = 2:columns] data using (column(c)):(middle(c)):(stringcolumn(c)) with labels left offset 0.4, 0 notitle, " . \
	"data using (left):0:(''):ytic(1) with labels notitle"
bars = linear . "; " . draw
logarithmic_bars = logarithmic . "; " . draw

# A timeline: each row is a worker, an item, its begin and its end. A worker has a line, and in it a bar
# for each of its items. `until` is for several timelines that are to be compared: the end of their axes.
workers = ""
worker = ""
problem = ""
note(name) = name eq worker ? 0 : \
	(problem = strstrt(workers, '"' . name . '"') > 0 ? "the rows of a worker stand together" : problem, \
	workers = workers . '"' . name . '" ', worker = name, 1)
check(begin, end) = end < begin ? (problem = "an item ends before it begins", 1) : 0
place(name) = (sum [i = 1:words(workers)] (word(workers, i) eq name ? i : 0)) - 1
fits(text, length) = length / until * 330 > 8 * strlen(text) # 330: of the width, without the names
timeline = "if (columns != 4) { exit error 'a timeline has worker, item, begin and end' }; " . \
	"set yrange [*:*]; " . \
	"stats data using (valid(3) ? note(stringcolumn(1)) + check(column(3), column(4)) : NaN) nooutput; " . \
	"if (problem ne '') { exit error problem }; " . \
	"stats data using (column(4)) nooutput; " . \
	"if (!exists('until') || until < STATS_max) { until = STATS_max }; " . \
	"above = 32; height = above + 34 * words(workers) + below; " . \
	"set terminal svg dynamic size 440, height font 'sans-serif,14' noenhanced; set key off; " . \
	"set tmargin at screen 1 - above / height; set bmargin at screen below / height; " . \
	"set xrange [0:until]; set xtics decade(until / 4) * rounded(until / 4 / decade(until / 4)); " . \
	"set yrange [words(workers) - 0.5:-0.5]; set ytics (''-1); " . \
	"do for [i = 1:words(workers)] { set ytics add (word(workers, i) i - 1) }; " . \
	head . "plot " . \
	"data using (column(3)):(place(stringcolumn(1))):(column(3)):(column(4)):" . \
	"(place(stringcolumn(1)) - 0.35):(place(stringcolumn(1)) + 0.35) with boxxyerror linetype 1 notitle, " . \
	"data using ((column(3) + column(4)) / 2):(place(stringcolumn(1))):" . \
	"(fits(stringcolumn(2), column(4) - column(3)) ? stringcolumn(2) : '') with labels font ',12' notitle"
