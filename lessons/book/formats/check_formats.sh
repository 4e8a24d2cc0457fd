#!/bin/sh
# Are PDF, EPUB and slides whole and well-formed?
#
#   usage: check_formats.sh BUILD NAME SLUG...
set -eu

build=$1
name=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' HUP INT TERM
pdf=$build/book/$name.pdf
epub=$build/book/$name.epub
decks=$build/book/slides
wrong=0

fault()
{
	echo "check-formats: $*" >&2
	wrong=1
}

# How often a lesson has a block: "^```{.c " (each on a line of its own)
written()
{
	grep -c "$1" "lessons/$2/lesson.md" || true
}

# How often a file has a text, also several times in a line
shown()
{
	grep -o -- "$1" "$2" | wc -l
}

# The same number of something in a lesson and in what was made of it
equal()
{
	[ "$1" -eq "$2" ] || fault "$3: $1 in the lesson, $2 in $4"
}

# --- PDF ---

# Printing it twice takes long; that chromium writes the time is all that differs.
! grep -aoE 'D:[0-9]{14}' "$pdf" >"$folder/dates" || fault "$pdf: built again it is another file, for it holds the time: $(head -n 1 "$folder/dates")"
pdftotext -layout "$pdf" "$folder/book.txt"
pdfinfo -dests "$pdf" >"$folder/places"
front=$(sed -n 's/^ *\([0-9]*\) .*"page-index"$/\1/p' "$folder/places") # what is before it are the contents
for slug
do
	title=$(awk -F '\t' -v slug="$slug" '$1 == slug { print $2 }' "$build/lessons/outline.tsv")
	page=$(sed -n "s/^ *\([0-9]*\) .*\"page-$slug\"\$/\1/p" "$folder/places")
	[ -n "$page" ] || { fault "$pdf: no link leads to $slug"; continue; }
	pdftotext -f "$page" -l "$page" "$pdf" - | grep -qF "$title" || fault "$pdf: page $page, where the contents send for $slug, has not its title"
	pdftotext -f 2 -l "$front" -layout "$pdf" - | grep -q "$title.* $page\$" || fault "$pdf: the contents do not name page $page for $slug"
done
grep -nE '^ *:::|```|\{\.(c|output|quiz|challenge) |file="[^"]*"\}|</?(details|figure|section|span|div|summary)[ >]|&(lt|gt|amp|quot);' "$folder/book.txt" >"$folder/raw" \
	&& fault "$pdf has raw markup: $(head -n 3 "$folder/raw")"
# A heading near the lower edge (points from below; the margin has 62) has no text below it.
awk '$2 == "[" && $5 < 100 && $NF ~ /--/ { print "page " $1 ": " $NF }' "$folder/places" >"$folder/low"
[ ! -s "$folder/low" ] || fault "$pdf: a heading stands alone at the bottom: $(head -n 3 "$folder/low")"
# The first line of a program's listing names it, the last says how to run it: on one page.
awk 'BEGIN { RS = "\f" } {
	begun = gsub(/(^|\n) *[0-9][0-9]-[a-z-]+\/[a-z0-9_]+\.[ch] *\n/, "&")
	ended = gsub(/Run it yourself:/, "&")
	if (begun != ended) print "page " NR ": " begun " begin, " ended " end"
}' "$folder/book.txt" >"$folder/cut"
[ ! -s "$folder/cut" ] || fault "$pdf: listings are cut: $(head -n 3 "$folder/cut")"
grep -o 'href="#[^"]*"' "$build/formats/book.html" | sed 's/href="#/id="/' | sort -u >"$folder/targets"
grep -o 'id="[^"]*"' "$build/formats/book.html" | sort >"$folder/ids"
uniq -d "$folder/ids" >"$folder/twice"
[ ! -s "$folder/twice" ] || fault "the book has an identifier twice: $(head -n 3 "$folder/twice")"
uniq "$folder/ids" | comm -23 "$folder/targets" - >"$folder/dead"
[ ! -s "$folder/dead" ] || fault "a link of the book leads nowhere: $(head -n 3 "$folder/dead")"

# --- EPUB ---

java -jar /usr/share/java/epubcheck.jar --failonwarnings "$epub" >"$folder/epubcheck" 2>&1 || fault "$epub: $(grep -E 'ERROR|WARNING|FATAL' "$folder/epubcheck" | head -n 3)"
cmp "$epub" "$build/formats/again.epub" || fault "$epub: built again it is another file"
[ "$(zipinfo -T "$epub" | awk '$1 ~ /^-/ { print $(NF - 1) }' | sort -u | wc -l)" -eq 1 ] || fault "$epub: its files have different times"
unzip -p "$epub" 'EPUB/text/*.xhtml' >"$folder/book.xhtml"
cat lessons/*/lesson.md lessons/*.md >"$folder/book.md"
equal "$(grep -c '^::: {.quiz ' "$folder/book.md")" "$(shown '<details class="answers">' "$folder/book.xhtml")" questions "$epub"
equal "$(grep -c '^```{.c ' "$folder/book.md")" "$(shown '<figure [^>]*class="listing' "$folder/book.xhtml")" listings "$epub"

# --- Slides ---

{
	sed '/<!-- slides -->/q' "$decks/$1.html"
	for slug
	do
		sed '1,/<!-- slides -->/d; /<!-- end of slides -->/,$d' "$decks/$slug.html" | sed "s/^<section class=\"shows/<section data-deck=\"$slug\" class=\"shows/"
	done
	echo '<style>body { overflow: visible } .reveal .slides > section { position: relative !important; display: block !important }</style><script>'
	cat lessons/book/formats/fit.js lessons/book/formats/overfull.js
	echo '</script></body></html>'
} >"$decks/.measured.html"
as_root=
[ "$(id -u)" -ne 0 ] || as_root=--no-sandbox
chromium --headless $as_root --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run \
	--user-data-dir="$folder/profile" --window-size=1280,720 --dump-dom "file://$(realpath "$decks/.measured.html")" 2>/dev/null |
	sed -n '/BEGIN$/,/^END/p' | sed '1d; $d' >"$folder/found"
rm -f "$decks/.measured.html"
slides=0
for slug
do
	deck=$decks/$slug.html
	slides=$((slides + $(shown '^<section class="shows-' "$deck")))
	equal "$(written '^```{.c ' "$slug")" "$(shown '<figure [^>]*class="listing' "$deck")" listings "$deck"
	equal "$(written '^```{.output ' "$slug")" "$(shown '<figure class="terminal"' "$deck")" outputs "$deck"
	equal "$(written '^!\[' "$slug")" "$(shown '<figure class="diagram' "$deck")" figures "$deck"
	equal "$(written '^::: {.quiz ' "$slug")" "$(shown '^Answer to question ' "$deck" )" questions "$deck"
	equal "$(written '^::: instructor' "$slug")" "$(shown '<div class="instructor">' "$deck")" "notes for instructors" "$deck"
	! grep -nE '(src|<link[^>]* href)="[a-z]*:?//' "$deck" || fault "$deck loads something from elsewhere"
done
[ "$(head -n 1 "$folder/found")" = "$slides slides measured" ] || fault "$slides slides, but $(head -n 1 "$folder/found")"
sed 1d "$folder/found" >"$folder/overfull"
[ ! -s "$folder/overfull" ] || fault "slides are overfull:
$(cat "$folder/overfull")"

[ "$wrong" -eq 0 ] || exit 1
echo "PDF, EPUB and $slides slides are whole"
