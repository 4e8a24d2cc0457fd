#!/bin/sh
# Does a starter work, and does it hold no solution?
#
#   usage: test_starter.sh workbook.tar.gz     (in the workbook that it was made from)
set -eu

starter=$(realpath "$1")
solutions=$PWD/solutions
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

fail ()
{
	echo "the starter: $*" >&2
	exit 1
}

tar -xzf "$starter" -C "$work"
cd "$work/workbook"
for away in solutions/*/*.c autograder/mutants autograder/hostile autograder/trials .git
do
	test ! -e "$away" || fail "it holds $away"
done
# A line that only the solution has: would it be found in what a learner gets?
for solution in "$solutions"/*/*.c
do
	id=$(basename "$(dirname "$solution")")
	line=$(awk 'length > 50 && !/^ *\/\//' "$solution" | grep -vxFf "exercises/$id/$(basename "$solution")" | head -1)
	test -n "$line" || fail "$id is handed out with its solution"
	! grep -rqF "$line" . || fail "a line of $id's solution stands in it: $line"
done

make -s grader >make.log 2>&1 || { cat make.log >&2; fail "the grader cannot be built"; }
lessons/book/modules.sh | grep -q -- '-> pool' || fail "the book's drawing of the modules does not know what the pool is built on"
help=$(make -s help)
set -f
for target in $(echo "$help" | sed -n 's/^  make \([a-z-]*\) .*/\1/p')
do
	recipe=$(make -n "$target" 2>&1) || fail "make help tells of $target: $(echo "$recipe" | tail -n 1)"
	for word in $recipe
	do
		case $word in
		autograder/*.sh | lessons/*.sh) test -e "$word" || fail "make help tells of $target, which needs $word" ;;
		esac
	done
done
set +f
# What these need, only the programs know that they run.
! echo "$help" | grep -E '^  make (test|test-hostile|bench-class) ' >&2 || fail "make help tells of what needs solutions, mutants and attacks"
id=$(basename "$(dirname "$(find exercises -name '*process.c' | sort | head -1)")")
build/grade "$id" >report 2>&1 && fail "the stub of $id has all points"
grep -q '^0 of 100 points' report || { cat report >&2; fail "the stub of $id was not graded"; }
for own in "$solutions"/*/*.c # as somebody hands them in who has done all
do
	id=$(basename "$(dirname "$own")")
	mkdir -p "handed-in/$id"
	cp "$own" "handed-in/$id/"
done
id=$(basename "$(dirname "$(find exercises -name pool.c)")")
build/grade --submission handed-in --library mine "$id" >report 2>&1 || { cat report >&2; fail "a right pool does not have all points"; }
build/grade --submission handed-in "$id" >report 2>&1 || { cat report >&2; fail "a right pool with the modules of the starter does not have all points"; }
echo "the starter works, and holds no solution"
