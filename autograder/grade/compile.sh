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
newline='
'

wanted=$1
module=$2
shift 2
cat >"$module"

compile () { # -Wsystem-headers: libcurl's macros know which type an option takes, and their warnings count as a header's
	gcc -std=c17 -D_DEFAULT_SOURCE -O2 -g -Wall -Wextra -Wsystem-headers -U_FORTIFY_SOURCE \
		-fmax-errors=20 -fmax-include-depth=30 -fdiagnostics-color=never \
		-fdebug-prefix-map="$PWD=." -I"$KIT/include" "$@"
}

refuse () {
	echo "$*"
	exit 11
}

compile -c -o module.o "$module" || exit 10

sections=$(readelf -SW module.o)
symbols=$(readelf -sW module.o)$newline # not by nm(1): its plugins show other symbols than the linker sees
relocations=$(readelf -rW module.o)

# Code that runs before main, or chooses at load time what a function is, could take over the program.
case $sections in
*.init_array* | *.fini_array* | *.preinit_array* | *.ctors* | *.dtors* | *" .init "* | *" .fini "*)
	refuse "$module has code that runs before main or after it (a constructor or a destructor). It has to work without." ;;
esac
case "$symbols$relocations" in
*" IFUNC "* | *IRELATIVE*)
	refuse "$module chooses a function at load time (ifunc). It has to work without." ;;
esac

# Only sections that a compiler makes of C. Others the linker could take for its own (.rela.dyn), or compile anew, with
# whatever is in them (.gnu.lto_*).
ours='\.(text|data|rodata|bss|tdata|tbss)(\.[^ ]*)? +(PROGBITS|NOBITS) '
about='\.(comment|note\.GNU-stack|note\.gnu\.property|eh_frame|debug_[a-z_]+|symtab|strtab|shstrtab) '
relocating='\.rela\.[^ ]+ +RELA +0+ [0-9a-f]+ [0-9a-f]+ 18 +I +[0-9]+ +[1-9][0-9]* +8$'
odd=$(echo "$sections" | sed -n 's/^ *\[ *[1-9][0-9]*\] //p' | grep -Ev "^($ours|$about|$relocating)" | sed "s/ .*//" | head -1)
test -z "$odd" || refuse "$module has a section of its own ($odd). It has to work without."

case $symbols in
*" UND main$newline"*)
	refuse "$module calls main(). It has to work without." ;;
*" main$newline"*)
	refuse "$module has a main of its own. Remove it: the module is used by other programs, which have one." ;;
*@*)
	refuse "$module asks for a certain version of a function of the C library. It has to work with any." ;;
esac
global () { # of stdin's symbols: "UND NAME", or where it is defined and NAME
	sed -n '/ LOCAL /d; s/^ *[0-9]*: .* \([^ ]*\) \([^ ]*\)$/\1 \2/p'
}
taken=$(echo "$symbols" | global | sed -n 's/.* \(faulty_.*\)/\1/p' | head -1)
test -z "$taken" || refuse "$module uses a name that belongs to the grader ($taken). Choose another one."

# Sanitizers bring initialisers of their own, so the module is compiled anew for them.
test $# -eq 0 || compile "$@" -w -c -o module.o "$module" || exit 10
# Some of its calls are led to functions of the driver, which can fail on order.
objcopy --keep-global-symbols="$KIT/api" --redefine-syms="$KIT/led" module.o ||
	refuse "$module is not what a compiler makes of C: objcopy(1) says why."
readelf -sW module.o | global | sed -n '/^UND /d; s/.* //; s/^faulty_//; p' | sort -u >globals
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

# shellcheck disable=SC2046 # each is a word of its own
if ! gcc "$@" -fno-lto -Wl,-Map=map -o drive "$KIT/drives.o" module.o library.a -Wl,--as-needed $(cat "$KIT/libraries") 2>errors
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
