#!/bin/sh
# Who changes an exercise's header by mistake is told whose file does not compile any more, what is theirs to edit, and
# how to have the header again. In the workbook.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
cp -r Makefile .setup exercises solutions autograder "$work"
cd "$work"
mkdir -p build/setup
touch build/setup/learner
header=exercises/08-pool/pool.h
object=build/obj/solutions/08-pool/pool.o

fail ()
{
	cat said >&2
	echo "a changed header: $*" >&2
	exit 1
}

expect () # that make cannot compile the file, and says this
{
	! MAKEFLAGS='' make "$object" >said 2>&1 || fail "it was compiled"
	for text in 'solutions/08-pool/pool.c belongs to the workbook' 'only the module is yours to edit' "$@"
	do
		grep -qF "$text" said || fail "nobody says \"$text\""
	done
}

MAKEFLAGS='' make "$object" >said 2>&1 || fail "it cannot be compiled as it is"
! grep -q 'belongs to the workbook' said || fail "it is told though nothing is wrong"
cp "$header" original
echo 'int pool_create(void);' >>"$header"
expect 'Was a header (exercises/NN-slug/slug.h) changed?'

cp original "$header"
git init -q .
git add "$header"
git -c user.name=test -c user.email=test@localhost -c commit.gpgsign=false commit -qm test
echo 'int pool_create(void);' >>"$header"
expect "Changed: $header." "git checkout HEAD -- $header"
git add "$header"
expect "Changed: $header."
sed -n 's/.*as it was: //p' said | sh
MAKEFLAGS='' make "$object" >said 2>&1 || fail "what it advises does not help"
echo "a changed header is told"
