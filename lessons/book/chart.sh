#!/bin/sh
# Draws the table that a lesson's program has printed, as an SVG that follows light and dark by itself.
#
#   usage: chart.sh TRANSCRIPT SCRIPT >CHART
#
# The transcript is the command, then the names of the columns, then the rows: a name and numbers. Two
# spaces or more lie between columns. An empty line ends the table. SCRIPT is NAME.gp: see chart.gp.
set -eu

transcript=$1
script=$2
book=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

# The table with tabs between its columns.
awk -v table="$folder/table" '
	function refuse(problem) {
		print FILENAME ":" FNR ": " problem >"/dev/stderr"
		refused = 1
		exit 1
	}
	{ sub(/ +$/, "") }
	NR == 1 && !/^\$ \.\// { refuse("a transcript begins with its command") }
	NR == 1 { next }
	/^\[exit status / { refuse("a program that fails has measured nothing: " $0) }
	/^$/ { ended = 1 }
	ended { next }
	{ fields = split($0, field, /  +/) }
	NR == 2 && (fields < 2 || fields > 5) {
		refuse("a name and 1 to 4 numbers make a row, with two spaces or more between them; the heading has " fields " columns")
	}
	NR == 2 { columns = fields }
	fields != columns { refuse(fields " columns under a heading of " columns ": two spaces or more lie between columns") }
	length(field[1]) > 24 { refuse("more than 24 letters name a row: " field[1]) }
	{
		line = field[1]
		for (i = 2; i <= fields; i++) {
			if (NR > 2 && field[i] !~ /^[0-9]+(\.[0-9]+)?$/) refuse("not a number: " field[i])
			line = line "\t" field[i]
		}
		print line >table
		rows = NR - 2
	}
	END {
		if (refused) exit 1
		if (rows < 1) refuse("a table without rows")
		printf "data = \"%s\"; rows = %d; columns = %d", table, rows, columns
	}' "$transcript" >"$folder/facts"

LC_ALL=C.UTF-8 gnuplot -d -e "$(cat "$folder/facts")" "$book/chart.gp" "$script" >"$folder/drawing"

# What only gnuplot needs goes, and the colours with it: text and lines take the colour of the text, the
# bars a class, tone1 to tone4.
perl -0777 -pe '
	s/<\?xml.*?(?=<svg)//s;
	s/<(title|desc|defs)>.*?<\/\1>\s*//gs;
	s/\s(id|color|xmlns:xlink)="[^"]*"//g;
	s/<svg([^>]*)>/my $tag = "<svg$1"; $tag =~ s,\s+, ,g; $tag =~ s, $,,; "$tag>"/e;
	s/(stroke|fill)=.(black|rgb\( *0, *0, *0\))./$1="currentColor"/g;
	s/stroke=.gray. //g;
	s/fill = .rgb\( *0, *0, *([1-4])\)./class="tone$1"/g;
	1 while s/<g[^>]*>\s*(<text><\/text>\s*)?<\/g>\s*//g;
' "$folder/drawing" >"$folder/chart"
if ! grep -q 'class="tone1"' "$folder/chart" || grep -Eq 'rgb\(|<use|<image' "$folder/chart"
then
	echo "$script: a chart is drawn by @bars, @logarithmic_bars or @timeline" >&2
	exit 1
fi

# The colours are those of the book. A page leaves this style out, for it has its own.
{
	sed -n '1p' "$folder/chart"
	echo '<style>'
	echo 'svg {'
	echo '	color-scheme: light dark;'
	sed -En '/^	--(page|text|line|tone[1-4]): /p' "$book/book.css"
	echo '	background: var(--page);'
	echo '	color: var(--text);'
	echo '}'
	echo '.gridline { stroke: var(--line); }'
	for tone in 1 2 3 4
	do
		echo ".tone$tone { fill: var(--tone$tone); }"
	done
	echo '</style>'
	sed '1d' "$folder/chart"
}
