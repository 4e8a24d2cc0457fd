#!/bin/sh
# Writes the workbook for learners: without the solutions' sources, mutants, attacks, and what only proves the
# grader. Its files are those of the last commit, so nothing that lies about in the working copy gets out.
#
#   usage: starter.sh MODULES.a OUTPUT.tar.gz
set -eu

modules=$1
output=$2
root=$(git rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

mkdir "$work/workbook"
git -C "$root" archive HEAD | tar -x -C "$work/workbook" --exclude='solutions/*' --exclude='autograder/mutants' \
	--exclude='autograder/hostile' --exclude='autograder/tests' --exclude='autograder/trials' \
	--exclude='autograder/adapters/*.sh' --exclude='autograder/adapters/*.py' \
	--exclude='autograder/adapters/gradescope' --exclude='autograder/adapters/autolab' --exclude='.ci'
git -C "$root" archive HEAD autograder/adapters/grade_begun.sh | tar -x -C "$work/workbook"
for stub in "$work"/workbook/exercises/[0-9]*/*.c
do
	case ${stub##*/} in
	driver.c | tests.c) ;;
	*)
		grep -q 'TODO(learner)' "$stub" || { echo "starter: ${stub#"$work/workbook/"} is no stub in the last commit" >&2; exit 1; }
		;;
	esac
done
mkdir -p "$work/workbook/solutions"
cp "$modules" "$work/workbook/solutions/"
cat >"$work/workbook/solutions/README.md" <<'TEXT'
# Modules

The exercises' modules, compiled, so that each exercise can use the ones before it. Those that you have written
take their place with `LIBRARY=mine`. `modules.dot` tells the book's first page what is built on what.
TEXT
lessons/book/modules.sh >"$work/workbook/solutions/modules.dot"

# The same commit gives the same bytes.
mkdir -p "$(dirname "$output")"
when=$(git -C "$root" log -1 --format=%ct)
tar -C "$work" --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner -cf - workbook | gzip -9n >"$output.new"
mv "$output.new" "$output"
echo "The starter is $output: $(tar -tzf "$output" | grep -vc '/$') files, $(($(wc -c <"$output") / 1024)) KiB."
