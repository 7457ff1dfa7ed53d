/* replay.c: runs kept inputs through a fuzz target without a fuzzer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "test/fuzz/fuzz.h"

enum { INPUT_MAX = 1 << 20, PREFIXES_MAX = 4096 };

/* A block of just its size: one byte read past it shows. */
static void
run(const unsigned char *bytes, size_t size)
{
	unsigned char *copy = malloc(size > 0 ? size : 1);

	MUST(copy != NULL);
	memcpy(copy, bytes, size);
	(void)LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Also each beginning of the input: a cut answer is the commonest bad one. */
static void
replay_file(const char *path)
{
	static unsigned char bytes[INPUT_MAX];
	FILE *f = fopen(path, "rb");
	size_t size;

	if (f == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	size = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	run(bytes, size);
	for (size_t cut = 0; cut < size && cut < PREFIXES_MAX; cut++)
		run(bytes, cut);
}

/* The number of inputs; a folder without any is a mistake. */
static int
replay_folder(const char *path)
{
	struct arena *a = arena_open();
	DIR *folder = opendir(path);
	const struct dirent *entry;
	int count = 0;

	if (folder == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		replay_file(arena_printf(a, "%s/%s", path, entry->d_name));
		count++;
	}
	(void)closedir(folder);
	arena_close(a);
	return count;
}

int
main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++)
		count += replay_folder(argv[i]);
	if (count == 0) {
		(void)fprintf(stderr, "usage: %s folder-of-inputs…\n", argv[0]);
		return EXIT_FAILURE;
	}
	(void)printf("ok %s: %d inputs\n", argv[0], count);
	return EXIT_SUCCESS;
}
