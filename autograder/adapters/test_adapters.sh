#!/bin/sh
# Do the archives for services hold what they must, and nothing of the working copy? Do their scripts give the
# service a result in each case? Does the workflow do what it says?
#
#   usage: test_adapters.sh BUILD     in the workbook, with a grader in BUILD
set -eu

build=$1
schemas=$PWD/autograder/tests/schemas
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

fail ()
{
	echo "adapters: $*" >&2
	exit 1
}

# says FILE PATTERN...: each stands in the file.
says ()
{
	file=$1
	shift
	for pattern
	do
		grep -q -e "$pattern" "$file" || { cat "$file" >&2; fail "this should say: $pattern"; }
	done
}

# python3-jsonschema says nothing of a file that is as it should be.
valid ()
{
	/usr/bin/python3 -W ignore -m jsonschema -i "$2" "$schemas/$1.json" >"$work/said" 2>&1 || { cat "$work/said" >&2; fail "no valid $1"; }
	[ ! -s "$work/said" ] || fail "no valid $1"
}

# --- The archives, of a clone in which somebody works --------------------------------------------------

git clone -q . "$work/clone"
rm -rf "$work/clone/autograder/adapters"
cp -r autograder/adapters "$work/clone/autograder/"
git -C "$work/clone" add -A
git -C "$work/clone" -c user.name=test -c user.email=test@localhost commit -q --allow-empty -m "the adapters as they are"
echo '// a secret of the learner' >>"$work/clone/exercises/02-process/process.c"
echo 'a secret of the learner' | tee "$work/clone/notes.txt" >"$work/clone/exercises/02-process/notes.txt"
(
	cd "$work/clone"
	autograder/adapters/pack.sh gradescope "$work/autograder.zip" C 02-process >/dev/null
	autograder/adapters/pack.sh autolab "$work/autograde.tar" C 02-process >/dev/null
	! autograder/adapters/pack.sh autolab "$work/none.tar" C 99-nothing 2>/dev/null || fail "99-nothing is packed"
	! autograder/adapters/pack.sh autolab "$work/none.tar" C 2>/dev/null || fail "an archive for no exercise is written"
)
[ ! -e "$work/none.tar" ] || fail "an archive is left of what was refused"
mkdir "$work/gradescope" "$work/autolab"
unzip -q "$work/autograder.zip" -d "$work/gradescope"
tar -xf "$work/autograde.tar" -C "$work/autolab"
for service in gradescope autolab
do
	for there in settings workbook/Makefile workbook/.setup/install workbook/autograder/grade/main.c \
		workbook/solutions/02-process/process.c workbook/exercises/02-process/tests.c workbook/lessons/02-process/lesson.md
	do
		[ -e "$work/$service/$there" ] || fail "$service: there is no $there"
	done
	for away in autograder/mutants autograder/hostile autograder/tests autograder/trials autograder/adapters build .git
	do
		[ ! -e "$work/$service/workbook/$away" ] || fail "$service: it holds $away"
	done
	! grep -rqF 'secret of the learner' "$work/$service" || fail "$service: it holds what lies about in the working copy"
done
for script in gradescope/run_autograder gradescope/setup.sh autolab/grade.sh
do
	[ -x "$work/$script" ] || fail "$script cannot be run"
done

# --- Gradescope: a result of this very submission in each case -----------------------------------------

place=$work/autograder
mkdir -p "$place/source" "$place/submission" "$place/results"
cp "$work/gradescope/settings" "$place/source/"

# gradescope STATUS: runs it, where a link stands in the place of the result, to an old one
gradescope ()
{
	echo '{"score": 77}' >"$work/old.json"
	ln -sf "$work/old.json" "$place/results/results.json"
	status=0
	AUTOGRADER=$place "$work/gradescope/run_autograder" >"$work/stdout" 2>"$work/stderr" || status=$?
	[ "$status" -eq "$1" ] || { cat "$work/stderr" >&2; fail "gradescope: exit status $status, not $1"; }
	valid gradescope "$place/results/results.json"
	[ "$(cat "$work/old.json")" = '{"score": 77}' ] || fail "gradescope: a link is followed"
}

gradescope 127
says "$place/results/results.json" '"score": 0,' 'Not graded. This is no fault of yours'
mkdir "$place/source/workbook"
ln -s "$(realpath "$build")" "$place/source/workbook/build" # whose grader finds the workbook by itself
cp exercises/02-process/process.c "$place/submission/"
gradescope 0
says "$place/results/results.json" '"score": 0,' '"output": "0 of 100 points.nsandbox [ABC], '
rm "$place/submission/process.c"
mkdir -p "$place/submission/exercises/02-process"
cp solutions/02-process/process.c "$place/submission/exercises/02-process/"
gradescope 0
says "$place/results/results.json" '"score": 100,' '"output": "100 of 100 points.nsandbox [ABC], '
rm -r "$place/submission/exercises"
ln -s "$PWD/solutions" "$place/submission/exercises"
gradescope 0
says "$place/results/results.json" '"score": 0,' 'There is no such file'
rm -r "$place/submission"
gradescope 2
says "$place/results/results.json" '"score": 0,' 'Not graded. This is no fault of yours' 'No such file or directory'

# --- Autolab: the last line is the autoresult in each case -----------------------------------------------

job=$work/autolab
mkdir "$work/image"
cp "$job/settings" "$work/image/"
mkdir "$work/image/workbook"
ln -s "$(realpath "$build")" "$work/image/workbook/build"

# autolab SCORES [COMMAND...]: runs it
autolab ()
{
	scores=$1
	shift
	(cd "$job" && GRADER=$work/image "$@" ./grade.sh) >"$work/stdout" 2>&1 || fail "autolab: exit status $?, not 0"
	tail -n 1 "$work/stdout" >"$work/last"
	valid autolab-scores "$work/last"
	says "$work/last" "$scores"
}

mkdir -p "$work/in/exercises/02-process"
cp solutions/02-process/process.c "$work/in/exercises/02-process/"
echo 'int x;' >"$work/in/Makefile"
tar -C "$work/in" -czf "$job/handin.tar" .
autolab '"02-process":100}'
[ ! -e "$job/submission/Makefile" ] || fail "autolab: more is taken out of an archive than is graded"
echo 'no archive' >"$job/handin.tar"
autolab '"02-process":0}'
says "$work/stdout" 'There is no such file'
autolab '{"scores": {}}' prlimit --nproc=100
says "$work/stdout" 'only 100 processes are allowed'

# --- CI ----------------------------------------------------------------------------------------------------

begun=autograder/adapters/grade_begun.sh
mkdir -p "$work/ci/02-process" "$work/ci/03-memory"
cp exercises/02-process/process.c "$work/ci/02-process/"
NOTES=$work/notes $begun "$work/ci" >"$work/stdout" || fail "nothing is begun, and the exit status is $?"
says "$work/notes" 'they still say TODO(learner): 02-process' 'there is no file: 03-memory' 'Nothing is begun yet'
echo 'int memory' >"$work/ci/03-memory/memory.c"
status=0
$begun "$work/ci" --format junit --output "$work/junit.xml" --format text >"$work/stdout" || status=$?
[ "$status" -eq 1 ] || fail "what does not compile has the exit status $status, not 1"
says "$work/stdout" 'TODO(learner): 02-process' '^0 of 100 points'
xmllint --noout --nonet --schema "$schemas/junit.xsd" "$work/junit.xml" 2>/dev/null || fail "no valid JUnit report"
ln -s "$PWD/solutions" "$work/ci-link"
! $begun "$work/ci-link" >"$work/stdout" 2>&1 || fail "a link is followed"
/usr/bin/python3 autograder/adapters/test_workflows.py .github/workflows/grade.yml autograder/adapters/gitlab/.gitlab-ci.yml
echo "the adapters' archives hold what they must, and their scripts give a result in each case"
