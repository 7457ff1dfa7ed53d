/*
 * echo.h: a relay that sends back what it gets, for the tests of RFC 6455.
 *
 * Shape   RELAY_ECHO=1 puts it in the place of app/sockets.h; limits are the
 *         same.
 */
#ifndef ECHO_H
#define ECHO_H

#include "app/app.h"
#include "lib/loop.h"

struct echo;

struct echo *echo_open(struct app *app, struct loop *loop, int listening);
void echo_tend(struct echo *e);
void echo_close(struct echo *e);

#endif
