# BantuBuzz.  GNU make, no configure step.
#
#   make                  the programs, into build/debug
#   make MODE=release     likewise, into build/release; asan is the third mode
#   make CC=clang         with clang, into build/clang-debug
#   make unit             unit tests, every one of them run
#   make headers lint     each header alone; what the house does not use
#   make format           lays the sources out by .clang-format
#   make check-sql        the schema from nothing, there and back, and
#                         every statement prepared
#   make web web-test     the pages into web/dist; their tests
#   make run              the whole system here; Ctrl-C ends it
#   make test             every test
#   make db-test          lib/db.c over a PostgreSQL; needs DATABASE_URL

MODE ?= debug
ifeq ($(origin CC),default)
CC := gcc
endif

B := build/$(if $(findstring clang,$(CC)),clang-)$(MODE)

all:

# ---- flags ----

CPPFLAGS := -D_GNU_SOURCE -I. -Ibuild
# A row of a table leaves out at its end what is nothing: a route's pool.
CFLAGS := -std=c11 -g -Wall -Wextra -Wconversion -Wshadow -Wvla -Wformat=2 \
	-Wstrict-prototypes -Wmissing-prototypes \
	-Wno-missing-field-initializers -Werror
LDFLAGS :=
LDLIBS := -lfcgi -lpq -ljson-c -largon2 -luuid -lcurl -lssl -lcrypto -lz

# Debian keeps libpq-fe.h in a folder of its own.
CPPFLAGS += -isystem $(or $(PQ_INCLUDE),/usr/include/postgresql)

# libvips's headers, for app/picture.c; asked for when it is there.
VIPS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags vips))

# BUDGET: every answer says in headers what it cost, for the tests.
ifeq ($(MODE),debug)
CPPFLAGS += -DBUDGET=1
CFLAGS += -O1
else ifeq ($(MODE),asan)
CPPFLAGS += -DBUDGET=1
CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
else ifeq ($(MODE),release)
CFLAGS += -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS += -pie -Wl,-z,relro,-z,now
else
$(error MODE is debug, asan or release)
endif

# ---- what there is ----

# Each is one main; all other files of app/ serve every one of them.
mains := $(wildcard app/worker.c app/jobs.c app/relay.c)
# Alone with its library, and linked to nothing of ours.
loners := app/picture.c
lib_sources := $(wildcard lib/*.c)
app_sources := $(filter-out $(mains) $(loners),$(wildcard app/*.c))
unit_sources := $(wildcard test/unit/*_test.c)
unit_shared := $(filter-out $(unit_sources),$(wildcard test/unit/*.c))
queries := $(wildcard sql/queries/*.sql)

# A test that includes the fake gets it in place of lib/db.c, and app/.
faked := $(if $(unit_sources),$(shell grep -l 'test/unit/fake\.h' \
	$(unit_sources)))

programs := $(mains:app/%.c=$(B)/%)
loner_programs := $(loners:app/%.c=$(B)/%)
unit_tests := $(unit_sources:test/unit/%.c=$(B)/unit/%)
unit_shells := $(wildcard test/unit/*_test.sh)
objects := $(patsubst %.c,$(B)/%.o,$(mains) $(loners) $(lib_sources) $(app_sources) \
	$(unit_sources) $(unit_shared) test/integration/db_test.c) $(B)/queries.o

all: $(programs) $(loner_programs)

# ---- statements ----

# The folder itself is asked too: its time changes when a file goes away.
build/queries.c build/queries.h &: sql/embed.awk sql/queries $(queries)
	@mkdir -p build
	awk -v out=build/queries.new -f sql/embed.awk $(queries) /dev/null
	@mv build/queries.new.h build/queries.h
	@mv build/queries.new.c build/queries.c

check-sql:
	@deploy/check-sql $(queries)

# ---- objects ----

$(B)/queries.o: build/queries.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# lib/ knows no statement; all others may.
$(patsubst %.c,$(B)/%.o,$(mains) $(app_sources) $(faked) \
    $(unit_shared)): | build/queries.h

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Rebuilt whole, so that a deleted source leaves no member behind.
$(B)/lib.a: $(lib_sources:%.c=$(B)/%.o)
	@rm -f $@
	ar rcs $@ $^

$(B)/app.a: $(app_sources:%.c=$(B)/%.o) $(B)/queries.o
	@rm -f $@
	ar rcs $@ $^

$(programs): $(B)/%: $(B)/app/%.o $(B)/app.a $(B)/lib.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The frames of WebSockets, read for the relay alone.
$(B)/relay: LDLIBS += -lwslay

$(B)/app/picture.o: CPPFLAGS += $(VIPS)
$(loner_programs): $(B)/%: $(B)/app/%.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs vips)

# ---- unit tests ----

# What stands before an archive wins over the archive's members.
faked_tests := $(faked:test/unit/%.c=$(B)/unit/%)

$(faked_tests): $(B)/unit/%: $(B)/test/unit/%.o $(B)/test/unit/fake.o \
	    $(B)/app.a $(B)/lib.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(filter-out $(faked_tests),$(unit_tests)): $(B)/unit/%: \
	    $(B)/test/unit/%.o $(B)/lib.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

unit: $(unit_tests)
	@failed=; for t in $(unit_tests); do \
	    $$t >$$t.log 2>&1 && echo "ok $$t" || \
	    { cat $$t.log; failed="$$failed $$t"; }; \
	done; \
	for t in $(unit_shells); do \
	    sh $$t || failed="$$failed $$t"; \
	done; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

# Over a real PostgreSQL, so not among the unit tests.
$(B)/db_test: $(B)/test/integration/db_test.o $(B)/lib.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

db-test: $(B)/db_test
	$<

# ---- pages ----

# Built again only when something that goes into them has changed.
web_sources := $(shell find web -name node_modules -prune -o -name dist -prune \
	-o -path web/build -prune -o -path web/public/fonts -prune -o -path web/public/icons -prune \
	-o -type f -print)

web: build/web.built

# Previews name the site's address: pages for another one are other pages.
build/web.address: ALWAYS
	@mkdir -p $(@D)
	@printf '%s\n' '$(FRONTEND_URL)' | cmp -s - $@ || \
	    printf '%s\n' '$(FRONTEND_URL)' >$@

build/web.built: $(web_sources) app/openapi.yaml build/web.address
	@mkdir -p $(@D)
	@deploy/web build
	@touch $@

web-test: build/web.tested

build/web.tested: $(web_sources) app/openapi.yaml
	@mkdir -p $(@D)
	@deploy/web test
	@touch $@

# ---- looking at the sources ----

own_c := $(wildcard app/*.c lib/*.c test/unit/*.c test/fuzz/*.c \
	test/integration/*.c)
own_h := $(wildcard app/*.h lib/*.h test/unit/*.h test/fuzz/*.h)
forbidden := sprintf|vsprintf|strcpy|strcat|strncpy|strncat|strtok|strtok_r
forbidden := $(forbidden)|atoi|atol|atoll|sscanf|gets|alloca

headers: build/queries.h
	@for h in $(own_h) build/queries.h; do \
	    $(CC) $(CPPFLAGS) $(CFLAGS) -Wno-unused-function \
	        -fsyntax-only -x c $$h || exit 1; \
	done

lint: lint-words lint-format lint-clang headers lint-tidy lint-web web

# The preprocessor drops the comments, which may speak of what is not used.
lint-words:
	@bad=; for f in $(own_c) $(own_h); do \
	    gcc -w -std=c11 -fpreprocessed -dD -E -P -x c $$f | \
	    grep -E '(^|[^A-Za-z0-9_])($(forbidden))[[:space:]]*\(' && \
	    { echo "$$f uses what the house does not"; bad=1; }; \
	done; test -z "$$bad"

# The other compiler's warnings.
lint-clang: build/queries.h
	@for f in $(own_c) build/queries.c; do \
	    clang $(CPPFLAGS) $(VIPS) $(filter-out -fsanitize%,$(CFLAGS)) \
	    -fsyntax-only $$f || exit 1; \
	done

lint-format:
	clang-format --dry-run --Werror $(own_c) $(own_h)

# One at a time: over several files, clang-tidy 14 takes each va_list for
# uninitialized.  What passed is remembered.
lint-tidy: $(own_c:%.c=build/tidy/%.ok)

build/tidy/%.ok: %.c .clang-tidy $(own_h) | build/queries.h
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(CPPFLAGS) $(VIPS) -std=c11 2>$@.log || \
	    { cat $@.log; exit 1; }
	@touch $@

# Layout and rules of the pages; their types are looked at where they are built.
lint-web: build/web.linted

build/web.linted: $(web_sources)
	@mkdir -p $(@D)
	@deploy/web lint
	@touch $@

format:
	clang-format -i $(own_c) $(own_h)
	deploy/web format

compile_commands.json: Makefile
	@{ echo '['; comma=; for f in $(own_c); do \
	    printf '%s{"directory":"%s","file":"%s","command":"%s"}\n' \
	    "$$comma" '$(CURDIR)' "$$f" \
	    '$(CC) $(CPPFLAGS) $(VIPS) $(CFLAGS) -c '"$$f"; comma=,; \
	done; echo ']'; } >$@

clean:
	rm -rf build compile_commands.json

.PHONY: ALWAYS all web web-test lint-web unit db-test headers lint lint-words lint-format lint-clang lint-tidy format \
	check-sql clean compile_commands.json
.DELETE_ON_ERROR:
.SECONDARY:

# ---- fuzzing and replay ----

# test/fuzz/<name>.c is a target, test/fuzz/corpus/<name>/ its kept inputs.
#   make replay                    the kept inputs, by this compiler and MODE
#   make fuzz SECONDS=600          each target in turn, by clang's libFuzzer
#   make fuzz FUZZ="jwt json"      those alone
# What a run finds stays in build/fuzz/; a crash is mended, and its input kept.

SECONDS ?= 60
FUZZ ?= $(filter-out replay,$(basename $(notdir $(wildcard test/fuzz/*.c))))
fuzz_flags := -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all

replays := $(FUZZ:%=$(B)/fuzz/%)
fuzzers := $(FUZZ:%=build/fuzz/%)

$(replays): $(B)/fuzz/%: $(B)/test/fuzz/%.o $(B)/test/fuzz/replay.o $(B)/app.a \
	    $(B)/lib.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lwslay

replay: $(replays)
	@for f in $(FUZZ); do \
	    $(B)/fuzz/$$f test/fuzz/corpus/$$f || exit 1; \
	done

# An archive, of which a target takes what it wants.
fuzz_app := $(app_sources:%.c=build/fuzz/o/%.o) build/fuzz/o/build/queries.o

$(fuzz_app): | build/queries.h

build/fuzz/app.a: $(fuzz_app)
	@rm -f $@
	ar rcs $@ $^

build/fuzz/o/%.o: %.c
	@mkdir -p $(@D)
	clang $(CPPFLAGS) -std=c11 -g $(fuzz_flags) \
	    -fsanitize=fuzzer-no-link,address,undefined -MMD -MP -c -o $@ $<

$(fuzzers): build/fuzz/%: build/fuzz/o/test/fuzz/%.o build/fuzz/app.a \
	    $(lib_sources:%.c=build/fuzz/o/%.o)
	clang $(fuzz_flags) -fsanitize=fuzzer,address,undefined -o $@ $^ \
	    $(LDLIBS) -lwslay

fuzz: $(fuzzers)
	@for f in $(FUZZ); do \
	    mkdir -p build/fuzz/corpus/$$f build/fuzz/crashes; \
	    build/fuzz/$$f -max_total_time=$(SECONDS) -timeout=10 \
	        -max_len=8192 -print_final_stats=1 \
	        -artifact_prefix=build/fuzz/crashes/$$f- \
	        build/fuzz/corpus/$$f test/fuzz/corpus/$$f \
	        >build/fuzz/$$f.log 2>&1 || { \
	            tail -n 40 build/fuzz/$$f.log; \
	            echo "crash inputs:"; ls build/fuzz/crashes/$$f-*; \
	            exit 1; }; \
	    echo "ok fuzz $$f: $$(sed -n \
	        's/^stat::number_of_executed_units: *//p' \
	        build/fuzz/$$f.log) runs"; \
	done

.PHONY: replay fuzz
-include $(patsubst %.c,$(B)/test/fuzz/%.d,$(notdir $(wildcard test/fuzz/*.c)))
-include $(patsubst %.c,build/fuzz/o/%.d,$(lib_sources) $(app_sources) \
	$(wildcard test/fuzz/*.c))

# ---- run, test: deploy/ ----

include deploy/stack.mk

# ---- bench: deploy/bench, test/bench/ ----

#   make bench                     about four minutes
#   make bench ROUNDS=2 SECONDS=1 SCALE=0.1
bench: set-up
	@$(MAKE) -s --no-print-directory MODE=release all web
	@exec deploy/bench

#   make plans                     what each statement that reads costs, at 1x
#                                  and 10x, into test/bench/plans.md
#   make plans SCALE=10            at 100,000 creators alone: minutes to load
plans: set-up
	@exec deploy/plans

#   make figures                   how long handlers and resource files are
figures:
	@node test/bench/figures.mjs

# ---- the README's pictures: deploy/pictures, test/browser/pictures.mjs ----

pictures: set-up
	@$(MAKE) -s --no-print-directory MODE=release all web
	@exec deploy/pictures

# ---- load: deploy/load, test/load/ ----

#   make load                      about ten minutes
#   make load CLIENTS=1000 ROUNDS=2 SECONDS=2 PHONES=20 MESSAGES=1000
load: set-up
	@$(MAKE) -s --no-print-directory MODE=release all web
	@exec deploy/load

.PHONY: bench plans figures load pictures

-include $(objects:.o=.d)
