/* picture_test.c: what is taken for a picture, and how its program may end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/picture.h"

#define PNG "\x89PNG\r\n\x1a\n"

static bool
png_with(const char *rest, size_t size)
{
	char bytes[256] = PNG;

	memcpy(bytes + 8, rest, size);
	return picture_known(bytes, 8 + size);
}

#define known(rest) png_with(rest, sizeof(rest) - 1)

static void
what_begins_like_one_is_a_picture(void **state)
{
	(void)state;
	assert_true(known("IHDR"));
	assert_true(picture_known("\xff\xd8\xff\xe0", 4));
	assert_true(picture_known("GIF87a,", 7));
	assert_true(picture_known("GIF89a,", 7));
	assert_true(picture_known("RIFF\4\0\0\0WEBPV", 13));
	assert_false(picture_known("RIFF\4\0\0\0WAVEf", 13));
	assert_false(picture_known("<svg>", 5));
	assert_false(picture_known("", 0));
	assert_false(picture_known(PNG, 7));
}

static void
what_is_something_else_besides_is_none(void **state)
{
	(void)state;
	assert_false(known("IHDR<!DOCTYPE html>"));
	assert_false(known("IHDR<hTmL>"));
	assert_false(known("<<body onload=f()>"));
	assert_false(known("IHDR<script\n>"));
	assert_false(known("IHDR<?php\texit"));
	assert_false(known("IHDR%PDF-1.4"));
	assert_false(known("IHDRPK\3\4PK\5\6\0\0\0\0\1\0\1\0"));
	assert_false(known("IHDRRar!\x1a\x07\1"));
	assert_false(known("IHDR7z\xbc\xaf\x27\x1c\0"));
}

/* Metadata of cameras, packed pixels, and what ends before it says all. */
static void
what_only_looks_alike_is_a_picture(void **state)
{
	(void)state;
	assert_true(known("<?xpacket begin='' ?><x:xmpmeta><rdf:RDF>"));
	assert_true(known("application/pdf PK\5\6\0\0\1\0 PK\3\4"));
	assert_true(known("<html"));
	assert_true(known("<htmlx"));
	assert_true(known("<html\0"));
	assert_true(known("%PDF-"));
	assert_true(known("\0\0\0\x18"
			  "ftypmp42"));
}

/* A program in the picture program's place, which ends as told. */
static enum picture_result
made_by(const char *script, int64_t ms)
{
	char name[] = "/tmp/picture_test_XXXXXX";
	int fd = mkstemp(name);
	struct picture_limits limits = { .program = name, .ms = ms };
	enum picture_result result;
	FILE *file;

	assert_true(fd >= 0);
	assert_int_equal(fchmod(fd, 0700), 0);
	file = fdopen(fd, "w");
	assert_non_null(file);
	assert_true(fprintf(file, "#!/bin/sh\n%s\n", script) > 0);
	assert_int_equal(fclose(file), 0);
	result = picture_make(&limits, "/tmp", "name", "bytes", 5);
	(void)unlink(name);
	return result;
}

static void
its_end_is_judged(void **state)
{
	(void)state;
	assert_int_equal(made_by("exit 0", 60000), PICTURE_OK);
	assert_int_equal(made_by("exit 2", 60000), PICTURE_NOT);
	assert_int_equal(made_by("exit 3", 60000), PICTURE_TOO_BIG);
	assert_int_equal(made_by("kill -s XCPU $$", 60000), PICTURE_TOO_BIG);
	assert_int_equal(made_by("kill -s SEGV $$", 60000), PICTURE_TOO_BIG);
	assert_int_equal(made_by("exit 1", 60000), PICTURE_FAILED);
}

/* One that never ends, and reads nothing, is ended and waited for. */
static void
the_clock_ends_it(void **state)
{
	(void)state;
	assert_int_equal(made_by("while :; do :; done", 50), PICTURE_TOO_BIG);
}

static void
it_gets_the_bytes_and_its_limits_and_no_secrets(void **state)
{
	(void)state;
	assert_int_equal(setenv("SECRET_OF_OURS", "x", 1), 0);
	assert_int_equal(
	    made_by("[ \"$1 $2 $8 $(cat <&0)${SECRET_OF_OURS:-}\" = "
		    "'/tmp name 60 bytes' ] || exit 2",
		60000),
	    PICTURE_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_begins_like_one_is_a_picture),
		cmocka_unit_test(what_is_something_else_besides_is_none),
		cmocka_unit_test(what_only_looks_alike_is_a_picture),
		cmocka_unit_test(its_end_is_judged),
		cmocka_unit_test(the_clock_ends_it),
		cmocka_unit_test(
		    it_gets_the_bytes_and_its_limits_and_no_secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
