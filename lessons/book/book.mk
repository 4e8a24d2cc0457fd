# The book: a lesson becomes a page once everything that it shows is true.
#
#   make book            build/book/index.html and a page for each lesson
#   make check-lessons   compile and run the lessons' programs, compare with the output they show
#   make check-book      does the book refuse a lesson that is wrong?
#   make capture         take fresh output over into lessons/ (then read the diff)
#   make run-lesson L=02-process P=square_cube     run one program of a lesson
#
# Uses what the Makefile has defined above: build, CC, cflags, warnings, include_flags, library. It also
# has the rule for $(build)/setup/book, which sees to pandoc and graphviz.

lesson_programs  := $(patsubst lessons/%.c,$(build)/lessons/%,$(wildcard lessons/*/*.c))
lesson_outputs   := $(addsuffix .out,$(lesson_programs))
lesson_truths    := $(addsuffix .true,$(lesson_programs))
lesson_drawings  := $(patsubst lessons/%.dot,$(build)/lessons/%.svg,$(wildcard lessons/*/*.dot))
lesson_slugs     := $(patsubst lessons/%/lesson.md,%,$(wildcard lessons/*/lesson.md))
lesson_outlines  := $(lesson_slugs:%=$(build)/lessons/%/outline.tsv)
book_pages       := $(build)/book/index.html $(lesson_slugs:%=$(build)/book/%.html)
book_assets      := $(patsubst lessons/book/%,$(build)/book/%,$(wildcard lessons/book/*.css lessons/book/*.js))
book_sources     := lessons/book/page.html $(wildcard lessons/book/filters/*.lua)

.PHONY: book check-book check-lessons capture run-lesson
.DELETE_ON_ERROR:
# Or make would delete what only other rules need, and make it again next time.
.SECONDARY: $(lesson_outputs) $(lesson_drawings) $(lesson_outlines)

book: $(book_pages) $(book_assets)
	@echo "The book is $(build)/book/index.html"

check-lessons: $(lesson_truths)

# Where the output varies, a committed transcript that still matches stays as it is.
capture: $(lesson_outputs)
	@for fresh in $^; do \
		shown=lessons/$${fresh#$(build)/lessons/}; \
		lessons/book/check_transcript.sh "$$fresh" "$$shown" >/dev/null 2>&1 && continue; \
		cp "$$fresh" "$$shown" && echo "captured $$shown"; \
	done

run-lesson: $(if $(and $(L),$(P)),$(build)/lessons/$(L)/$(P))
	@test -n "$<" || { echo "usage: make run-lesson L=02-process P=square_cube" >&2; exit 2; }
	@cd $(<D) && ./$(P) || echo "[exit status $$?]"

# --- Programs and what they print ------------------------------------------------------------

$(lesson_programs): $(build)/lessons/%: lessons/%.c $(library)
	@mkdir -p $(@D)
	$(CC) $(cflags) $(warnings) -Werror $(include_flags) -MMD -MP -MF $@.d $< $(library) -o $@

$(build)/lessons/%.out: $(build)/lessons/% lessons/book/transcript.sh
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
@BOOK_BUILD=$(build) BOOK_DEPFILE=$(build)/lessons/$(1).page.d pandoc $(pandoc_flags) $< -o $@
endef

$(build)/book/%.html: lessons/%/lesson.md $(book_sources) $(build)/lessons/outline.tsv \
		| $(lesson_truths) $(lesson_drawings) $(build)/setup/book
	$(call make_page,$*)

$(build)/book/index.html: lessons/index.md $(book_sources) $(build)/lessons/outline.tsv | $(build)/setup/book
	$(call make_page,index)

check-book: $(build)/lessons/outline.tsv | $(build)/setup/book
	@BOOK_BUILD=$(build) lessons/book/check_refusals.sh $(build)/lessons/refused $(pandoc_flags)

$(book_assets): $(build)/book/%: lessons/book/%
	@mkdir -p $(@D)
	@cp $< $@

-include $(wildcard $(addsuffix .d,$(lesson_programs)) $(build)/lessons/*.page.d)
