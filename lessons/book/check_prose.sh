#!/bin/sh
# Is what Markdown files say well spelt, and does what they point at exist?
#
#   usage: check_prose.sh PROSE...                from the top of the workbook; PROSE: what prose.lua has made of a file
#
# Spelling is British: hunspell with its dictionary, and the words of the field in words.txt. What is written in capitals
# or has a digit or an underscore is a name and no word. A link leads to a file or to a heading, and a path or a target
# of make in code is there, and so are its lesson and program, exercise and drive; links of the book's pages are checked where the pages are made.
set -eu

words=lessons/book/words.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

# PLACE <tab> WORD
LC_ALL=C awk -F '\t' '
	$2 == "word" && $3 !~ /[0-9_=\\]|[a-z]\.[a-z]/ {
		gsub(/\342\200\231/, "\047", $3)
		count = split($3, part, /[^A-Za-z\047\200-\377]+/)
		for (i = 1; i <= count; i++) {
			gsub(/^\047+|\047s$|\047+$/, "", part[i])
			if (part[i] != "" && part[i] !~ /^[A-Z]+s?$/) print $1 "\t" part[i]
		}
	}' "$@" >"$folder/words"
cut -f 2 "$folder/words" | sort -u | hunspell -l -i utf-8 -d en_GB >"$folder/unknown"

LC_ALL=C awk -F '\t' -v terms="$words" '
	FILENAME == terms { is_term[$0] = FNR; next }
	FILENAME ~ /\/unknown$/ { is_unknown[$0] = 1; next }
	$2 ~ /iz(e|es|ed|ing|ation|ations)$/ && tolower($2) !~ /^(re|over)?[s]iz|^priz|^seiz/ {
		print $1 ": " $2 ": -ise is how it is spelt here"
		failed = 1
	}
	$2 in is_term || tolower($2) in is_term {
		needed[$2 in is_term ? $2 : tolower($2)] = 1
		next
	}
	$2 in is_unknown {
		print $1 ": " $2 ": misspelt, or a word of the field that is missing in " terms
		failed = 1
	}
	END {
		for (term in is_term) {
			if (term in needed) continue
			print terms ":" is_term[term] ": " term ": occurs nowhere any longer"
			failed = 1
		}
		exit failed
	}' "$words" "$folder/unknown" "$folder/words" >&2 || failed=1
LC_ALL=C sort -cu "$words" || failed=1

sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile >"$folder/targets"
LC_ALL=C awk -F '\t' '
	function folder_of(path) { return path ~ /\// ? substr(path, 1, match(path, /\/[^\/]*$/) - 1) : "." }

	# "a/b/../c" becomes "a/c".
	function straight(path) {
		sub(/^\.\//, "", path)
		while (sub(/(^|\/)[^\/.][^\/]*\/\.\.(\/|$)/, "/", path)) sub(/^\//, "", path)
		return path
	}
	function exists(path) {
		if (!(path in found)) found[path] = system("test -e \"" path "\"") == 0
		return found[path]
	}
	function has_drive(exercise, name) {
		return system("grep -q \"^DRIVE(" name ",\" " exercise "/driver.c") == 0
	}
	function report(problem) {
		print place ": " problem
		failed = 1
	}

	FILENAME ~ /\/targets$/ { is_target[$0] = 1; next }
	{
		path = $1
		sub(/:[0-9]+$/, "", path)
	}
	$2 == "id" { ids[path "#" $3] = 1 }
	$2 == "link" && path !~ /^lessons\/[^\/]*(\/lesson)?\.md$/ { links[++count] = $1 "\t" path "\t" $3 }

	# With a star or a name in capitals it stands for several; what is below build/ is not there yet.
	$2 == "code" && $3 ~ /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*\/?$/ && $3 ~ /\// && $3 !~ /NN-|NAME/ {
		place = $1
		split($3, part, "/")
		own = folder_of(path) "/"
		if (part[1] ~ /^(lessons|exercises|solutions|autograder|\.setup|\.github|\.ci)$/) {
			if (!exists($3)) report("there is no " $3)
		} else if (part[1] !~ /^(\.+|build)$/ && exists(own part[1]) && !exists(own $3)) {
			report("there is no " own $3)
		}
	}
	# make run-lesson L=02-process P=square_cube, make run E=02-process D="exit_status status=7"
	$2 == "code" && $3 ~ /^make [a-z]/ {
		place = $1
		words = split($3, part, /[ "]+/)
		if (!(part[2] in is_target)) report("make has no target " part[2])
		lesson = exercise = ""
		for (i = 3; i <= words; i++) {
			value = part[i] == "D=" ? part[i + 1] : substr(part[i], 3)
			if (part[i] ~ /^L=[0-9]/) lesson = "lessons/" value
			if (part[i] ~ /^E=[0-9]/) exercise = "exercises/" value
			if (part[i] ~ /^L=[0-9]/ && !exists(lesson)) report("there is no " lesson)
			if (part[i] ~ /^E=[0-9]/ && !exists(exercise)) report("there is no " exercise)
			# (The reader makes mine.c.)
			if (part[i] ~ /^P=[a-z]/ && value != "mine" && !exists(lesson "/" value ".c")) report("there is no " lesson "/" value ".c")
			if (part[i] ~ /^D=/ && exercise && !has_drive(exercise, value)) report(exercise " has no drive " value)
		}
	}

	END {
		for (i = 1; i <= count; i++) {
			split(links[i], part, "\t")
			place = part[1]
			target = part[3]
			if (target ~ /^https?:\/\/[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9]([\/?#:]|$)/) continue
			if (target ~ /^#/) target = part[2] target
			else target = straight(folder_of(part[2]) "/" target)
			file = target
			sub(/#.*/, "", file)
			if (file !~ /^[A-Za-z0-9_.\/-]+$/) report("neither a file nor a page on the web: " part[3])
			else if (!exists(file)) report("there is no " file)
			else if (target != file && !(target in ids)) report(file " has no heading for " part[3])
		}
		exit failed
	}' "$folder/targets" "$@" >&2 || failed=1
exit "$failed"
