/*
 * payments.h: what handlers and jobs do at the gateway.
 */
#ifndef PAYMENTS_H
#define PAYMENTS_H

#include <stdbool.h>

#include "lib/http.h"

/*
 * Asks the gateway to start a committed payment (a row with payment_id and the
 * columns of payment_order), and commits its answer.  A lost answer leaves the
 * payment unknown, for the jobs to trace.  Gives the row of booking_answer;
 * NULL when it could not be written.
 */
struct rows *start_payment(struct request *req, const struct rows *made);

/* Polls or traces one payment that is due; false when none was. */
bool follow_payment(struct request *req);

#endif
