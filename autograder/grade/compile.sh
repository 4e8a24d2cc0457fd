#!/bin/sh
# Runs in the sandbox: compiles one submitted module, and links it with the drives of its exercise.
#
#   usage: compile.sh module|program MODULE.c [FLAG...]      (flags for compiler and linker: sanitizers)
#
# The source comes on standard input, so that no name of the submission reaches the compiler. The module
# or the program leaves through descriptor 3. $KIT holds what else is needed; the current directory is
# empty. $KIT/mine, if it is there, has modules of the learner, to be used instead of the solutions'.
# Exit status: 0 built, 10 does not compile, 11 refused, 12 does not link; the reason is on the output.
# The last line of a program's output tells with which modules of the library it is linked.
set -eu

wanted=$1
module=$2
shift 2
cat >"$module"

compile () {
	gcc -std=c17 -D_DEFAULT_SOURCE -O2 -g -Wall -Wextra -U_FORTIFY_SOURCE \
		-fmax-errors=20 -fmax-include-depth=30 -fdiagnostics-color=never -I"$KIT/include" "$@"
}

refuse () {
	echo "$*"
	exit 11
}

compile -c -o module.o "$module" || exit 10

# Code that runs before main, or chooses at load time what a function is, could take over the program.
sections=$(readelf -SW module.o)
symbols=$(readelf -sW module.o)
case $sections in
*.init_array* | *.fini_array* | *.preinit_array* | *.ctors* | *.dtors* | *" .init "* | *" .fini "*)
	refuse "$module has code that runs before main or after it (a constructor or a destructor). It has to work without." ;;
esac
case $symbols in
*" IFUNC "*)
	refuse "$module chooses a function at load time (ifunc). It has to work without." ;;
esac
if nm --defined-only module.o | grep -q ' main$'
then
	refuse "$module has a main of its own. Remove it: the module is used by other programs, which have one."
fi

# Sanitizers bring initialisers of their own, so the module is compiled anew for them.
test $# -eq 0 || compile "$@" -w -c -o module.o "$module" || exit 10
# Some of its calls are led to functions of the driver, which can fail on order.
objcopy --keep-global-symbols="$KIT/api" --redefine-syms="$KIT/led" module.o
nm --defined-only --extern-only module.o | sed 's/.* //' | sort >globals
extra=$(sort "$KIT/api" | comm -13 - globals)
test -z "$extra" || refuse "$module makes a symbol global for the whole program ($extra). It has to work without."

if test "$wanted" = module
then
	cat module.o >&3
	exit 0
fi

# A module of the learner takes the place of the one with the same name.
cp "$KIT/library.a" library.a
for own in "$KIT"/mine/*.o
do
	test ! -e "$own" || ar r library.a "$own"
done

if ! gcc "$@" -Wl,-Map=map -o drive "$KIT/drives.o" module.o library.a 2>errors
then
	sed -n "s/.*undefined reference to .\(.*\)'$/\1/p" errors | sort -u | while read -r name
	do
		if grep -qxF "$name" "$KIT/api"
		then
			echo "$module has no function $name(); the header promises one."
		elif owner=$(sed -n "s/^$name //p" "$KIT/functions") && test -n "$owner"
		then
			echo "$module or a module that it uses calls $name(), and $owner has no such function."
		else
			echo "$module calls $name(), and there is no such function."
		fi
	done
	grep -q 'undefined reference' errors || cat errors
	exit 12
fi
# The map begins with the members of archives. Further down it has names that a source may choose.
sed -n '1{/^Archive member included/!q}; 3,${/^$/q}; s/^library\.a(\([^)]*\)\.o).*/\1/p' map >linked
echo "linked: $(sort linked | tr '\n' ' ')"
cat drive >&3
