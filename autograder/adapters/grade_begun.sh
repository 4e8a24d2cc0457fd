#!/bin/sh
# Grades what a learner has begun, for CI: each exercise whose file says TODO(learner) no more. The others are
# named, and cost nothing.
#
#   usage: grade_begun.sh EXERCISES [OPTION...]     options of build/grade; EXERCISES holds 02-process/process.c
#
# NOTES (environment): a file that what was not graded is added to, as Markdown. Exit status: 0 full marks, or
# nothing is begun; 1 marks lost; 2 could not grade.
set -eu

exercises=${1:?usage: grade_begun.sh EXERCISES [OPTION...]}
shift
grader=$(cd "$(dirname "$0")/../.." && pwd)
NOTES=${NOTES:-/dev/null}

say ()
{
	echo "$*"
	printf '%s\n\n' "$*" >>"$NOTES"
}

# What is behind a link could be anybody's.
if [ -L "$exercises" ] || [ ! -d "$exercises" ]
then
	echo "grade_begun: $exercises is no folder" >&2
	exit 2
fi
begun=''
stubs=''
missing=''
for folder in "$grader"/exercises/[0-9]*/
do
	id=$(basename "$folder")
	file=$exercises/$id/${id#*-}.c
	if [ ! -e "$file" ]
	then
		missing="$missing $id"
	elif [ -f "$file" ] && grep -q 'TODO(learner)' "$file"
	then
		stubs="$stubs $id"
	else
		begun="$begun $id"
	fi
done
[ -z "$stubs" ] || say "Not graded, for they still say TODO(learner):$stubs."
[ -z "$missing" ] || say "Not graded, for there is no file:$missing."
if [ -z "$begun" ]
then
	say "Nothing is begun yet."
	exit 0
fi
# shellcheck disable=SC2086 # a list of words
exec "$grader/build/grade" --submission "$exercises" "$@" $begun
