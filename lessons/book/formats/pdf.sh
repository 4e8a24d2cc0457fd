#!/bin/sh
# Prints the book: pdf.sh BOOK.html BOOK.pdf. On which pages its sections are is known only when it has been printed
# once, so it is printed twice, the second time with these numbers in the contents: BOOK.numbered.html.
set -eu

page=$1
numbered=${1%.html}.numbered.html
pdf=$2
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
trap 'exit 130' HUP INT TERM

# As root chromium has no sandbox; it shows nothing but this page.
as_root=
[ "$(id -u)" -ne 0 ] || as_root=--no-sandbox

# Lines of code have numbers, not places that could be linked to.
sed -i 's, *<a href="#cb[0-9-]*" aria-hidden="true" tabindex="-1"></a>,,g' "$page"

# Prints $1.
print()
{
	chromium --headless $as_root --disable-gpu --disable-background-networking --disable-component-update \
		--disable-sync --no-first-run --user-data-dir="$profile" --no-pdf-header-footer \
		--generate-pdf-document-outline --print-to-pdf="$pdf.new" "file://$(realpath "$1")" >"$profile/log" 2>&1 || {
		tail -n 5 "$profile/log" >&2
		exit 1
	}
}

# "page-02-process--fork 12": the page of each place
places()
{
	pdfinfo -dests "$pdf.new" | sed -n 's/^ *\([0-9]*\) \[.*\] "\(.*\)"$/\2 \1/p'
}

print "$page"
places >"$profile/places"
awk '
	FILENAME != ARGV[2] { page[$1] = $2; next }
	{
		while (match($0, /data-of="[^"]*">/)) {
			place = substr($0, RSTART + 9, RLENGTH - 11)
			if (!(place in page)) { print place " is on no page" >"/dev/stderr"; exit 1 }
			$0 = substr($0, 1, RSTART - 1) ">" page[place] substr($0, RSTART + RLENGTH)
		}
		print
	}' "$profile/places" "$page" >"$numbered"
print "$numbered"
places | cmp -s - "$profile/places" || { echo "$pdf: the page numbers have moved the pages" >&2; exit 1; }

# When it was printed is overwritten with spaces, so that no offset moves and the same book is the same file.
LC_ALL=C sed -i '1,/^endobj/ { /^\/\(Creation\|Mod\)Date / s/[^>]/ /g }' "$pdf.new"
mv "$pdf.new" "$pdf"
