# Are the made pages sound? Every link and every reference leads to something, no id occurs twice on a page, what is
# opened is closed, every picture says in words what it shows, and no page is too large: figures apart, LARGEST bytes.
#
#   usage: awk -f check_pages.awk -v largest=LARGEST RS='\n' LINKS... RS='<' PAGE.html...
#
# LINKS are what the pages left (filters/places.lua): place, page, and the target of a link that an author has written, or
# "id NAME". So what is wrong with them is reported with the line of the lesson, any other fault with that of the page.

function report(place, problem) {
	print place ": " problem >"/dev/stderr"
	faults++
}

# The value of an attribute of the tag, "" without one.
function attribute(tag, name) {
	if (!match(tag, "[ \n]" name "=\"[^\"]*\"")) return ""
	return substr(tag, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
}

# Where the author has written it, else where it stands on the page.
function place_of(what) {
	return (page, what) in written ? written[page, what] : place
}

function end_page() {
	if (size > largest) report(folder "/" page, "without its figures the page has " size " bytes, more than " largest)
	if (depth) report(folder "/" page ":" line, "<" opened[depth] "> of line " opened_line[depth] " is not closed")
}

function refer(place, page, target) {
	references++
	reference_place[references] = place
	reference_page[references] = page
	reference_target[references] = target
}

function exists(path) {
	if (!(path in found)) found[path] = system("test -e '" path "'") == 0
	return found[path]
}

# What is wrong with a target, "" if nothing is. From a page, ../../ is the top of the repository.
function fault_of(page, target,    file, anchor, at) {
	if (target ~ /^(https?:\/\/|data:)/) return ""
	at = index(target, "#")
	file = at ? substr(target, 1, at - 1) : target
	anchor = at ? substr(target, at + 1) : ""
	if (file == "") file = page
	if (file in is_page) {
		if (at && !((file, anchor) in ids)) return file == page ? "there is no #" anchor " on this page" : file " has no #" anchor
		return ""
	}
	if (file !~ /^[A-Za-z0-9_.\/-]+$/) return "neither a page nor a file: " target
	if (file ~ /^\.\.\/\.\.\//) return exists(substr(file, 7)) ? "" : "there is no " substr(file, 7) " in the repository"
	# (A page of a lesson that is no longer there may still lie beside the others.)
	return file !~ /\.html$/ && exists(folder "/" file) ? "" : "there is no page or file " file
}

BEGIN {
	split("area base br col embed hr img input link meta source track wbr", names, " ")
	for (i in names) is_void[names[i]] = 1
}

RS == "\n" {
	split($0, field, "\t")
	if (!((field[2], field[3]) in written)) written[field[2], field[3]] = field[1]
	next
}

FNR == 1 {
	end_page()
	folder = FILENAME
	sub(/\/[^\/]*$/, "", folder)
	page = substr(FILENAME, length(folder) + 2)
	is_page[page] = 1
	line = 1
	depth = 0
	size = 0
}

{
	start = line
	place = FILENAME ":" start
	line += gsub(/\n/, "\n")
	end = index($0, ">")
	tag = end ? substr($0, 1, end - 1) : ""
	name = tag
	sub(/[ \n\/].*/, "", name)
	if (name == "svg") in_figure = 1
	if (!in_figure) size += length($0) + 1
	if (tag == "/svg") in_figure = 0
}

# What is closed.
tag ~ /^\// {
	name = substr(tag, 2)
	if (opened[depth] == name) depth--
	else report(place, "</" name "> closes <" opened[depth] "> of line " opened_line[depth])
	next
}

tag !~ /^[a-z]/ { next }

{
	if (!(name in is_void) && tag !~ /\/$/) {
		opened[++depth] = name
		opened_line[depth] = start
	}
	id = attribute(tag, "id")
	if (id != "" && (page, id) in ids) report(place_of("id " id), "the id " id " occurs twice")
	if (id != "") ids[page, id] = 1

	target = attribute(tag, "href")
	gsub(/&amp;/, "\\&", target)
	if (tag ~ /[ \n]href="/) refer(place_of(target), page, target)
	if (tag ~ /[ \n]src="/) refer(place, page, attribute(tag, "src"))
	count = split(attribute(tag, "for") " " attribute(tag, "aria-labelledby") " " attribute(tag, "aria-controls") " " \
		attribute(tag, "aria-describedby"), names, " ")
	for (i = 1; i <= count; i++) refer(place, page, "#" names[i])

	if (name == "img" && attribute(tag, "alt") == "") report(place, "a picture without alt text")
	if (tag ~ /[ \n]role="img"/ && attribute(tag, "aria-label") == "") report(place, "a figure without aria-label")
}

END {
	end_page()
	for (i = 1; i <= references; i++) {
		problem = fault_of(reference_page[i], reference_target[i])
		if (problem != "") report(reference_place[i], problem)
	}
	exit faults > 0
}
