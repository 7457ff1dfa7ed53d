/*
 * pages.h: the files of the pages as the build wrote them.
 */
#ifndef PAGES_H
#define PAGES_H

struct request;

/* A file of the pages' folder, whole and in the request's arena; NULL where
 * there is none that can be read whole.  It is read anew each time: a release
 * changes it, and it costs less than the statement beside it. */
char *read_page_file(struct request *req, const char *name);

#endif
