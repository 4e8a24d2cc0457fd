# Multiprocessing in C: everything starts here. `make help` lists what there is.
#
# Everything made goes to build/. Lists come from the folders; none is typed here.

build ?= build
CC    := gcc
E     ?=
D     ?=

# Of a machine with several processors we use all, unless the caller says otherwise.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-builtin-rules --no-print-directory

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
cflags   := -std=c17 -D_DEFAULT_SOURCE -O2 -g -U_FORTIFY_SOURCE

exercises := $(sort $(notdir $(wildcard exercises/[0-9][0-9]-*)))
# 02-process -> process, the name of its module
slug = $(patsubst $(firstword $(subst -, ,$(1)))-%,%,$(1))
contracts     := $(foreach e,$(exercises),exercises/$(e)/$(call slug,$(e)).h)
include_flags := $(exercises:%=-Iexercises/%)

.DEFAULT_GOAL := next
.DELETE_ON_ERROR:
.PHONY: next grade hint run list doctor test bench format help clean

# --- For learners --------------------------------------------------------------------------------------

# The grader's exit status 1 (marks lost) is no error of make: nobody has done anything wrong.
graded = ; status=$$?; test $$status -le 1 || exit $$status

next: grader ##learner Set up what is missing, grade the next exercise, say what comes next
	@$(build)/grade --next $(graded)

grade: grader ##learner E=02-process [SANITIZE=1]: grade one exercise
	@$(build)/grade $(if $(SANITIZE),--sanitize) $(E) $(graded)

hint: grader ##learner E=02-process: one hint more
	@$(build)/grade hint $(E)

run: grader ##learner E=02-process D="exit_status status=7": run one drive by hand
	@$(build)/grade run $(E) $(D)

list: grader ##learner The exercises and what you have reached
	@$(build)/grade list

doctor: grader ##learner What is installed, and what the sandbox can do here
	@$(build)/grade doctor

help: ##learner This list
	@echo "For learners:"
	@sed -n 's/^\([a-z-]*\):.*##learner \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
		do printf '  make %-14s %s\n' "$$name" "$$text"; done
	@echo "For authors and developers:"
	@sed -n 's/^\([a-z-]*\):.*##author \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
		do printf '  make %-14s %s\n' "$$name" "$$text"; done

clean: ##author Remove everything that was made
	rm -rf $(build)

# Without these lines make would delete what only pattern rules ask for, and make it again next time.
.PRECIOUS: $(build)/setup/% $(build)/obj/%.o

# --- Set-up: the packages of a group are there once its stamp is ----------------------------------------

$(build)/setup/%: .setup/packages/% .setup/install
	@.setup/install $*
	@mkdir -p $(@D)
	@touch $@

# --- Objects and libraries -----------------------------------------------------------------------------

objects = $(patsubst %.c,$(build)/obj/%.o,$(1))

$(build)/obj/%.o: %.c | $(build)/setup/learner
	@mkdir -p $(@D)
	@echo "compile $<"
	@$(CC) $(cflags) $(warnings) $(include_flags) -Iautograder/examiner -Iautograder/driver -MMD -MP -c $< -o $@

# Anew each time, or members of deleted sources would stay.
define archive
@mkdir -p $(@D)
@rm -f $@
@ar rcs $@ $^
endef

library := $(build)/lib/libworkbook.a
$(library): $(call objects,$(foreach e,$(exercises),solutions/$(e)/$(call slug,$(e)).c))
	$(archive)

warden_only := autograder/sandbox/warden.c autograder/sandbox/filter.c autograder/sandbox/waiting.c
$(build)/lib/libsandbox.a: $(call objects,$(filter-out $(warden_only),$(wildcard autograder/sandbox/*.c)))
	$(archive)

$(build)/lib/libexaminer.a: $(call objects,$(wildcard autograder/examiner/*.c))
	$(archive)

$(build)/lib/libdriver.a: $(call objects,$(wildcard autograder/driver/*.c))
	$(archive)

$(build)/lib/libgrade.a: $(call objects,$(filter-out autograder/grade/main.c,$(wildcard autograder/grade/*.c)))
	$(archive)

# --- The grader ----------------------------------------------------------------------------------------

.PHONY: grader
grader: $(build)/warden $(build)/grade $(exercises:%=$(build)/examiners/%) $(exercises:%=$(build)/kit/%.made)

define link
@mkdir -p $(@D)
@echo "link $@"
@$(CC) $(cflags) $(filter %.o %.a,$^) $(1) -o $@
endef

$(build)/warden: $(call objects,$(warden_only) autograder/sandbox/limits.c autograder/sandbox/tree.c)
	$(call link,-lseccomp)

$(build)/grade: $(call objects,autograder/grade/main.c) $(build)/lib/libgrade.a $(build)/lib/libexaminer.a \
		$(build)/lib/libsandbox.a $(library)
	$(call link,-ljansson)

$(build)/examiners/%: $(build)/obj/exercises/%/tests.o $(build)/lib/libexaminer.a $(build)/lib/libsandbox.a
	$(call link,-lcriterion -ljansson)

# The kit of an exercise: all that a submission is compiled and linked with, in one folder that the
# sandbox shows to the compiler. It holds the other solutions, but not the one of the exercise itself.
own_solution = solutions/$(1)/$(call slug,$(1)).c
other_solutions = $(foreach e,$(filter-out $(1),$(exercises)),$(call own_solution,$(e)))
define kit
$(build)/kit/$(1).made: $(call objects,exercises/$(1)/driver.c $(call own_solution,$(1)) $(call other_solutions,$(1))) \
		$(build)/lib/libdriver.a $(contracts) autograder/grade/compile.sh autograder/driver/wrapped.txt
	@rm -rf $(build)/kit/$(1)
	@mkdir -p $(build)/kit/$(1)/include
	@cp $(contracts) $(build)/kit/$(1)/include
	@cp autograder/grade/compile.sh $(build)/lib/libdriver.a $(build)/kit/$(1)
	@cp $(call objects,exercises/$(1)/driver.c) $(build)/kit/$(1)/driver.o
	@ar rcs $(build)/kit/$(1)/library.a $(call objects,$(call other_solutions,$(1)))
	@nm --defined-only --extern-only $(call objects,$(call own_solution,$(1))) | sed -n 's/.* //p' >$(build)/kit/$(1)/api
	@sed 's/.*/-Wl,--wrap=&/' autograder/driver/wrapped.txt >$(build)/kit/$(1)/link
	@touch $$@
endef
$(foreach e,$(exercises),$(eval $(call kit,$(e))))

include lessons/book/book.mk
-include $(shell find $(build)/obj -name '*.d' 2>/dev/null)
