#!/bin/sh
# The library as a drawing for graphviz: a box for each module, and an arrow to it from each module that it uses.
# What uses what is read from the solutions and the contracts. What follows from other arrows needs none.
# A starter has no sources to read it from, but the drawing.
set -eu

if [ -e solutions/modules.dot ]
then
	exec cat solutions/modules.dot
fi

module () { # 08-pool -> pool
	printf '%s\n' "${1#*-}"
}

{
	echo 'digraph modules {'
	echo '	rankdir=LR; nodesep=0.22; ranksep=0.28; bgcolor="transparent";'
	echo '	node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=12, margin="0.1,0.07"];'
	echo '	edge [arrowsize=0.7];'
	for contract in exercises/[0-9]*/
	do
		slug=$(basename "$contract")
		name=$(module "$slug")
		source=solutions/$slug/$name.c
		used=$(sed -n 's/^#include "\([a-z-]*\)\.h"$/\1/p' "$source" "exercises/$slug/$name.h" 2>/dev/null | grep -vx "$name" || true)
		tone=tone2
		[ -n "$used" ] || tone=tone1
		number=${slug%%-*}
		printf '	"%s" [class="%s", label="%s\\nlesson %s"];\n' "$name" "$tone" "$name" "${number#0}"
		for other in $used
		do
			printf '	"%s" -> "%s";\n' "$other" "$name"
		done
	done
	echo '}'
} | tred
