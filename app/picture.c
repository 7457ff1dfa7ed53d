/*
 * picture.c: makes our own pictures of one that somebody sent.
 *
 *   picture FOLDER NAME PIXELS SMALL MEDIUM LARGE MEMORY CPU_S <SENT
 *
 * Writes FOLDER/NAME-s.webp, -m.webp and -l.webp, on disk when it ends.  It
 * decodes what strangers made, so it is a program of its own, with limits and
 * with no other business; nothing is written before all is encoded.
 *
 * Exit    0 done, 2 no picture, 3 too many pixels, 1 anything else.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vips/vips.h>

enum { SIZES = 3, QUALITY = 80 };
enum { DONE = 0, FAILED = 1, NO_PICTURE = 2, TOO_BIG = 3 };

static const char *const suffixes[SIZES] = { "s", "m", "l" };

struct encoded {
	void *bytes;
	size_t size;
};

static bool
limit(int64_t memory, int64_t cpu_s)
{
	struct rlimit cpu = { (rlim_t)cpu_s, (rlim_t)cpu_s };
	struct rlimit none = { 0, 0 };

#ifndef __SANITIZE_ADDRESS__ /* its shadow alone takes terabytes */
	struct rlimit space = { (rlim_t)memory, (rlim_t)memory };

	if (setrlimit(RLIMIT_AS, &space) != 0)
		return false;
#endif
	(void)memory;
	return setrlimit(RLIMIT_CPU, &cpu) == 0 &&
	       setrlimit(RLIMIT_CORE, &none) == 0;
}

/* It warns of each line that is missing; the answer says it once. */
static void
say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message,
    gpointer data)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)data;
}

/* Of all that libvips can read, four kinds. */
static void
allow_loaders(void)
{
	static const char *const kinds[] = { "VipsForeignLoadJpeg",
		"VipsForeignLoadPng", "VipsForeignLoadWebp",
		"VipsForeignLoadNsgif" };

	(void)g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, say_nothing, NULL);
	vips_concurrency_set(1);
	vips_cache_set_max(0);
	vips_operation_block_set("VipsForeignLoad", TRUE);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		vips_operation_block_set(kinds[i], FALSE);
}

static bool
few_pixels(void *bytes, size_t size, int64_t most, int *why)
{
	VipsImage *image = vips_image_new_from_buffer(bytes, size, "", NULL);
	int64_t pixels;

	*why = NO_PICTURE;
	if (image == NULL)
		return false;
	pixels =
	    (int64_t)vips_image_get_width(image) * vips_image_get_height(image);
	g_object_unref(image);
	*why = TOO_BIG;
	return pixels <= most;
}

/* Without a word of metadata: libvips 8.14 leaves some in, told to strip. */
static VipsImage *
bare_copy(VipsImage *image)
{
	VipsImage *copy = NULL;
	gchar **fields;

	if (vips_copy(image, &copy, NULL) != 0)
		return NULL;
	fields = vips_image_get_fields(copy);
	for (int i = 0; fields[i] != NULL; i++)
		(void)vips_image_remove(
		    copy, fields[i]); /* size and so on stay */
	g_strfreev(fields);
	return copy;
}

/* Fits it into the width and twice that height; never makes it larger. */
static bool
encode(struct encoded *out, void *bytes, size_t size, int width)
{
	VipsImage *image = NULL, *bare;
	bool good;

	if (vips_thumbnail_buffer(bytes, size, &image, width, "height",
		2 * width, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
		"option_string", "fail_on=truncated", NULL) != 0)
		return false;
	bare = bare_copy(image);
	good =
	    bare != NULL && vips_webpsave_buffer(bare, &out->bytes, &out->size,
				"strip", TRUE, "Q", QUALITY, NULL) == 0;
	g_clear_object(&bare);
	g_object_unref(image);
	return good;
}

static bool
write_file(int folder, const char *name, const struct encoded *e)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
	const char *at = e->bytes;
	size_t left = e->size;
	bool good;

	if (fd < 0)
		return false;
	while (left > 0) {
		ssize_t n = write(fd, at, left);

		if (n <= 0)
			break;
		at += n;
		left -= (size_t)n;
	}
	/* nginx reads it, whatever our umask is */
	good = left == 0 && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
	return close(fd) == 0 && good;
}

static bool
write_files(const char *path, const char *name, const struct encoded all[SIZES])
{
	int folder = open(path, O_RDONLY | O_DIRECTORY);
	bool good = folder >= 0;
	char file[64];

	for (int i = 0; good && i < SIZES; i++) {
		(void)snprintf(
		    file, sizeof file, "%s-%s.webp", name, suffixes[i]);
		good = write_file(folder, file, &all[i]);
	}
	good = good && fsync(folder) == 0;
	for (int i = 0; folder >= 0 && !good && i < SIZES; i++) {
		(void)snprintf(
		    file, sizeof file, "%s-%s.webp", name, suffixes[i]);
		(void)unlinkat(folder, file, 0);
	}
	return good;
}

int
main(int argc, char **argv)
{
	struct encoded all[SIZES];
	struct stat sent;
	int why = FAILED;
	void *bytes;

	if (argc != 9 ||
	    !limit(strtoll(argv[7], NULL, 10), strtoll(argv[8], NULL, 10)) ||
	    fstat(STDIN_FILENO, &sent) != 0 || sent.st_size <= 0)
		return FAILED;
	bytes = mmap(NULL, (size_t)sent.st_size, PROT_READ, MAP_PRIVATE,
	    STDIN_FILENO, 0);
	if (bytes == MAP_FAILED || VIPS_INIT(argv[0]) != 0)
		return FAILED;
	allow_loaders();
	if (!few_pixels(
		bytes, (size_t)sent.st_size, strtoll(argv[3], NULL, 10), &why))
		_exit(why);
	for (int i = 0; i < SIZES; i++)
		if (!encode(&all[i], bytes, (size_t)sent.st_size,
			(int)strtol(argv[4 + i], NULL, 10)))
			_exit(NO_PICTURE);
	/* libvips keeps what it made for a next time that there is not */
	_exit(write_files(argv[1], argv[2], all) ? DONE : FAILED);
}
