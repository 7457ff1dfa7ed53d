/*
 * payments.h: what handlers and jobs do at the gateway.
 */
#ifndef PAYMENTS_H
#define PAYMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/http.h"

/*
 * Asks the gateway to start a committed payment, and commits its answer.  A
 * lost answer leaves the payment unknown, for the jobs to trace.
 */
void start_payment(struct request *req, int64_t payment_id);

/* Polls or traces one payment that is due; false when none was. */
bool follow_payment(struct request *req);

#endif
