#!/bin/sh
# Runs a lesson's program and prints what a reader would see in a terminal: the command, its
# output, and its exit status when that is not 0.
#
#   usage: transcript.sh PROGRAM [SECONDS]
#
# A run of more than 10 seconds, or SECONDS, is ended and shows status 124: timeout(1).
set -eu

program=$1
limit=${2:-10}
set -- "$program"
echo "\$ ./$(basename "$program")"

# ThreadSanitizer does not start where a kernel shuffles addresses more widely than it knows. So its
# programs get the layout that is always the same, if this place allows that: setarch(8).
if grep -q __tsan_init "$program" && setarch -R true 2>/dev/null
then
	set -- setarch -R "$@"
fi

# stdbuf: in a pipe, as in a terminal, a line of text is written when it is complete.
status=0
timeout "$limit" stdbuf -oL "$@" 2>&1 &
group=$!
wait "$group" 2>/dev/null || status=$? # the shell would report a signal, too

# timeout(1) leads a process group of its own, so whatever is still in it was left behind, unless there was
# no time to end it.
if kill -s KILL -- "-$group" 2>/dev/null && test "$status" -ne 124
then
	echo "$program left a process behind" >&2
	exit 1
fi
if test "$status" -ne 0
then
	echo "[exit status $status]"
fi
