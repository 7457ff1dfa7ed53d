/*
 * fuzz.h: what every fuzz target has in common.
 *
 * Shape   one target a parser, test/fuzz/<name>.c, with kept inputs in
 *         test/fuzz/corpus/<name>/.  libFuzzer drives it in `make fuzz`,
 *         replay.c over the kept inputs in `make replay`.
 * Errors  a broken promise of a parser ends the process by abort.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Unlike assert, there in every build. */
#define MUST(promise)                                                          \
	do {                                                                   \
		if (!(promise))                                                \
			abort();                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
