#!/bin/sh
# Grades what was handed in, beside this script: SLUG.c (process.c), or handin.tar. The last line of what it prints is
# the autoresult, and it ends with 0 whatever was found, or make would have the last word.
# GRADER names another place than /opt/grader for the grader that the image has (Dockerfile).
set -u

cd "$(dirname "$0")" || exit 2
exercises=''
sandbox=''
release=''
# shellcheck source=/dev/null
. ./settings

# Without a score nobody gets 0 by a fault of the grader.
not_graded ()
{
	cat said
	printf '\nNot graded, which is no fault of yours. Please tell your instructor: %s.\n{"scores": {}}\n' "$*"
	exit 0
}

# Takes one file out of the archive that was handed in, if it is there. What else is in it stays there.
unpack ()
{
	[ -f handin.tar ] || return 0
	for member in "$1" "./$1"
	do
		(ulimit -f 2048 && exec tar -xf handin.tar -C submission --no-same-owner --no-recursion "$member") 2>/dev/null &&
			break
	done
}

take ()
{
	rm -rf submission
	mkdir submission
	for id in $exercises
	do
		file=${id#*-}.c
		[ ! -f "$file" ] || cp -P "$file" submission/
		unpack "$file"
		unpack "$id/$file"
		unpack "exercises/$id/$file"
	done
}

: >said
# Tango bounds the processes of all its grading, 100 unless told otherwise. A test that starts 100 would fail by that,
# also for root, whose sandboxes inherit the bound.
processes=$(prlimit --noheadings --nproc --output HARD | tr -d ' ')
[ "$processes" = unlimited ] || [ "$processes" -ge 500 ] ||
	not_graded "only $processes processes are allowed here; VM_ULIMIT_USER_PROC in Tango's config.py must be 500 or more"
workbook=${GRADER:-/opt/grader}/workbook
if ! grep -qxF "release=$release" "$workbook/../settings" 2>/dev/null || [ ! -x "$workbook/build/grade" ]
then
	workbook=$PWD/workbook
	make -s -C "$workbook" grader >said 2>&1 || not_graded "the grader could not be built"
fi
take
submission=submission
[ ! -d submission/exercises ] || [ -L submission/exercises ] || submission=submission/exercises
: >said
# shellcheck disable=SC2086 # a list of words
"$workbook/build/grade" --submission "$submission" --require-sandbox "$sandbox" --exit-zero --format autolab \
	$exercises >report 2>said
[ -s report ] || not_graded "the grader could not begin"
cat said report
exit 0
