/* picture.c: starts the program that decodes, and watches it. */
#include "lib/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/log.h"

static bool
begins_like_one(const char *bytes, size_t size)
{
	static const struct {
		const char *begin;
		size_t size;
	} kinds[] = {
		{ "\xff\xd8\xff", 3 },
		{ "\x89PNG\r\n\x1a\n", 8 },
		{ "GIF87a", 6 },
		{ "GIF89a", 6 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (size > kinds[i].size &&
		    memcmp(bytes, kinds[i].begin, kinds[i].size) == 0)
			return true;
	return size > 12 && memcmp(bytes, "RIFF", 4) == 0 &&
	       memcmp(bytes + 8, "WEBP", 4) == 0;
}

/*
 * A page, a script, a PDF or an archive inside of a picture, behind it or in
 * its comments.  What merely follows a picture's end is no reason: phones put
 * the film of a moving photo there, and cropped screenshots keep a remnant.
 * Nothing of the sort reaches anybody, for our own pictures are made of the
 * pixels alone.  Each mark is too long to stand in packed pixels by chance.
 */
static bool
is_something_else(const char *bytes, size_t size)
{
	static const struct {
		const char *mark;
		size_t size;
		const char *then; /* of a text in any case: what may follow */
	} marks[] = {
		{ "<!doctype", 9, " \t\r\n" },
		{ "<html", 5, " \t\r\n>" },
		{ "<body", 5, " \t\r\n>" },
		{ "<script", 7, " \t\r\n>/" },
		{ "<?php", 5, " \t\r\n" },
		{ "%PDF-", 5, "12" },
		{ "PK\5\6\0\0\0\0", 8, NULL }, /* where a ZIP ends, or a JAR */
		{ "Rar!\x1a\x07", 6, NULL },
		{ "7z\xbc\xaf\x27\x1c", 6, NULL },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *mark = marks[i].mark, *then = marks[i].then;
		size_t length = marks[i].size;
		const char *at = bytes, *end = bytes + size;

		while ((at = memchr(at, mark[0], (size_t)(end - at))) != NULL &&
		       (size_t)(end - at) > length) {
			if (then == NULL ? memcmp(at, mark, length) == 0
					 : strncasecmp(at, mark, length) == 0 &&
					       at[length] != '\0' &&
					       strchr(then, at[length]) != NULL)
				return true;
			at++;
		}
	}
	return false;
}

bool
picture_known(const char *bytes, size_t size)
{
	return begins_like_one(bytes, size) && !is_something_else(bytes, size);
}

/* A file without a name that holds the bytes; -1 when it cannot be made. */
static int
bytes_as_file(const char *bytes, size_t size)
{
	int fd = memfd_create("picture", MFD_CLOEXEC);

	while (fd >= 0 && size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			(void)close(fd);
			return -1;
		}
		bytes += n;
		size -= (size_t)n;
	}
	if (fd >= 0)
		(void)lseek(fd, 0, SEEK_SET);
	return fd;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* True once nobody holds the other end of the pipe any more. */
static bool
ends_in_time(int pipe_end, int64_t ms)
{
	int64_t deadline = now_ms() + ms, left = ms;

	while (left > 0) {
		struct pollfd fd = { .fd = pipe_end, .events = POLLIN };

		if (poll(&fd, 1, (int)left) > 0)
			return true;
		left = deadline - now_ms();
	}
	return false;
}

static enum picture_result
judge(int status, bool in_time)
{
	if (!in_time || WIFSIGNALED(status))
		return PICTURE_TOO_BIG;
	switch (WEXITSTATUS(status)) {
	case 0:
		return PICTURE_OK;
	case 2:
		return PICTURE_NOT;
	case 3:
		return PICTURE_TOO_BIG;
	default:
		log_line(LOG_ERROR, "picture",
		    "the picture program ended with %d", WEXITSTATUS(status));
		return PICTURE_FAILED;
	}
}

enum picture_result
picture_make(const struct picture_limits *limits, const char *folder,
    const char *name, const char *bytes, size_t size)
{
	char numbers[6][24];
	const char *argv[] = { limits->program, folder, name, numbers[0],
		numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
		NULL };
	char *environment[] = { NULL }; /* ours has secrets */
	const int64_t values[] = { limits->pixels, limits->small,
		limits->medium, limits->large, limits->memory,
		(limits->ms + 999) / 1000 };
	int file, pipe_ends[2], status = 0;
	bool in_time;
	pid_t child;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		(void)snprintf(
		    numbers[i], sizeof numbers[i], "%" PRId64, values[i]);
	file = bytes_as_file(bytes, size);
	if (file < 0 || pipe2(pipe_ends, O_CLOEXEC) != 0) {
		log_line(LOG_ERROR, "picture", "no file or pipe was to be had");
		if (file >= 0)
			(void)close(file);
		return PICTURE_FAILED;
	}
	child = fork();
	if (child == 0) {
		/* Its output is the pipe, held open until it ends. */
		if (dup2(file, STDIN_FILENO) < 0 ||
		    dup2(pipe_ends[1], STDOUT_FILENO) < 0)
			_exit(127);
		(void)close_range(3, ~0u, 0);
		(void)execve(limits->program, (char *const *)argv, environment);
		_exit(127);
	}
	(void)close(file);
	(void)close(pipe_ends[1]);
	if (child < 0) {
		(void)close(pipe_ends[0]);
		log_line(LOG_ERROR, "picture", "no process was to be had");
		return PICTURE_FAILED;
	}
	in_time = ends_in_time(pipe_ends[0], limits->ms);
	if (!in_time)
		(void)kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(pipe_ends[0]);
	return judge(status, in_time);
}
