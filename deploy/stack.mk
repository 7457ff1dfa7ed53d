# stack.mk: the targets that want the whole machine; deploy/ does the work.

# What a fresh Debian lacks.  Quick when nothing does.
set-up:
	@deploy/setup

run: set-up
	@$(MAKE) -s --no-print-directory -j $(shell nproc) MODE=release all web
	@BUILD=$(CURDIR)/build/release exec deploy/stack run

stop:
	@deploy/stack stop
	@PROFILE=test deploy/stack stop

# Everything: unit tests, replay, lint, SQL, integration.
test: set-up
	@exec deploy/test

# The pages alone, in a browser: all sizes and colours, where make test takes a
# phone's; pictures of them in build/browser.  Then their times.
browser: set-up
	@BROWSER=whole TESTS='test/browser/*.test.mjs' deploy/test
	@$(MAKE) -s --no-print-directory timings

# Lighthouse, and a phone on a bad line: wants an idle machine.
timings: set-up
	@$(MAKE) -s --no-print-directory -j $(shell nproc) MODE=release all web
	@exec deploy/timings

.PHONY: set-up run stop test browser timings
