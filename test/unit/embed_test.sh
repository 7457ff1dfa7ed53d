#!/bin/sh
# embed_test.sh: what sql/embed.awk makes of good headers and of bad ones.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail()
{
	echo "embed_test: $*"
	failed=1
}

# refuses <words of the complaint> <statement>: stops, and names the line.
refuses()
{
	printf '%b' "$2" >"$work/bad.sql"
	if awk -v out="$work/q" -f sql/embed.awk "$work/bad.sql" \
	    2>"$work/said"; then
		fail "took: $2"
	elif ! grep -q "bad.sql:[0-9]*: .*$1" "$work/said"; then
		fail "said $(cat "$work/said") of: $2"
	fi
}

refuses 'uses \$2 but has 1' \
    '-- name: a\n-- args: x int\n-- returns: n int\nselect $1 + $2 as n;\n'
refuses 'does not use \$2, y' \
    '-- name: a\n-- args: x int, y int\n-- returns: n int\nselect $1 as n;\n'
refuses 'is not "name type"' \
    '-- name: a\n-- args: x integer\n-- returns: n int\nselect $1 as n;\n'
refuses 'is not "name type"' \
    '-- name: a\n-- args: x int nul\n-- returns: n int\nselect $1 as n;\n'
refuses 'is not "name type"' \
    '-- name: a\n-- args: int int\n-- returns: n int\nselect $1 as n;\n'
refuses 'is not "name type"' \
    '-- name: a\n-- returns: a.b int\nselect 1 as n;\n'
refuses 'is not "name type"' '-- name: a\n-- returns: n\nselect 1 as n;\n'
refuses 'x stands twice' \
    '-- name: a\n-- args: x int, x int\n-- returns: n int\nselect $1 + $2 as n;\n'
refuses 'n" stands twice' \
    '-- name: a\n-- returns: n int, n int\nselect 1 as n, 2 as n;\n'
refuses 'side by side' \
    '-- name: a\n-- returns: "u.a" int, b int, "u.c" int\nselect 1;\n'
refuses 'a column and an object' \
    '-- name: a\n-- returns: u int, "u.c" int\nselect 1;\n'
refuses 'a column and an object' \
    '-- name: a\n-- returns: "u.c" int, u int\nselect 1;\n'
refuses 'does not say what it returns' '-- name: a\nselect 1;\n'
refuses 'has no statement' '-- name: a\n-- returns: nothing\n'
refuses 'more than one statement' \
    '-- name: a\n-- returns: nothing\nselect 1; select 2;\n'
refuses 'no shape' '-- name: a\n-- returns: @none\nselect 1;\n'
refuses 'no name' '-- name: A b\n-- returns: nothing\nselect 1;\n'
refuses 'no word of C' '-- name: register\n-- returns: nothing\nselect 1;\n'
refuses 'stands also at' \
    '-- name: a\n-- returns: nothing\nselect 1;\n-- name: a\n-- returns: nothing\nselect 1;\n'
refuses 'belongs to no statement' 'select 1;\n'
refuses 'stands there twice' \
    '-- name: a\n-- returns: nothing\n-- returns: nothing\nselect 1;\n'

refuses 'is async and takes bytea' \
    '-- name: a\n-- args: b bytea\n-- returns: nothing\n-- async\nselect $1;\n'

# Dollars and semicolons in strings and comments are no arguments, and every
# type finds its place.
cat >"$work/good.sql" <<'END'
-- shape: who
--   id bigint, "user.id" bigint

-- name: everything
-- args: a bigint, b text, c bigint null, d bool, e time, f json, g uuid,
--   h bytea, i money, j date, k int, l numeric null, m bool null
-- returns: @who, "x.y" money, t time
-- reads
-- No row when nothing fits; $99 is no argument here.
select '$77 isn''t; one', "odd;$78" -- nor is $79; here
  from f($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: nothing_much
-- returns: nothing
select tidy_up('\"');

-- name: from_afar
-- args: a bigint, b text null, c bool
-- returns: n int
-- async
select $1, $2, $3;

-- name: afar_alone
-- returns: nothing
-- async
select 1;
END
cat >"$work/use.c" <<'END'
#include "q.h"
struct rows *use(struct request *req);
void use_link(struct link *l, link_answer answer);
void
use_link(struct link *l, link_answer answer)
{
	struct from_afar q = { .a = 1, .c = true };

	ask_from_afar(l, q, answer, l);
	ask_afar_alone(l, answer, NULL);
}
struct rows *
use(struct request *req)
{
	struct everything q = { .a = 1, .h = "x", .h_size = 1, .d = true };

	q.c = &q.a;
	q.m = &q.d;
	(void)sql_nothing_much(req);
	(void)sql_afar_alone(req);
	return sql_everything(req, q);
}
END
awk -v out="$work/q" -f sql/embed.awk "$work/good.sql" || fail "refused good.sql"
sed -i 's/"queries\.h"/"q.h"/' "$work/q.c"
for f in use q; do
	gcc -std=c11 -Wall -Wextra -Wconversion -Werror -I. -I"$work" \
	    -fsyntax-only "$work/$f.c" || fail "$f.c does not compile"
done
sed 's/{ \.a = 1/{ 1/' "$work/use.c" >"$work/use2.c"
if gcc -std=c11 -Wall -Werror -I. -I"$work" -fsyntax-only "$work/use2.c" \
    2>/dev/null; then
	fail "filled by position and not refused"
fi
grep -q '"user\.id", COLUMN_INT' "$work/q.c" || fail "a shape was lost"
grep -q '\.reads = true' "$work/q.c" || fail "reads was lost"

[ "$failed" = 0 ] && echo "ok test/unit/embed_test.sh"
exit "$failed"
