#!/bin/sh
# Gives the reports in autograder/tests/reports to validators that are not ours: check_reports.sh BUILD.
# The tests of the grader say that these are what the grader writes.
set -eu

reports=$(dirname "$0")/reports
schemas=$(dirname "$0")/schemas
made=$1/tests/reports
mkdir -p "$made"

refused()
{
	echo "check-reports: $1 is refused:" >&2
	cat "$made/said" >&2
	exit 1
}

# python3-jsonschema tells nothing of a file that is as it should be.
json()
{
	/usr/bin/python3 -W ignore -m jsonschema -i "$2" "$schemas/$1.json" >"$made/said" 2>&1 || refused "$2"
	[ ! -s "$made/said" ] || refused "$2"
}

for format in json gradescope exercism classroom50 check50
do
	json "$format" "$reports/$format.json"
done
sed 's/^result=//' "$reports/github-result.txt" | base64 -d >"$made/github-result.json"
json github-result "$made/github-result.json"
tail -n 1 "$reports/autolab.txt" >"$made/autolab-scores.json"
tail -n 2 "$reports/autolab.txt" | head -n 1 >"$made/autolab-feedback.json"
json autolab-scores "$made/autolab-scores.json"
json autolab-feedback "$made/autolab-feedback.json"

xmllint --noout --nonet --schema "$schemas/junit.xsd" "$reports/junit.xml" >"$made/said" 2>&1 || refused junit.xml
for count in tests:testcase failures:failure errors:error skipped:skipped
do
	said=$(xmllint --xpath "string(/testsuites/@${count%:*}) = count(//${count#*:})" "$reports/junit.xml")
	[ "$said" = true ] || { echo "check-reports: junit.xml: ${count%:*} is not what is there" >&2; exit 1; }
done

# TAP::Parser knows version 13, of which 14 has all that is used here. It stops at "Bail out!".
sed 's/^TAP version 14$/TAP version 13/; /^Bail out!/d' "$reports/tap.tap" >"$made/report.tap"
prove --formatter TAP::Formatter::File --exec cat "$made/report.tap" >"$made/said" 2>&1 || :
grep -q '^  Failed tests:  4, 7, 11, 13$' "$made/said" || refused tap.tap
! grep -q 'Parse errors' "$made/said" || refused tap.tap

# No text of a submission may have become markup. (GitHub would remove the script; a link would stay.)
pandoc --from gfm --to html5 "$reports/github-summary.md" >"$made/summary.html" 2>"$made/said" || refused github-summary.md
grep -E '<script|<a |<img|<em>' "$made/summary.html" >"$made/said" && refused github-summary.md
[ "$(grep -c '<table' "$made/summary.html")" -eq 5 ] || refused github-summary.md

tidy -quiet -errors "$reports/html.html" >"$made/said" 2>&1 || refused html.html
xmllint --noout --nonet "$reports/html.html" >"$made/said" 2>&1 || refused html.html
echo "each report is accepted by a validator that is not ours"
