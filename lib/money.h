/*
 * money.h: amounts of money as whole cents.
 *
 * Shape   int64_t cents, 0 to MONEY_MAX_CENTS; no double anywhere.
 * Source  JSON numbers and Paynow's "amount": decimal text, two places.
 */
#ifndef MONEY_H
#define MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MONEY_MAX_CENTS INT64_C(999999999999)
enum { MONEY_SIZE = 24 }; /* bytes that money_print needs */

/*
 * Reads "25", "25.5" or "25.00" into cents.  False, and *out untouched, for
 * a sign, a third place, a blank, or more than MONEY_MAX_CENTS.
 */
bool money_parse(int64_t *out, const char *text);

/* Writes "25.00"; negative cents get a sign.  Returns out. */
char *money_print(char out[MONEY_SIZE], int64_t cents);

#endif
