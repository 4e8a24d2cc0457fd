# Multiprocessing in C: everything starts here. `make help` lists what there is.
#
# Everything made goes to build/. Lists come from the folders; none is typed here.

build   ?= build
CC      := gcc
E       ?=
D       ?=
LIBRARY ?=

ifneq ($(words $(CURDIR)),1)
$(error make cannot work in a folder with a space in its path: move the workbook out of "$(CURDIR)")
endif

# Of a machine with several processors we use all, unless the caller says otherwise.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Where the machine has a proxy for HTTP, it is not for what talks to this machine itself.
comma := ,
export no_proxy := $(if $(no_proxy),$(no_proxy)$(comma))127.0.0.1

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
cflags   := -std=c17 -D_DEFAULT_SOURCE -O2 -g -U_FORTIFY_SOURCE -ffile-prefix-map=$(CURDIR)/=

exercises := $(sort $(notdir $(wildcard exercises/[0-9][0-9]-*)))
# 02-process -> process, the name of its module
slug = $(patsubst $(firstword $(subst -, ,$(1)))-%,%,$(1))
contracts     := $(foreach e,$(exercises),exercises/$(e)/$(call slug,$(e)).h)
include_flags := $(exercises:%=-Iexercises/%)
# What modules rest on besides the C library: "// Link with -lcurl." in their headers. As man pages say it.
contract_libraries := $(sort $(shell sed -n 's,^// Link with \(.*\)\.$$,\1,p' $(contracts)))

.DEFAULT_GOAL := next
.DELETE_ON_ERROR:
.PHONY: next grade hint run list serve doctor test trials bench bench-pool bench-download bench-grader kills format help clean

# --- For learners --------------------------------------------------------------------------------------

# The grader's exit status 1 (marks lost) is no error of make: nobody has done anything wrong.
graded = ; status=$$?; test $$status -le 1 || exit $$status

# With the learner's own modules instead of the solutions', where they are written.
own_library = $(if $(LIBRARY),--library $(LIBRARY))

next: grader ##learner Set up what is missing, grade the next exercise, say what comes next
	@$(build)/grade --brief --next $(own_library) $(graded)

grade: grader ##learner E=02-process [ALL=1] [SANITIZE=1] [LIBRARY=mine]: grade one exercise
	@$(build)/grade $(if $(ALL),,--brief) $(if $(SANITIZE),--sanitize) $(own_library) $(E) $(graded)

hint: grader ##learner [E=02-process]: one hint more
	@$(build)/grade hint $(E)

run: grader ##learner E=02-process D="exit_status status=7" [SANITIZE=1] [LIBRARY=mine]: run one drive by hand
	@$(if $(D),$(if $(E),,echo "name the exercise, too: make run E=$(firstword $(exercises)) D=..." >&2; exit 2;))$(build)/grade run $(if $(SANITIZE),--sanitize) $(own_library) $(E) $(D)

list: grader ##learner The exercises and what you have reached
	@$(build)/grade list

serve: $(build)/imageserver ##learner [PORT=8000]: a gallery of images to download from, on this machine; Ctrl-C ends it
	@$(build)/imageserver --port $(or $(PORT),8000) || exit $$?

doctor: grader ##learner What is installed, and what the sandbox can do here
	@$(build)/grade doctor

# A keeper of the workbook has what a starter (make starter) is without: solutions, mutants, attacks, proofs.
for_authors := author$(if $(wildcard autograder/mutants),\|keeper)

help: ##learner This list
	@echo "For learners:"
	@sed -n 's/^\([a-z-]*\):.*##learner \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
		do printf '  make %-14s %s\n' "$$name" "$$text" | sed 's/make next          /make               /'; done
	@echo "For authors and developers:"
	@sed -n 's/^\([a-z-]*\):.*##\($(for_authors)\) \(.*\)/\1|\3/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
		do printf '  make %-14s %s\n' "$$name" "$$text"; done

clean: ##author Remove everything that was made
	rm -rf $(build)

# Without these lines make would delete what only pattern rules ask for, and make it again next time.
.PRECIOUS: $(build)/setup/% $(build)/obj/%.o $(build)/checked/%.gcc $(build)/checked/%.clang

# --- Set-up: the packages of a group are there once its stamp is ----------------------------------------

$(build)/setup/%: .setup/packages/% .setup/install
	@mkdir -p $(@D)
	@flock $(@D) .setup/install $*
	@touch $@

# Each group on top of the one before; flock(1) lets one be installed at a time.
$(build)/setup/book: | $(build)/setup/learner
$(build)/setup/test: | $(build)/setup/book
$(build)/setup/print: | $(build)/setup/book
$(build)/setup/browser: | $(build)/setup/print

# The exact versions of .setup/npm, for what Debian has no package for. Nothing of it is run while it is installed.
$(build)/npm/installed: .setup/npm/package.json .setup/npm/package-lock.json .setup/npm/.npmrc | $(build)/setup/browser
	@mkdir -p $(@D)
	@cp $^ $(@D)
	@echo "npm: installing what .setup/npm/package.json names"
	@cd $(@D) && npm ci --ignore-scripts --loglevel=error >npm.log 2>&1 || { head -n 5 npm.log >&2; \
		echo "npm could not install the packages of .setup/npm. Does it have a network? npm ping tells." >&2; exit 1; }
	@touch $@

# --- Objects and libraries -----------------------------------------------------------------------------

objects = $(patsubst %.c,$(build)/obj/%.o,$(1))

$(build)/obj/%.o: %.c Makefile | $(build)/setup/learner
	@mkdir -p $(@D)
	@echo "compile $<"
	@$(CC) $(cflags) $(warnings) $(include_flags) -Iautograder/examiner -Iautograder/driver -Iautograder/trials -MMD -MP -c $< -o $@ \
		|| { .setup/own_file $< >&2; exit 1; }

# A starter (make starter) has the solutions' modules without their sources: in an archive for this kind of machine.
machine := $(shell $(CC) -dumpmachine)
ifneq ($(wildcard solutions/*.a),)
ifeq ($(wildcard solutions/$(machine).a),)
$(error the modules in solutions/ are not for this machine ($(machine)), but $(notdir $(wildcard solutions/*.a)): ask whoever made this starter for another one)
endif
$(build)/obj/solutions/%.o: solutions/$(machine).a
	@mkdir -p $(@D)
	@ar p $< $(@F) >$@
endif

# Anew each time, or members of deleted sources would stay.
define archive
@mkdir -p $(@D)
@rm -f $@
@ar rcs $@ $^
endef

library := $(build)/lib/libworkbook.a
$(library): $(call objects,$(foreach e,$(exercises),solutions/$(e)/$(call slug,$(e)).c))
	$(archive)

warden_only := $(patsubst %,autograder/sandbox/%.c,canary companion connector filter start usage waiting warden)
$(build)/lib/libsandbox.a: $(call objects,$(filter-out $(warden_only),$(wildcard autograder/sandbox/*.c)))
	$(archive)

$(build)/lib/libspeed.a: $(call objects,$(wildcard autograder/speed/*.c))
	$(archive)

$(build)/lib/libexaminer.a: $(call objects,$(filter-out autograder/examiner/main.c,$(wildcard autograder/examiner/*.c)))
	$(archive)

$(build)/lib/libdriver.a: $(call objects,$(wildcard autograder/driver/*.c))
	$(archive)

$(build)/lib/libimageserver.a: $(call objects,$(filter-out autograder/imageserver/main.c,$(wildcard autograder/imageserver/*.c)))
	$(archive)

# The grader with what grades a class (and not what reads archives, which runs in the sandbox).
unpack_only := autograder/batch/unpack.c
$(build)/lib/libgrade.a: $(call objects,$(filter-out autograder/grade/main.c $(unpack_only),$(wildcard autograder/grade/*.c autograder/batch/*.c autograder/report/*.c)))
	$(archive)

# --- The grader ----------------------------------------------------------------------------------------

.PHONY: grader
grader: $(build)/warden $(build)/unpack $(build)/imageserver $(build)/grade $(build)/reference/reference $(exercises:%=$(build)/examiners/%) $(exercises:%=$(build)/kit/%.made) ##author Build the grader: build/grade --help has what it can do

define link
@mkdir -p $(@D)
@echo "link $@"
@$(CC) $(cflags) $(filter %.o %.a,$^) $(1) -o $@
endef

$(build)/warden: $(call objects,$(warden_only) $(patsubst %,autograder/sandbox/%.c,landlock limits tree))
	$(call link,-lseccomp)

imageserver_libraries := -lmicrohttpd -lpng -ljansson -lm
$(build)/imageserver: $(call objects,autograder/imageserver/main.c) $(build)/lib/libimageserver.a
	$(call link,$(imageserver_libraries))

# What tests of speed run beside a submission.
$(build)/reference/reference: $(call objects,$(wildcard autograder/reference/*.c)) $(build)/lib/libdriver.a
	$(call link)

class_libraries := -lsqlite3 -lmd
$(build)/grade: $(call objects,autograder/grade/main.c) $(build)/lib/libgrade.a $(build)/lib/libexaminer.a \
		$(build)/lib/libspeed.a $(build)/lib/libsandbox.a $(library)
	$(call link,-ljansson $(class_libraries))

$(build)/unpack: $(call objects,$(unpack_only) autograder/batch/places.c)
	$(call link,-larchive)

$(build)/examiners/%: $(build)/obj/exercises/%/tests.o $(call objects,autograder/examiner/main.c) $(build)/lib/libexaminer.a \
		$(build)/lib/libspeed.a $(build)/lib/libsandbox.a
	$(call link,-lcriterion -ljansson)

# The kit of an exercise: all that a submission is compiled and linked with, in one folder that the
# sandbox shows to the compiler. Of drives and driver only main and the calls of calls.txt can be linked with,
# so that a submission cannot answer in their place. It holds the other solutions, but not the one of the exercise itself.
own_solution = $(if $(filter trials,$(1)),autograder/trials/correct/queue.c,solutions/$(1)/$(call slug,$(1)).c)
folder = $(if $(filter trials,$(1)),autograder/trials,exercises/$(1))
other_solutions = $(foreach e,$(filter-out $(1),$(exercises)),$(call own_solution,$(e)))
define kit
$(build)/kit/$(1).made: $(call objects,$(call folder,$(1))/driver.c $(call own_solution,$(1)) $(call other_solutions,$(1))) \
		$(build)/lib/libdriver.a $(contracts) autograder/grade/compile.sh autograder/driver/calls.txt | $(build)/imageserver
	@rm -rf $(build)/kit/$(1)
	@mkdir -p $(build)/kit/$(1)/include
	@cp $(contracts) $(wildcard autograder/$(1)/*.h) $(build)/kit/$(1)/include
	@cp autograder/grade/compile.sh $(build)/kit/$(1)
	@sed -n 's,^// leads ,,p' $(call folder,$(1))/driver.c | cat autograder/driver/calls.txt - | sed 's/.*/& faulty_&/' >$(build)/kit/$(1)/led
	@echo '$(contract_libraries)' >$(build)/kit/$(1)/libraries
	@sed 's/.* //; 1i main' $(build)/kit/$(1)/led >$(build)/kit/$(1)/callable
	@if grep -q '^#include "gallery.h"' $(call folder,$(1))/driver.c; then cp $(build)/imageserver $(build)/kit/$(1)/companion; fi
	@ld -r -o $(build)/kit/$(1)/drives.o $(call objects,$(call folder,$(1))/driver.c) --whole-archive $(build)/lib/libdriver.a
	@objcopy --keep-global-symbols=$(build)/kit/$(1)/callable $(build)/kit/$(1)/drives.o
	@ar rcs $(build)/kit/$(1)/library.a $(call objects,$(call other_solutions,$(1)))
	@objcopy --redefine-syms=$(build)/kit/$(1)/led $(build)/kit/$(1)/library.a
	@nm -A --defined-only --extern-only $(build)/kit/$(1)/library.a | sed -n 's/.*:\(.*\)\.o:.* \(.*\)/\2 \1.c/p' >$(build)/kit/$(1)/functions
	@nm --defined-only --extern-only $(call objects,$(call own_solution,$(1))) | sed -n 's/.* //p' >$(build)/kit/$(1)/api
	@touch $$@
endef
$(foreach e,$(exercises) $(if $(wildcard autograder/trials),trials),$(eval $(call kit,$(e))))

# The trials of the speed rule are an exercise that no learner sees.
$(build)/examiners/trials: $(call objects,autograder/trials/tests.c autograder/examiner/main.c) $(build)/lib/libexaminer.a \
		$(build)/lib/libspeed.a $(build)/lib/libsandbox.a
	$(call link,-lcriterion -ljansson)

$(build)/trials: $(call objects,autograder/trials/trials.c) $(build)/lib/libgrade.a $(build)/lib/libexaminer.a \
		$(build)/lib/libspeed.a $(build)/lib/libsandbox.a $(library)
	$(call link,-ljansson)

# --- Proofs --------------------------------------------------------------------------------------------

$(build)/tests/autograder: $(call objects,$(wildcard autograder/tests/*.c)) $(build)/lib/libgrade.a \
		$(build)/lib/libexaminer.a $(build)/lib/libspeed.a $(build)/lib/libsandbox.a $(build)/lib/libimageserver.a $(library)
	$(call link,-lcriterion -lcurl -larchive $(class_libraries) $(imageserver_libraries))

# The benchmark of dispatch, and the maps whose workers are killed.
$(build)/dispatch: $(call objects,$(wildcard autograder/bench/dispatch*.c)) $(library)
	$(call link)

# The benchmark of downloads.
$(build)/downloads: $(call objects,$(wildcard autograder/bench/downloads*.c)) $(library)
	$(call link,$(contract_libraries))

$(build)/kills: $(call objects,autograder/bench/kills.c autograder/bench/kills_map.c autograder/bench/killer.c) $(library)
	$(call link)

# A class whose verdicts are known, graded and killed.
$(build)/class_bench: $(call objects,$(wildcard autograder/bench/class_*.c)) $(build)/lib/libgrade.a \
		$(build)/lib/libexaminer.a $(build)/lib/libspeed.a $(build)/lib/libsandbox.a $(library)
	$(call link,-ljansson -larchive $(class_libraries))

.PHONY: test-modules check-reports test-exercises test-speed test-bench test-class test-adapters test-sources
ifneq ($(wildcard autograder/mutants),)
test: test-modules check-reports test-exercises test-speed test-bench test-class test-adapters test-starter check-lessons check-book book check-pages check-formats test-sources ##keeper Set up everything and prove everything
	@echo "make test: everything holds"
else
test:
	@echo "This is a starter: it holds nothing to prove itself with. make grades your exercise." >&2; exit 2
endif

test-modules: $(build)/tests/autograder grader $(build)/imageserver
	@echo "the autograder's own tests"
	@$(build)/tests/autograder --jobs 2
	@autograder/tests/changed_header.sh

# The reports that the modules' tests compare with, given to validators that are not ours.
check-reports: | $(build)/setup/test
	@autograder/tests/check_reports.sh $(build)

# After the modules' tests, so that each has the processors to itself.
test-exercises: grader test-modules | $(build)/setup/test
	@echo "stub, solution, mutants and hostile submissions of each exercise"
	@$(build)/grade check

.PHONY: test-hostile
test-hostile: grader ##keeper [E=02-process]: every hostile submission against each exercise; make test takes turns
	@$(build)/grade check --hostile $(E)

# A short form of the trials: no verdict may be wrong.
test-speed: grader test-exercises $(build)/trials $(build)/examiners/trials $(build)/kit/trials.made
	@echo "the speed rule: one trial of each program beside two others"
	@$(build)/trials 1 2

# A short form of `make kills`, and the tables of the benchmark.
test-bench: $(build)/kills test-speed
	@echo "300 maps with workers killed"
	@$(build)/kills 300
	@autograder/bench/table_test.sh

# What services that grade are given, and what they run.
test-adapters: grader test-class | $(build)/setup/test
	@echo "the adapters: Gradescope, Autolab, GitHub, GitLab"
	@autograder/adapters/test_adapters.sh $(build)

# Everything of ours compiles without a warning by two compilers. (Not the hostile submissions.)
sources := $(wildcard autograder/*/*.c autograder/trials/*/*.c exercises/*/*.c solutions/*/*.c lessons/*/*.c)
headers := $(wildcard autograder/*/*.h exercises/*/*.h lessons/*/*.h)
$(build)/checked/%.gcc: %.c | $(build)/setup/learner
	@mkdir -p $(@D)
	@gcc $(cflags) $(warnings) -Werror $(include_flags) -Iautograder/examiner -Iautograder/driver -Iautograder/trials -MMD -MP -MF $@.d -MT $@ \
		-c $< -o $@

$(build)/checked/%.clang: %.c | $(build)/setup/test
	@mkdir -p $(@D)
	@clang $(cflags) $(warnings) -Werror $(include_flags) -Iautograder/examiner -Iautograder/driver -Iautograder/trials -MMD -MP -MF $@.d -MT $@ \
		-c $< -o $@

scripts := .setup/install .setup/own_file .ci/run $(wildcard autograder/*/*.sh autograder/adapters/*/*.sh lessons/book/*.sh lessons/book/*/*.sh) autograder/adapters/gradescope/run_autograder
# What a Markdown file says, and where.
prose := $(filter-out lessons/book/refused.md,$(wildcard *.md */*.md */*/*.md autograder/adapters/*/*.md))
$(build)/checked/%.prose: %.md lessons/book/prose.lua | $(build)/setup/test
	@mkdir -p $(@D)
	@pandoc --from=lessons/book/prose.lua --to=plain --wrap=none $< -o $@

test-sources: $(sources:%.c=$(build)/checked/%.gcc) $(sources:%.c=$(build)/checked/%.clang) $(prose:%.md=$(build)/checked/%.prose) | $(build)/setup/test
	@if clang-format --version | grep -q 'version 14\.'; then clang-format --dry-run -Werror $(sources) $(headers); \
		else echo "clang-format is not version 14: the format is not checked"; fi
	@shellcheck $(scripts)
	@for header in $(headers); do grep -qs "^#include \"$${header##*/}\"" $(sources) $(headers) \
		|| { echo "$$header: nothing includes it, so no compiler has seen it" >&2; exit 1; }; done
	@lessons/book/check_prose.sh $(prose:%.md=$(build)/checked/%.prose)
	@codespell --quiet-level=2 --ignore-words-list=nin README.md */*.md */*/*.md autograder/adapters/*/*.md lessons/book/*.js lessons/book/tests/*.mjs $(scripts) $(sources) $(headers) $(wildcard lessons/*/*.dot lessons/*/*.gp) Makefile
	@echo "the sources are clean"

format: | $(build)/setup/test ##author Format all C sources
	@clang-format -i $(sources) $(headers)

# --- For a class -----------------------------------------------------------------------------------------

# The solutions' modules, without what a debugger would tell of their sources.
$(build)/starter/$(machine).a: $(call objects,$(foreach e,$(exercises),solutions/$(e)/$(call slug,$(e)).c))
	@mkdir -p $(@D)/objects
	@for object in $^; do objcopy --strip-debug $$object $(@D)/objects/$${object##*/}; done
	@rm -f $@
	@ar rcsD $@ $(addprefix $(@D)/objects/,$(notdir $^))

.PHONY: starter test-starter gradescope autolab
test-starter: starter test-adapters ##keeper Does a starter work, and does it hold no solution?
	@autograder/adapters/test_starter.sh $(build)/starter/workbook.tar.gz

starter: $(build)/starter/$(machine).a | $(build)/setup/book ##keeper The workbook for learners, without solutions, mutants and attacks: build/starter/workbook.tar.gz
	@autograder/adapters/starter.sh $< $(build)/starter/workbook.tar.gz

# What services that grade get uploaded; of the last commit.
gradescope: ##keeper E="02-process 03-memory" [SANDBOX=B]: what Gradescope grades with: build/gradescope/autograder.zip
	@autograder/adapters/pack.sh $@ $(build)/$@/autograder.zip $(or $(SANDBOX),B) $(E)

autolab: ##keeper E="02-process 03-memory" [SANDBOX=B]: what Autolab grades with: build/autolab/autograde.tar, autograde-Makefile
	@autograder/adapters/pack.sh $@ $(build)/$@/autograde.tar $(or $(SANDBOX),B) $(E)
	@for file in autograde-Makefile Dockerfile; do git show HEAD:autograder/adapters/$@/$$file >$(build)/$@/$$file; done
	@echo "Its problems must be called $(E), each of 100 points."

# --- Measuring: what the lessons' programs measure, for which each has a chart, and the grader itself ------

benchmarks := $(patsubst lessons/%.gp,%,$(wildcard lessons/$(or $(L),*-*)/$(or $(P),*).gp))

.PHONY: bench-lessons
bench: bench-lessons ##learner [L=02-process [P=PROGRAM]]: measure what the lessons measure, on your machine
	@$(if $(L)$(P),,autograder/bench/bench.sh $(build))
	@$(if $(L)$(P),,autograder/bench/downloads.sh $(build))
	@$(if $(or $(L),$(P)),,$(if $(wildcard autograder/tests),autograder/tests/bench.sh $(build)))

# What is still to be made is made first, so that nothing is compiled while something is measured.
bench-lessons: $(benchmarks:%=$(build)/lessons/%) $(build)/imageserver $(if $(L)$(P),,grader $(build)/dispatch $(build)/downloads) | $(build)/setup/book
	@$(if $(L)$(P),test -n "$(benchmarks)" || { echo "there is no lessons/$(or $(L),*)/$(or $(P),*).gp" >&2; exit 2; })
	@$(if $(benchmarks),lessons/book/bench.sh $(build) $(benchmarks))

trials: grader $(build)/trials $(build)/examiners/trials $(build)/kit/trials.made ##keeper [TRIALS=25] [BESIDE="0 1 2 4"]: how often is a verdict on speed wrong?
	@$(build)/trials $(or $(TRIALS),25) $(or $(BESIDE),0 1 2 4)

bench-pool: $(build)/dispatch | $(build)/setup/book ##author [ROUNDS=5]: measure the pool beside CPython, xargs and what is possible at best
	@autograder/bench/bench.sh $(build) $(ROUNDS)

bench-download: $(build)/downloads $(build)/imageserver | $(build)/setup/book ##author [ROUNDS=5]: measure downloads beside CPython, curl and the limit
	@autograder/bench/downloads.sh $(build) $(ROUNDS)

kills: $(build)/kills ##author [KILLS=10000] [SEED=N]: maps with workers killed at random moments
	@$(build)/kills $(or $(KILLS),10000) $(SEED)

# A short form, with one kill.
.PHONY: bench-class test-class
test-class: grader test-bench $(build)/class_bench
	@echo "a class of eight, and a kill"
	@$(build)/class_bench $(build)/tests/class 8 1 5

bench-class: grader $(build)/class_bench ##keeper [CLASS=100] [KILLS=3] [SEED=N]: grade a class whose verdicts are known, and once more with kills
	@mkdir -p $(build)/bench
	@$(build)/class_bench $(build)/bench/class $(or $(CLASS),100) $(or $(KILLS),3) $(SEED)

bench-grader: grader ##keeper Measure the grader: time to a verdict, and 200 gradings on a busy machine
	@autograder/tests/bench.sh $(build)

# --- The book: a lesson becomes a page once everything that it shows is true ------------------------------

lesson_programs  := $(patsubst lessons/%.c,$(build)/lessons/%,$(wildcard lessons/*/*.c))
lesson_outputs   := $(addsuffix .out,$(lesson_programs))
lesson_truths    := $(addsuffix .true,$(lesson_programs))
lesson_drawings  := $(patsubst lessons/%.dot,$(build)/lessons/%.svg,$(wildcard lessons/*/*.dot))
lesson_charts    := $(patsubst lessons/%.gp,$(build)/lessons/%.chart.svg,$(wildcard lessons/*-*/*.gp))
lesson_slugs     := $(patsubst lessons/%/lesson.md,%,$(wildcard lessons/*/lesson.md))
lesson_outlines  := $(lesson_slugs:%=$(build)/lessons/%/outline.tsv)
other_pages      := $(patsubst lessons/%.md,$(build)/book/%.html,$(wildcard lessons/*.md))
book_pages       := $(lesson_slugs:%=$(build)/book/%.html) $(other_pages)
book_assets      := $(patsubst lessons/book/%,$(build)/book/%,$(wildcard lessons/book/*.css lessons/book/*.js))
chart_sources    := lessons/book/chart.sh lessons/book/chart.gp lessons/book/book.css
book_sources     := lessons/book/page.html $(wildcard lessons/book/filters/*.lua)

.PHONY: book bench-book check-book check-lessons capture run-lesson
# Or make would delete what only other rules need, and make it again next time.
.SECONDARY: $(lesson_outputs) $(lesson_drawings) $(lesson_charts) $(lesson_outlines)

book: $(build)/lessons/pages.sound ##author The lessons as web pages: build/book/index.html
	@echo "The book is $(build)/book/index.html"

check-lessons: $(lesson_truths) ##author Run the lessons' programs and compare with the output shown

# Where the output varies, a committed transcript that still matches stays as it is.
capture: $(lesson_outputs) ##author Take fresh output over into lessons/ (then read the diff)
	@for fresh in $^; do \
		shown=lessons/$${fresh#$(build)/lessons/}; \
		lessons/book/check_transcript.sh "$$fresh" "$$shown" >/dev/null 2>&1 && continue; \
		cp "$$fresh" "$$shown" && echo "captured $$shown"; \
	done

run-lesson: $(if $(and $(L),$(P)),$(build)/lessons/$(L)/$(P)) | $(build)/imageserver ##learner L=02-process P=square_cube: run a program of a lesson
	@test -n "$<" || { echo "usage: make run-lesson L=02-process P=square_cube" >&2; exit 2; }
	@cd $(<D) && ./$(P) || echo "[exit status $$?]"

# --- Programs and what they print ------------------------------------------------------------

# A program may need flags of its own: `// flags: ...` in its second line.
own_flags = $(shell sed -n '2s,^// flags: ,,p' $<)

$(lesson_programs): $(build)/lessons/%: lessons/%.c $(library)
	@mkdir -p $(@D)
	@echo "compile $<"
	@$(CC) $(cflags) $(warnings) -Werror $(own_flags) $(include_flags) -MMD -MP -MF $@.d $< $(library) -Wl,--as-needed $(contract_libraries) -o $@

# (Some download from the image server.)
$(build)/lessons/%.out: $(build)/lessons/% lessons/book/transcript.sh | $(build)/imageserver
	@lessons/book/transcript.sh $< >$@

# Any change of a committed transcript checks all again: that is cheap. One that does not exist yet is
# not in the list; check_transcript.sh says what to do then.
$(lesson_truths): $(build)/lessons/%.true: $(build)/lessons/%.out lessons/book/check_transcript.sh \
		$(wildcard lessons/*/*.out lessons/*/*.expect)
	@lessons/book/check_transcript.sh $< lessons/$*.out
	@touch $@

# --- Pages -------------------------------------------------------------------------------------

$(build)/lessons/%.svg: lessons/%.dot | $(build)/setup/book
	@mkdir -p $(@D)
	@dot -Tsvg $< -o $@

# The modules of the library and what uses what, for the first page.
$(build)/lessons/modules.dot: lessons/book/modules.sh $(wildcard solutions/*/*.c) $(wildcard exercises/*/*.h) | $(build)/setup/book
	@mkdir -p $(@D)
	@$< >$@

$(build)/lessons/modules.svg: $(build)/lessons/modules.dot
	@dot -Tsvg $< -o $@

# What a program has measured, drawn from the committed transcript.
$(lesson_charts): $(build)/lessons/%.chart.svg: lessons/%.gp lessons/%.out $(chart_sources) | $(build)/setup/book
	@mkdir -p $(@D)
	@lessons/book/chart.sh lessons/$*.out $< >$@

$(patsubst %.gp,%.out,$(wildcard lessons/*-*/*.gp)):
	@echo "$@: not there. Run 'make capture' and read what it wrote." >&2; exit 1

# One line about each lesson. All pages show all titles, so all depend on the collection; it changes
# only when a line does, not with every edit of a lesson.
$(build)/lessons/%/outline.tsv: lessons/%/lesson.md lessons/book/outline.txt | $(build)/setup/book
	@mkdir -p $(@D)
	@pandoc --to=plain --wrap=none --template=lessons/book/outline.txt --variable=slug:$* $< -o $@

$(build)/lessons/outline.stamp: $(lesson_outlines)
	@mkdir -p $(@D)
	@cat $(sort $^) </dev/null >$@
	@cmp -s $@ $(@D)/outline.tsv || cp $@ $(@D)/outline.tsv

$(build)/lessons/outline.tsv: $(build)/lessons/outline.stamp ;

pandoc_flags := --from=markdown+task_lists --to=html5 --standalone --toc --toc-depth=3 --fail-if-warnings \
	--template=lessons/book/page.html --lua-filter=lessons/book/filters/book.lua

# $(1): name of the page. What it includes comes from the dependency file that the filter writes.
define make_page
@mkdir -p $(@D)
@echo "page $@"
@BOOK_BUILD=$(build) BOOK_DEPFILE=$(build)/lessons/$(1).page.d BOOK_SEARCH=$(build)/lessons/$(1).search \
	BOOK_LINKS=$(build)/lessons/$(1).links pandoc $(pandoc_flags) $< -o $@
endef

$(build)/book/%.html: lessons/%/lesson.md $(book_sources) $(build)/lessons/outline.tsv \
		| $(lesson_truths) $(lesson_drawings) $(lesson_charts) $(build)/setup/book
	$(call make_page,$*)

$(other_pages): $(build)/book/%.html: lessons/%.md $(book_sources) $(build)/lessons/outline.tsv | $(build)/lessons/modules.svg $(build)/setup/book
	$(call make_page,$*)

# Where a link leads is known when all is made.
$(build)/lessons/pages.sound: $(book_pages) $(book_assets) $(build)/book/search.js $(build)/book/lunr.js lessons/book/check_pages.awk
	@LC_ALL=C awk -f lessons/book/check_pages.awk -v largest=150000 RS='\n' $(book_pages:$(build)/book/%.html=$(build)/lessons/%.links) RS='<' $(book_pages)
	@touch $@

# Each page has left its sections; here they become what the search reads.
$(build)/book/search.js: $(book_pages)
	@(echo "const bookSections = ["; cat $(patsubst $(build)/book/%.html,$(build)/lessons/%.search,$^); echo "];") >$@

$(build)/book/lunr.js: | $(build)/setup/book
	@mkdir -p $(@D)
	@cp /usr/share/javascript/lunr/lunr.min.js $@

check-book: $(build)/lessons/pages.sound | $(build)/setup/test ##author Does the book refuse a lesson that is wrong?
	@BOOK_BUILD=$(build) lessons/book/check_refusals.sh $(build)/lessons/refused $(pandoc_flags)
	@BOOK_BUILD=$(build) lessons/book/check_again.sh $(build) $(pandoc_flags)

bench-book: $(build)/lessons/pages.sound ##author [ROUNDS=5]: how long the book takes to build, and how large its pages are
	@lessons/book/bench_book.sh $(build) $(ROUNDS)

$(book_assets): $(build)/book/%: lessons/book/%
	@mkdir -p $(@D)
	@cp $< $@

# --- The book in other formats: each page becomes a part, and the parts one document ---------------------------

formats     := lessons/book/formats
part_pages  := index $(sort $(lesson_slugs)) $(filter-out index,$(sort $(patsubst lessons/%.md,%,$(wildcard lessons/*.md))))
book_parts  := $(part_pages:%=$(build)/parts/%.json)
book_name   := multiprocessing-in-c
join        := pandoc --from=json --standalone --fail-if-warnings --metadata-file=$(formats)/book.yaml

.PHONY: pdf epub slides check-formats
pdf: $(build)/book/$(book_name).pdf ##author The whole book on paper: build/book/multiprocessing-in-c.pdf
	@echo "The book is $<"

epub: $(build)/book/$(book_name).epub ##author The whole book for readers: build/book/multiprocessing-in-c.epub
	@echo "The book is $<"

define make_part
@mkdir -p $(@D)
@echo "part $@"
@BOOK_BUILD=$(build) BOOK_DEPFILE=$@.d pandoc --from=markdown+task_lists --to=json --fail-if-warnings --lua-filter=$(formats)/part.lua $< -o $@
endef

$(lesson_slugs:%=$(build)/parts/%.json): $(build)/parts/%.json: lessons/%/lesson.md $(book_sources) $(formats)/part.lua \
		$(build)/lessons/outline.tsv | $(lesson_truths) $(lesson_drawings) $(lesson_charts) $(build)/setup/book
	$(make_part)

$(patsubst lessons/%.md,$(build)/parts/%.json,$(wildcard lessons/*.md)): $(build)/parts/%.json: lessons/%.md $(book_sources) \
		$(formats)/part.lua $(build)/lessons/outline.tsv | $(build)/lessons/modules.svg $(build)/setup/book
	$(make_part)

$(build)/formats/book.html: $(book_parts) $(addprefix $(formats)/,book.yaml pdf.html pdf.lua)
	@mkdir -p $(@D)
	@$(join) --to=html5 --template=$(formats)/pdf.html --lua-filter=$(formats)/pdf.lua $(book_parts) -o $@

$(build)/book/$(book_name).pdf: $(build)/formats/book.html $(formats)/pdf.css lessons/book/book.css $(formats)/pdf.sh | $(build)/setup/print
	@mkdir -p $(@D)
	@cp $(formats)/pdf.css lessons/book/book.css $(build)/formats
	@echo "print $@"
	@$(formats)/pdf.sh $< $@

# An EPUB is of the time of the last commit, so that the same book is the same file.
.PHONY: $(build)/formats/time.stamp
$(build)/formats/time.stamp:
	@mkdir -p $(@D)
	@git log -1 --format=%ct >$@ 2>/dev/null || echo 315532800 >$@
	@cmp -s $@ $(@D)/time || cp $@ $(@D)/time

$(build)/formats/time: $(build)/formats/time.stamp ;

$(build)/book/$(book_name).epub $(build)/formats/again.epub: $(book_parts) $(addprefix $(formats)/,book.yaml epub.lua epub.css epub.sh) \
		$(build)/formats/time | $(build)/setup/print
	@mkdir -p $(@D) $(build)/formats
	@echo "pack $@"
	@SOURCE_DATE_EPOCH=$$(cat $(build)/formats/time) $(join) --to=epub3 --toc-depth=2 --highlight-style=monochrome --css=$(formats)/epub.css --lua-filter=$(formats)/epub.lua \
		$(book_parts) --output=$(build)/formats/loose-$(@F)
	@$(formats)/epub.sh $(build)/formats/loose-$(@F) $@ "$$(cat $(build)/formats/time)"

# A deck for each lesson, with reveal.js.
decks        := $(lesson_slugs:%=$(build)/book/slides/%.html)
deck_assets  := $(addprefix $(build)/book/slides/,slides.css fit.js reveal/reveal.css reveal/reveal.js reveal/notes.js)
slides: $(decks) $(deck_assets) $(build)/book/slides/index.html $(build)/book/book.css ##author Slides for each lesson, with notes for the speaker: build/book/slides/index.html
	@echo "The slides are $(build)/book/slides/index.html"

$(decks): $(build)/book/slides/%.html: $(build)/parts/%.json $(addprefix $(formats)/,slides.html slides.lua sentences.lua size.lua)
	@mkdir -p $(@D)
	@echo "slides $@"
	@pandoc --from=json --to=html5 --standalone --fail-if-warnings --template=$(formats)/slides.html --lua-filter=$(formats)/slides.lua $< -o $@

$(build)/book/slides/index.html: $(build)/lessons/outline.tsv $(formats)/slides_index.html $(formats)/slides_index.lua
	@mkdir -p $(@D)
	@echo | BOOK_BUILD=$(build) pandoc --from=markdown --to=html5 --metadata=pagetitle=Slides --template=$(formats)/slides_index.html \
		--lua-filter=$(formats)/slides_index.lua -o $@

$(build)/book/slides/slides.css $(build)/book/slides/fit.js: $(build)/book/slides/%: $(formats)/%
	@mkdir -p $(@D)
	@cp $< $@

$(build)/book/slides/reveal/%: $(build)/npm/installed
	@mkdir -p $(@D)
	@cp $(build)/npm/node_modules/reveal.js/$(if $(filter notes.js,$*),plugin/notes,dist)/$* $@

# --- The pages as a reader sees them ---------------------------------------------------------------

.PHONY: check-pages pictures
pages_environment := BOOK=$(build)/book NPM=$(build)/npm

# Ubuntu has no chromium that a package installs, and a node that is too old.
ifneq ($(filter ID=debian,$(file </etc/os-release)),)
check-formats: pdf epub $(build)/formats/again.epub slides | $(build)/setup/test ##author Are PDF, EPUB and slides whole and well-formed?
	@$(formats)/check_formats.sh $(build) $(book_name) $(lesson_slugs)

check-pages: book $(build)/npm/installed ##author [PAGES="index 02-process"]: read the pages in a browser: do they work, for everybody?
	@echo "the pages, in a browser"
	@$(pages_environment) node --test-reporter=spec lessons/book/tests/check.mjs

pictures: book $(build)/npm/installed ##author [PAGES="index 02-process"]: pictures of the pages, to look at: build/book-pictures
	@$(pages_environment) node lessons/book/tests/pictures.mjs $(build)/book-pictures
	@echo "The pictures are in $(build)/book-pictures"
else
check-formats check-pages pictures:
	@echo "$@: not done, for this needs the chromium and the node of Debian"
endif

# They would take the processors from the tests that measure time.
ifneq ($(filter test,$(MAKECMDGOALS)),)
check-pages check-formats check-book $(build)/book/$(book_name).pdf: | test-starter
endif

# What depends on what, as the compiler and the book found it. There are many of these files, and make reads them whenever
# it starts: so only those that a goal may need.
goals := $(or $(MAKECMDGOALS),next)
depended_on := obj $(if $(filter test test-sources $(build)/checked/%,$(goals)),checked) \
	$(if $(filter-out next grade hint run list serve doctor help clean,$(goals)),lessons parts)
-include $(shell find $(depended_on:%=$(build)/%) -name '*.d' 2>/dev/null)
