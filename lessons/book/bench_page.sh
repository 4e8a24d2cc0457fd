#!/bin/sh
# Makes the page of all that was measured on this machine: the charts, and the tables that have none.
#
#   usage: bench_page.sh BUILD         BUILD: where things are made
set -eu

build=$1
{
	cat <<-'END'
		<!DOCTYPE html>
		<html lang="en">
		<meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<meta name="color-scheme" content="light dark">
		<title>Measured on this machine</title>
		<style>
		body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif; }
		figure { margin: 2rem 0; }
		img { width: 100%; }
		</style>
		<h1>Measured on this machine</h1>
	END
	echo "<p>$(uname -srm), $(nproc) processors.</p>"
	for chart in "$build"/bench/*/*.svg
	do
		test -e "$chart" || continue
		name=${chart#"$build"/bench/}
		name=${name%.svg}
		echo "<figure><img src=\"$name.svg\" alt=\"The numbers of $name.txt as bars.\">"
		echo "<figcaption>$name, $(date -r "$chart" '+%Y-%m-%d %H:%M'): <a href=\"$name.txt\">the numbers</a></figcaption></figure>"
	done
	echo '<ul>'
	for table in "$build"/bench/*/*.txt
	do
		if ! test -e "$table" || test -e "${table%.txt}.svg"
		then
			continue
		fi
		name=${table#"$build"/bench/}
		echo "<li><a href=\"$name\">$name</a>, $(date -r "$table" '+%Y-%m-%d %H:%M')</li>"
	done
	echo '</ul>'
} >"$build/bench/index.html"
echo "The charts are in $build/bench/index.html"
