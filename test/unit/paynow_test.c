/* paynow_test.c: the protocol's vectors, and a gateway that misbehaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/buf.h"
#include "lib/paynow.h"
#include "test/unit/identity.h"
#include "test/unit/loopback.h"

/* Published in the gateway's documentation. */
#define K "3e9fed89-60e1-4ce5-ab6e-6b1eb2d4f977"
#define GUID "811e0233-e9c6-474f-a01a-f2a4df1dde51"
#define POLL_URL_WIRE                                                          \
	"https%3a%2f%2fwww.paynow.co.zw%2fInterface%2fCheckPayment%2f%3f"      \
	"guid%3d" GUID

#define PAGE_URL "https://www.paynow.co.zw/Payment/ConfirmPayment/15655543"

#define V3_HASH                                                                \
	"DD982F5F279A97BE50E0156742804CAFA5E658E58AC0DB4B7D91C1B45E95A3B4"     \
	"2475F91A249DDBEB1FF2FB69D80D3FAE3DC2289649B03ADEDEDB9624D444485E"
#define V4_HASH                                                                \
	"164050EE53525F43589EEF95812648E2033B98D05DCEBC7951D6CCFB486BCDD3"     \
	"504E2D6E1830C7ACC57C27CDD2E25E13B1911E674F0C27B2B0D0BAB622580BAA"
#define V5_HASH                                                                \
	"4032B768BBDCEC652BC49B3ECE3C1D4AB1FDE2832A0075D2850EAF80D5E3771B"     \
	"97FD79B75C899F340C0270495244DDE9A8C8E5B44A0A11F8DA3B529B635F570E"
#define V6_HASH                                                                \
	"C69ABEEE4E52D2C7886995AD98D1083E42229B3262E8BB4BFC7A23DE451A5090"     \
	"2B37151350C28068F19F546912DDB0276D63216A2691FBFEE874A92447E1932C"
#define V7_HASH                                                                \
	"770E7AEB1641F6C4BF5E70A754B04547B0E0E604ED1AC6690AA9B6646EDF27B8"     \
	"993448285F6981D6777577046840F76CB936600B6377A658D2A3B10E4DAA15ED"
#define V8_HASH                                                                \
	"D1B391C3A3765C2EC84726C2D9FE731B38B7371CD46B713DFFE4BE0F679F0C06"     \
	"F2653DF6D659C57FA1AAEDE959A1BBC186D19AA4AB98692C842F1826350033E8"
#define V9_HASH                                                                \
	"EA622A43CDC9ECD34C159B344692D9190675A0934C7D22C3D135C12A3CE495FD"     \
	"718FB5A15FE4B610FE473F88B7FE7ABFA5C064D6C40A6E2733C01254DFC6DC92"
#define V10_HASH                                                               \
	"0A874F34E24DBC21E02882AA203FF61861B86CDA03E1B337128534B0982387E3"     \
	"965264CF5CDD211358C4C2ACA0AD0F2307EA8FBFB4818846937637C156854B18"

#define V6_BODY                                                                \
	"status=Ok&browserurl=https%3a%2f%2fwww.paynow.co.zw%2fPayment%2f"     \
	"ConfirmPayment%2f15655543&pollurl=" POLL_URL_WIRE                     \
	"&paynowreference=15655543&hash=" V6_HASH
#define V7_BODY                                                                \
	"reference=A%26B%3d%2b%25+%c3%a9&paynowreference=1%2c082"              \
	"&amount=1.00&status=Paid&pollurl=" POLL_URL_WIRE "&hash=" V7_HASH
#define V8_CORE                                                                \
	"reference=BB000000000042&paynowreference=15655543&amount=10.50"       \
	"&status=Awaiting+Delivery&pollurl=" POLL_URL_WIRE
#define V8_BODY V8_CORE "&hash=" V8_HASH

/* Short enough for a test, long enough for a busy machine to connect. */
enum {
	PATIENCE_MS = 20000,
	IMPATIENCE_MS = 300,
	LONG_REPLY = 73728,
	PAIRS_MAX = 12
};

static const char v3_url[] = "https://www.paynow.co.zw/Interface/CheckPayment/"
			     "?guid=06f656ab-ed60-4a03-8373-a3321b4b3e68";
static const char poll_url[] =
    "https://www.paynow.co.zw/Interface/CheckPayment/?guid=" GUID;

static const struct paynow_account account = {
	.currency = "USD",
	.id = "1201",
	.key = K,
};
static const struct paynow live = { .base_url = "https://www.paynow.co.zw" };

static const struct paynow_order web_order = {
	.reference = "BB000000000042",
	.amount_cents = 1050,
	.info = "",
	.return_url = "https://shop.example/pay/return?o=42&t=a b",
	.result_url = "https://shop.example/pay/result/42",
	.email = "ada@example.com",
	.trace = "BB000000000042A1",
};
static const struct paynow_order express_order = {
	.reference = "BB000000000042",
	.amount_cents = 1050,
	.info = "",
	.return_url = "https://shop.example/r",
	.result_url = "https://shop.example/c",
	.email = "ada@example.com",
	.trace = "BB000000000042A1",
	.method = "ecocash",
	.phone = "0771111111",
};

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct form
form_of(const char *body)
{
	struct form f;

	assert_true(form_read(&f, arena, body, strlen(body)));
	return f;
}

/* ---- The hash ---- */

static void
every_published_vector_comes_out(void **state)
{
	static const struct {
		const char *name;
		const char *key;
		const char *hash;
		const char *value[PAIRS_MAX];
	} vectors[] = {
		{ "V1", K,
		    "2A033FC38798D913D42ECB786B9B19645ADEDBDE788862032F1BD82CF"
		    "3B92DEF84F316385D5B40DBB35F1A4FD7D5BFE73835174136463CDD48"
		    "C9366B0749C689",
		    { "1201", "TEST REF", "99.99", "A test ticket transaction",
			"http://www.google.com/search?q=returnurl",
			"http://www.google.com/search?q=resulturl",
			"Message" } },
		{ "V2", K,
		    "750DD0B0DF374678707BB5AF915AF81C228B9058AD57BB7120569EC68"
		    "BBB9C2EFC1B26C6375D2BC562AC909B3CD6B2AF1D42E1A5E479FFAC8F"
		    "4FB3FDCE71DF4D",
		    { "Ok",
			"https://staging.paynow.co.zw/Payment/ConfirmPayment/"
			"9510",
			"https://staging.paynow.co.zw/Interface/CheckPayment/"
			"?guid=c7ed41da-0159-46da-b428-69549f770413",
			"9510" } },
		{ "V3", "0123456789", V3_HASH,
		    { "Invoice 32", "1234567", "3.50", "Created", v3_url } },
		{ "V4", K, V4_HASH,
		    { "1201", "BB000000000042", "10.50", "",
			"https://shop.example/pay/return?o=42&t=a b",
			"https://shop.example/pay/result/42", "ada@example.com",
			"BB000000000042A1", "Message" } },
		{ "V5", K, V5_HASH,
		    { "1201", "BB000000000042", "10.50",
			"https://shop.example/r", "https://shop.example/c",
			"ada@example.com", "0771111111", "ecocash",
			"BB000000000042A1", "Message" } },
		{ "V6", K, V6_HASH, { "Ok", PAGE_URL, poll_url, "15655543" } },
		{ "V7", K, V7_HASH,
		    { "A&B=+% \xc3\xa9", "1,082", "1.00", "Paid", poll_url } },
		{ "V8", K, V8_HASH,
		    { "BB000000000042", "15655543", "10.50",
			"Awaiting Delivery", poll_url } },
		{ "V9", K, V9_HASH, { "1201", "BB000000000042A1", "Message" } },
		{ "V10", K, V10_HASH, { "NotFound" } },
		{ "V11", K,
		    "60977AD3A6A1E5529811B88B882ACFC8C1ECC1BF6F24494A088AB3E1E"
		    "B75A0A943DC2129197A9D5D76A310DB2F16EC8207D4F7697CABD9EE49"
		    "8CF8F91B7A58AC",
		    { "1201", "012345", "Message" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		struct form f = { .count = 0 };
		char hash[PAYNOW_HASH_SIZE];

		for (size_t j = 0; j < PAIRS_MAX && vectors[i].value[j]; j++) {
			f.pair[j].name = "whatever";
			f.pair[j].value = vectors[i].value[j];
			f.pair[j].value_size = strlen(f.pair[j].value);
			f.count++;
		}
		paynow_hash(hash, &f, vectors[i].key);
		if (strcmp(hash, vectors[i].hash) != 0)
			fail_msg("%s came out as %s", vectors[i].name, hash);
	}
}

static void
messages_off_the_wire_are_signed(void **state)
{
	static const struct {
		const char *key;
		const char *body;
	} good[] = {
		{ K, V6_BODY },
		{ K, V7_BODY },
		{ K, V8_BODY },
		{ K, V8_BODY "\r\n" },
		{ K, "status=NotFound&hash=" V10_HASH },
		/* the hash anywhere, and under any letter case */
		{ K, "HASH=" V10_HASH "&Status=NotFound" },
		/* the key counts in lower case */
		{ "3E9FED89-60E1-4CE5-AB6E-6B1EB2D4F977", V8_BODY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct paynow_account acc = { .key = good[i].key };
		struct form f = form_of(good[i].body);

		if (!paynow_signed(&f, &acc))
			fail_msg("refused: %s", good[i].body);
	}
}

static void
an_unsigned_or_touched_message_is_not_signed(void **state)
{
	static const char *const bad[] = {
		"",
		V8_CORE,
		V8_CORE "&hash=",
		V8_CORE "&hash=D1B391C3",
		V8_CORE "&hash=" V7_HASH,
		V8_CORE "&hash=" V8_HASH "0",
		V8_CORE "&hash=" V8_HASH "&hash=" V8_HASH,
		V8_CORE "&hash=" V8_HASH "&Hash=" V7_HASH,
		V8_CORE "&extra=x&hash=" V8_HASH,
		V8_CORE "+&hash=" V8_HASH,
		"status=NotFound&hash="
		"0a874f34e24dbc21e02882aa203ff61861b86cda03e1b337128534b098238"
		"7e3965264cf5cdd211358c4c2aca0ad0f2307ea8fbfb4818846937637c156"
		"854b18",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct form f = form_of(bad[i]);

		if (paynow_signed(&f, &account))
			fail_msg("taken: %s", bad[i]);
	}
}

static void
an_old_key_counts_while_it_is_set(void **state)
{
	struct paynow_account acc = { .key = "new", .old_key = K };
	struct form f = form_of(V8_BODY);

	(void)state;
	assert_true(paynow_signed(&f, &acc));
	acc.old_key = "";
	assert_false(paynow_signed(&f, &acc));
	acc.old_key = NULL;
	assert_false(paynow_signed(&f, &acc));
}

/* Anybody can sign with nothing. */
static void
an_empty_key_signs_nothing(void **state)
{
	struct paynow_account acc = { .key = "", .old_key = "" };
	struct form f = form_of("status=NotFound");
	char hash[PAYNOW_HASH_SIZE];

	(void)state;
	paynow_hash(hash, &f, "");
	f = form_of(arena_printf(arena, "status=NotFound&hash=%s", hash));
	assert_false(paynow_signed(&f, &acc));
}

/* ---- What the digest cannot see (paynow.md 6.3) ---- */

/* The signature stays good; comparing with what was stored is the caller's. */
static void
a_shifted_boundary_passes_and_shows_in_the_values(void **state)
{
	static const char *const shifted[] = {
		/* 1565554 and 310.50: dearer */
		"reference=BB000000000042&paynowreference=1565554&amount=310.50"
		"&status=Awaiting+Delivery&pollurl=" POLL_URL_WIRE
		"&hash=" V8_HASH,
		"reference=BB00000000004&paynowreference=215655543&amount=10.50"
		"&status=Awaiting+Delivery&pollurl=" POLL_URL_WIRE
		"&hash=" V8_HASH,
	};
	struct paynow_update u;
	struct form f = form_of(shifted[0]);

	(void)state;
	assert_true(paynow_signed(&f, &account));
	assert_true(paynow_update_read(&u, &f));
	assert_true(u.exact);
	assert_int_equal(u.amount_cents, 31050);
	assert_string_equal(u.paynow_reference, "1565554");

	f = form_of(shifted[1]);
	assert_true(paynow_signed(&f, &account));
	assert_true(paynow_update_read(&u, &f));
	assert_string_equal(u.reference, "BB00000000004");
}

static void
a_relabelled_message_passes_and_is_not_exact(void **state)
{
	/* V8's status goes into an invented field, and another stands in. */
	struct form f = form_of(
	    "reference=BB&status=0000&paynowreference=00"
	    "&other=00004215655543&amount=10.50"
	    "&more=Awaiting+Delivery&pollurl=" POLL_URL_WIRE "&hash=" V8_HASH);
	struct paynow_update u;

	(void)state;
	assert_true(paynow_signed(&f, &account));
	assert_true(paynow_update_read(&u, &f));
	assert_false(u.exact);
	assert_string_equal(u.status, "0000");
}

/* ---- Updates ---- */

static void
an_update_is_read_whole(void **state)
{
	struct form f = form_of(V8_BODY);
	struct paynow_update u;

	(void)state;
	assert_true(paynow_update_read(&u, &f));
	assert_string_equal(u.reference, "BB000000000042");
	assert_string_equal(u.paynow_reference, "15655543");
	assert_string_equal(u.status, "Awaiting Delivery");
	assert_string_equal(u.poll_url, poll_url);
	assert_true(u.amount_good);
	assert_int_equal(u.amount_cents, 1050);
	assert_true(u.exact);

	f = form_of(V7_BODY);
	assert_true(paynow_update_read(&u, &f));
	assert_string_equal(u.paynow_reference, "1,082");
	assert_string_equal(u.reference, "A&B=+% \xc3\xa9");
}

static void
an_incomplete_or_doubled_update_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"hash=" V8_HASH,
		"paynowreference=1&amount=1.00&status=Paid&pollurl=x",
		"reference=B&amount=1.00&status=Paid&pollurl=x",
		"reference=B&paynowreference=1&status=Paid&pollurl=x",
		"reference=B&paynowreference=1&amount=1.00&pollurl=x",
		"reference=B&paynowreference=1&amount=1.00&status=Paid",
		"reference=&paynowreference=1&amount=1.00&status=Paid"
		"&pollurl=x",
		"reference=B&paynowreference=1&amount=1.00&status=+&pollurl=x",
		/* twice, in any letter case, core or not */
		"reference=B&paynowreference=1&amount=1.00&status=Paid"
		"&pollurl=x&Status=Paid",
		"reference=B&paynowreference=1&amount=1.00&status=Paid"
		"&pollurl=x&x=1&X=2",
		"reference=B&paynowreference=1&amount=1.00&status=Paid"
		"&pollurl=x&hash=1&hash=1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct form f = form_of(bad[i]);
		struct paynow_update u;

		if (paynow_update_read(&u, &f))
			fail_msg("taken: %s", bad[i]);
	}
}

static void
only_the_documented_form_is_exact(void **state)
{
	static const struct {
		const char *body;
		bool exact;
	} cases[] = {
		{ V8_BODY, true },
		{ "Reference=B&PaynowReference=1&Amount=1.00&Status=Paid"
		  "&PollUrl=x&Hash=1",
		    true },
		{ V8_CORE, false },
		{ V8_CORE "&extra=1&hash=1", false },
		{ V8_BODY "&extra=", false },
		{ "reference=B&amount=1.00&paynowreference=1&status=Paid"
		  "&pollurl=x&hash=1",
		    false },
		{ "hash=1&reference=B&paynowreference=1&amount=1.00"
		  "&status=Paid&pollurl=x",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct form f = form_of(cases[i].body);
		struct paynow_update u;

		assert_true(paynow_update_read(&u, &f));
		if (u.exact != cases[i].exact)
			fail_msg("wrong on %s", cases[i].body);
	}
}

static void
an_amount_is_plain_decimal_text(void **state)
{
	static const struct {
		const char *wire;
		bool good;
		int64_t cents;
	} cases[] = {
		{ "10.50", true, 1050 },
		{ "10.5", true, 1050 },
		{ "0.01", true, 1 },
		{ "0010.50", true, 1050 },
		{ "10", false, 0 },
		{ "10.", false, 0 },
		{ ".50", false, 0 },
		{ "", false, 0 },
		{ "10.505", false, 0 },
		{ "1%2c000.00", false, 0 },
		{ "10%2c50", false, 0 },
		{ "-10.50", false, 0 },
		{ "%2b10.50", false, 0 },
		{ "+10.50", false, 0 },
		{ "10.50+", false, 0 },
		{ "1e3.00", false, 0 },
		{ "0x1.00", false, 0 },
		{ "10.50USD", false, 0 },
		{ "99999999999999999999.00", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct form f = form_of(arena_printf(arena,
		    "reference=B&paynowreference=1&amount=%s&status=Paid"
		    "&pollurl=x",
		    cases[i].wire));
		struct paynow_update u;

		assert_true(paynow_update_read(&u, &f));
		if (u.amount_good != cases[i].good ||
		    u.amount_cents != cases[i].cents)
			fail_msg("wrong on %s", cases[i].wire);
	}
}

static void
a_status_comes_in_its_documented_spelling(void **state)
{
	static const struct {
		const char *wire;
		const char *status;
	} cases[] = {
		{ "Paid", "Paid" },
		{ "paid", "Paid" },
		{ "+PAID+", "Paid" },
		{ "awaiting+delivery%0a", "Awaiting Delivery" },
		{ "FAILED", "Failed" },
		{ "Paidx", "Paidx" },
		{ "Paid+Paid", "Paid Paid" },
		{ "+Brand+New", "Brand New" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct form f = form_of(arena_printf(arena,
		    "reference=B&paynowreference=1&amount=1.00&status=%s"
		    "&pollurl=x",
		    cases[i].wire));
		struct paynow_update u;

		assert_true(paynow_update_read(&u, &f));
		assert_string_equal(u.status, cases[i].status);
	}
}

/* ---- Addresses ---- */

#define POLL "/interface/checkpayment"
#define LONG_TAIL                                                              \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"     \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
the_gateways_own_addresses_are_good(void **state)
{
	static const char *const poll[] = {
		poll_url,
		"https://www.paynow.co.zw/interface/checkpayment",
		"https://www.paynow.co.zw/interface/checkpayment/",
		"https://www.paynow.co.zw/interface/checkpayment?guid=1",
		"HTTPS://WWW.PAYNOW.CO.ZW/INTERFACE/CHECKPAYMENT/?GUID=1",
		"https://www.paynow.co.zw:443/Interface/CheckPayment/?guid=1",
	};
	static const char *const page[] = {
		"https://www.paynow.co.zw/Payment/ConfirmPayment/15655543",
		"https://www.paynow.co.zw/Payment/Confirm/156/ada@x.example//",
		"https://www.paynow.co.zw/payment/x?a=b%20c",
	};

	(void)state;
	for (size_t i = 0; i < sizeof poll / sizeof poll[0]; i++)
		if (!paynow_url_good(&live, poll[i], POLL))
			fail_msg("refused: %s", poll[i]);
	for (size_t i = 0; i < sizeof page / sizeof page[0]; i++)
		if (!paynow_url_good(&live, page[i], "/payment/"))
			fail_msg("refused: %s", page[i]);
}

static void
anybody_elses_addresses_are_not(void **state)
{
	static const char *const bad[] = {
		"",
		"x",
		"/interface/checkpayment/",
		"//evil/interface/checkpayment/",
		"//www.paynow.co.zw/interface/checkpayment/",
		"https:",
		"https:/www.paynow.co.zw/interface/checkpayment/",
		"https://",
		"https:///interface/checkpayment/",
		"http://www.paynow.co.zw/interface/checkpayment/",
		"httpss://www.paynow.co.zw/interface/checkpayment/",
		"file:///interface/checkpayment/",
		"gopher://www.paynow.co.zw/interface/checkpayment/",
		" https://www.paynow.co.zw/interface/checkpayment/",
		/* userinfo */
		"https://www.paynow.co.zw@evil/interface/checkpayment/",
		"https://evil@www.paynow.co.zw/interface/checkpayment/",
		"https://a:b@www.paynow.co.zw/interface/checkpayment/",
		"https://www.paynow.co.zw:443@evil/interface/checkpayment/",
		"https://www.paynow.co.zw:@evil/interface/checkpayment/",
		"https://www.paynow.co.zw%40evil/interface/checkpayment/",
		/* another host */
		"https://evil/interface/checkpayment/",
		"https://www.paynow.co.zw.evil/interface/checkpayment/",
		"https://www.paynow.co.zwevil/interface/checkpayment/",
		"https://paynow.co.zw/interface/checkpayment/",
		"https://evil.www.paynow.co.zw/interface/checkpayment/",
		"https://www.paynow.co.zw./interface/checkpayment/",
		"https://127.0.0.1/interface/checkpayment/",
		"https://[::1]/interface/checkpayment/",
		"https://[www.paynow.co.zw]/interface/checkpayment/",
		"https://[::1/interface/checkpayment/",
		"https://www%2epaynow%2eco%2ezw/interface/checkpayment/",
		/* another port */
		"https://www.paynow.co.zw:80/interface/checkpayment/",
		"https://www.paynow.co.zw:8443/interface/checkpayment/",
		"https://www.paynow.co.zw:/interface/checkpayment/",
		"https://www.paynow.co.zw:0443/interface/checkpayment/",
		"https://www.paynow.co.zw:443x/interface/checkpayment/",
		"https://www.paynow.co.zw:65979/interface/checkpayment/",
		"https://www.paynow.co.zw:-443/interface/checkpayment/",
		/* another path */
		"https://www.paynow.co.zw",
		"https://www.paynow.co.zw/",
		"https://www.paynow.co.zw?/interface/checkpayment/",
		"https://www.paynow.co.zw/payment/1",
		"https://www.paynow.co.zw//interface/checkpayment/",
		"https://www.paynow.co.zw/interface/checkpaymentx",
		"https://www.paynow.co.zw/x/interface/checkpayment/",
		"https://www.paynow.co.zw/interface/checkpayment/../trace",
		"https://www.paynow.co.zw/interface/checkpayment/%2E%2e/x",
		"https://www.paynow.co.zw/interface/checkpayment/.%2e/x",
		/* what two readers may take differently */
		"https://www.paynow.co.zw\\@evil/interface/checkpayment/",
		"https:\\\\www.paynow.co.zw/interface/checkpayment/",
		"https://www.paynow.co.zw#@evil/interface/checkpayment/",
		"https://www.paynow.co.zw/interface/checkpayment/#x",
		"https://www.paynow.co.zw/interface/checkpayment/ x",
		"https://www.paynow.co.zw/interface/checkpayment/\r\nX: y",
		"https://www.paynow.co.zw/interface/checkpayment/\t",
		"https://www.paynow.co.zw\t.evil/interface/checkpayment/",
		"https://www.paynow.co.zw/interface/checkpayment/\x7f",
		"https://www.paynow.co.zw/interface/checkpayment/\xc3\xa9",
		"https://www.p\xd0\xb0ynow.co.zw/interface/checkpayment/",
	};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (paynow_url_good(&live, bad[i], POLL))
			fail_msg("taken: %s", bad[i]);
	assert_false(paynow_url_good(&live, NULL, POLL));

	buf_open(&b, arena, 8192);
	buf_text(&b, poll_url);
	while (b.len <= 2048)
		buf_text(&b, LONG_TAIL);
	assert_false(paynow_url_good(&live, b.data, POLL));
}

static void
a_base_is_https_or_loopback_by_a_setting(void **state)
{
	static const struct {
		const char *base;
		const char *url;
		bool loopback;
		bool good;
	} cases[] = {
		{ "https://www.paynow.co.zw/", "https://www.paynow.co.zw" POLL,
		    false, true },
		{ "http://127.0.0.1:9400", "http://127.0.0.1:9400" POLL, true,
		    true },
		{ "http://localhost:9400", "http://localhost:9400" POLL, true,
		    true },
		{ "http://[::1]:9400", "http://[::1]:9400" POLL, true, true },
		{ "http://127.0.0.1:9400", "http://127.0.0.1" POLL, true,
		    true },
		{ "https://127.0.0.1:9400", "https://127.0.0.1:9400" POLL,
		    false, true },
		{ "http://127.0.0.1:9400", "http://127.0.0.1:9400" POLL, false,
		    false },
		{ "http://127.0.0.1:9400", "http://127.0.0.1:9401" POLL, true,
		    false },
		{ "http://127.0.0.1:9400", "https://127.0.0.1:9400" POLL, true,
		    false },
		{ "http://127.0.0.1:9400", "http://localhost:9400" POLL, true,
		    false },
		{ "http://www.paynow.co.zw", "http://www.paynow.co.zw" POLL,
		    true, false },
		{ "http://127.0.0.1.evil", "http://127.0.0.1.evil" POLL, true,
		    false },
		{ "http://localhost@evil", "http://localhost@evil" POLL, true,
		    false },
		{ "https://www.paynow.co.zw/x", "https://www.paynow.co.zw" POLL,
		    false, false },
		{ "https://www.paynow.co.zw?x", "https://www.paynow.co.zw" POLL,
		    false, false },
		{ "www.paynow.co.zw", "https://www.paynow.co.zw" POLL, false,
		    false },
		{ "", "" POLL, true, false },
		{ NULL, "https://www.paynow.co.zw" POLL, true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct paynow p = { .base_url = cases[i].base,
			.loopback = cases[i].loopback };

		if (paynow_url_good(&p, cases[i].url, POLL) != cases[i].good)
			fail_msg("wrong on %s for %s", cases[i].url,
			    cases[i].base ? cases[i].base : "nothing");
	}
}

/* ---- Phones ---- */

static void
phones_come_out_in_one_form(void **state)
{
	static const struct {
		const char *text;
		const char *phone;
	} cases[] = {
		{ "0771111111", "0771111111" },
		{ "771111111", "0771111111" },
		{ "263771111111", "0771111111" },
		{ "+263771111111", "0771111111" },
		{ "+263 77 111-1111", "0771111111" },
		{ " 077 111 1111 ", "0771111111" },
		{ "(077) 111 1111", "0771111111" },
		{ "0712345678", "0712345678" },
		{ "", NULL },
		{ "+", NULL },
		{ "0", NULL },
		{ "077111111", NULL },
		{ "07711111111", NULL },
		{ "0871111111", NULL },
		{ "871111111", NULL },
		{ "+771111111", NULL },
		{ "+0771111111", NULL },
		{ "++263771111111", NULL },
		{ "263+771111111", NULL },
		{ "2630771111111", NULL },
		{ "264771111111", NULL },
		{ "00263771111111", NULL },
		{ "077111111a", NULL },
		{ "0771111111;x", NULL },
		{ "077.111.1111", NULL },
		{ "0771111111\n", NULL },
		{ "99999999999999999999999999", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *got = paynow_phone(arena, cases[i].text);

		if (!got != !cases[i].phone ||
		    (got && strcmp(got, cases[i].phone) != 0))
			fail_msg("%s came out as %s", cases[i].text,
			    got ? got : "nothing");
	}
}

/* ---- A gateway on loopback ---- */

struct canned {
	enum { ANSWER, SILENCE, RESET } how;
	const char *bytes; /* the whole answer, head and all */
	size_t size;
};

static size_t
content_length(const char *head)
{
	const char *at = strcasestr(head, "\r\nContent-Length:");

	return at ? (size_t)strtoul(at + 17, NULL, 10) : 0;
}

/* Reads one request whole, tells it, and does as the script says. */
static void
gateway(int fd, int note, const void *script)
{
	const struct canned *c = script;
	char request[LOOPBACK_HEARD_MAX];
	size_t len = 0;
	const char *end = NULL;

	request[0] = '\0';
	while (!end ||
	       len < (size_t)(end - request) + 4 + content_length(request)) {
		ssize_t n = read(fd, request + len, sizeof request - 1 - len);

		if (n <= 0)
			return;
		len += (size_t)n;
		request[len] = '\0';
		end = strstr(request, "\r\n\r\n");
	}
	if (write(note, request, len) != (ssize_t)len)
		return;
	if (c->how == ANSWER)
		(void)loopback_say(fd, c->bytes, c->size);
	else if (c->how == SILENCE)
		loopback_wait(fd);
	else
		loopback_cut(fd);
}

static struct paynow
on_port(int port)
{
	return (struct paynow){
		.base_url = arena_printf(arena, "http://127.0.0.1:%d", port),
		.loopback = true,
		.connect_ms = PATIENCE_MS,
		.total_ms = PATIENCE_MS,
	};
}

static struct canned
http_200(const char *body)
{
	struct canned c = { .how = ANSWER };

	c.bytes = arena_printf(arena,
	    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    strlen(body), body);
	c.size = strlen(c.bytes);
	return c;
}

/* A form as the gateway would sign it; pairs by two, NULL at the end. */
static const char *
signed_body(const char *const pairs[])
{
	struct form f = { .count = 0 };
	char hash[PAYNOW_HASH_SIZE];
	struct buf b;

	buf_open(&b, arena, 4096);
	for (size_t i = 0; pairs[i]; i += 2) {
		form_add(&b, pairs[i], pairs[i + 1]);
		f.pair[f.count].name = pairs[i];
		f.pair[f.count].value = pairs[i + 1];
		f.pair[f.count].value_size = strlen(pairs[i + 1]);
		f.count++;
	}
	paynow_hash(hash, &f, K);
	form_add(&b, "hash", hash);
	return b.data;
}

static const char *
heard_body(const struct loopback *s)
{
	const char *end = strstr(s->heard, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

/* The gateway's port must be known before its answer can be signed, so the
 * answer is put together by the child, from these. */
struct offer {
	const char *page; /* after the base; NULL leaves it out */
	const char *poll;
	const char *otp;
	const char *page_base; /* NULL: the gateway's own */
};

static void
offering_gateway(int fd, int note, const void *script)
{
	const struct offer *o = script;
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	const char *pairs[16] = { "status", "Ok" };
	struct canned c;
	const char *base;
	size_t n = 2;

	if (getsockname(fd, (struct sockaddr *)&at, &size) != 0)
		return;
	base = arena_printf(arena, "http://127.0.0.1:%d", ntohs(at.sin_port));
	pairs[n++] = "instructions";
	pairs[n++] = "Dial *151*2*4# & enter your PIN";
	if (o->page) {
		pairs[n++] = "BrowserUrl";
		pairs[n++] = arena_printf(
		    arena, "%s%s", o->page_base ? o->page_base : base, o->page);
	}
	if (o->poll) {
		pairs[n++] = "pollurl";
		pairs[n++] = arena_printf(arena, "%s%s", base, o->poll);
	}
	if (o->otp) {
		pairs[n++] = "remoteotpurl";
		pairs[n++] = o->otp;
	}
	pairs[n++] = "paynowreference";
	pairs[n++] = "15655543";
	c = http_200(signed_body(pairs));
	gateway(fd, note, &c);
}

static enum paynow_result
start_with(struct paynow_reply *out, struct loopback *s,
    loopback_speaker *speaker, const void *script,
    const struct paynow_order *order)
{
	enum paynow_result result;
	struct paynow p;

	loopback_open(s, speaker, script);
	p = on_port(s->port);
	result = paynow_start(out, arena, &p, &account, order);
	loopback_close(s);
	return result;
}

static void
a_web_order_goes_out_as_v4(void **state)
{
	struct offer o = { .page = "/Payment/ConfirmPayment/15655543",
		.poll = "/Interface/CheckPayment/?guid=" GUID };
	struct paynow_reply r;
	struct loopback s;

	(void)state;
	assert_int_equal(
	    start_with(&r, &s, offering_gateway, &o, &web_order), PAYNOW_OK);
	assert_ptr_equal(
	    strstr(s.heard, "POST /interface/initiatetransaction HTTP/1.1\r\n"),
	    s.heard);
	assert_non_null(strcasestr(s.heard,
	    "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
	assert_string_equal(heard_body(&s),
	    "id=1201&reference=BB000000000042&amount=10.50"
	    "&returnurl=https%3A%2F%2Fshop.example%2Fpay%2Freturn"
	    "%3Fo%3D42%26t%3Da+b"
	    "&resulturl=https%3A%2F%2Fshop.example%2Fpay%2Fresult%2F42"
	    "&authemail=ada%40example.com&merchanttrace=BB000000000042A1"
	    "&status=Message&hash=" V4_HASH);

	assert_non_null(strstr(r.browser_url, "/Payment/ConfirmPayment/"));
	assert_non_null(strstr(r.poll_url, "/Interface/CheckPayment/?guid="));
	assert_string_equal(r.paynow_reference, "15655543");
	assert_string_equal(r.instructions, "Dial *151*2*4# & enter your PIN");
	assert_null(r.authorization_code);
	assert_null(r.error);
	assert_int_equal(r.http_status, 200);
	assert_int_equal(r.raw_size, strlen(r.raw));
}

static void
an_express_order_goes_out_as_v5(void **state)
{
	struct offer o = { .poll = "/Interface/CheckPayment/?guid=" GUID };
	struct paynow_order order = express_order;
	struct paynow_reply r;
	struct loopback s;

	(void)state;
	order.reference = "  BB000000000042"; /* blanks at the ends go */
	order.email = "ada@example.com\n";
	assert_int_equal(
	    start_with(&r, &s, offering_gateway, &o, &order), PAYNOW_OK);
	assert_ptr_equal(
	    strstr(s.heard, "POST /interface/remotetransaction HTTP/1.1\r\n"),
	    s.heard);
	assert_string_equal(heard_body(&s),
	    "id=1201&reference=BB000000000042&amount=10.50"
	    "&returnurl=https%3A%2F%2Fshop.example%2Fr"
	    "&resulturl=https%3A%2F%2Fshop.example%2Fc"
	    "&authemail=ada%40example.com&phone=0771111111&method=ecocash"
	    "&merchanttrace=BB000000000042A1&status=Message&hash=" V5_HASH);
	assert_null(r.browser_url);
	assert_non_null(r.poll_url);
}

/* The signature is good in each: only the address speaks against it. */
static void
an_ok_that_leads_elsewhere_is_lost(void **state)
{
	static const struct offer offers[] = {
		{ .page = "/Payment/1" },
		{ .poll = "/interface/checkpayment/" },
		{ .page = "/Payment/1", .poll = "/interface/trace" },
		{ .page = "/other/1", .poll = "/interface/checkpayment/" },
		{ .page = "/Payment/1",
		    .poll = "/interface/checkpayment/",
		    .page_base = "https://evil.example" },
		{ .page = "/Payment/1",
		    .poll = "/interface/checkpayment/",
		    .otp = "https://evil.example/interface/remoteotp" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof offers / sizeof offers[0]; i++) {
		struct paynow_reply r;
		struct loopback s;

		assert_int_equal(start_with(&r, &s, offering_gateway,
				     &offers[i], &web_order),
		    PAYNOW_LOST);
		assert_null(r.browser_url);
		assert_null(r.poll_url);
		assert_true(r.raw_size > 0);
	}
}

static void
an_error_is_told_in_its_own_words(void **state)
{
	struct canned c =
	    http_200("Status=Error&Error=Invalid+Hash.++Hash+should+start");
	struct paynow_reply r;
	struct loopback s;

	(void)state;
	assert_int_equal(
	    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_ERROR);
	assert_string_equal(r.error, "Invalid Hash.  Hash should start");
	assert_int_equal(r.http_status, 200);

	c = http_200("status=Error");
	assert_int_equal(
	    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_ERROR);
	assert_string_equal(r.error, "");
}

#define HEAD_200 "HTTP/1.1 200 OK\r\nConnection: close\r\n"

static void
an_answer_that_is_not_whole_and_signed_is_lost(void **state)
{
	static const struct {
		const char *bytes;
		long http_status;
	} cases[] = {
		{ "", 0 },
		{ "garbage\r\n\r\n", 0 },
		{ "HTTP/1.1 200", 0 },
		{ HEAD_200 "Content-Length: 0\r\n\r\n", 200 },
		{ HEAD_200 "\r\n<html><body>Ok</body></html>", 200 },
		/* verifies, but is of another host than this gateway */
		{ HEAD_200 "\r\n" V6_BODY, 200 },
		{ HEAD_200 "Content-Length: 900\r\n\r\nstatus=Error&error=x",
		    200 },
		{ HEAD_200 "Transfer-Encoding: chunked\r\n\r\n"
			   "14\r\nstatus=Error&error=x\r\n",
		    200 },
		{ HEAD_200 "\r\nstatus=Ok&pollurl=x", 200 },
		{ HEAD_200 "\r\nstatus=Ok&hash=" V10_HASH, 200 },
		{ HEAD_200 "\r\nstatus=NotFound&hash=" V10_HASH, 200 },
		{ HEAD_200 "\r\nstatus=Error&status=Ok&error=x", 200 },
		{ HEAD_200 "\r\nstatus=Error&error=%zz", 200 },
		{ HEAD_200 "\r\nstatus=Error&error=%00", 200 },
		{ "HTTP/1.1 500 Oops\r\nContent-Length: 20\r\n\r\n"
		  "status=Error&error=x",
		    500 },
		{ "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", 503 },
		{ "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n"
		  "Connection: close\r\n\r\n<html>Access denied</html>",
		    403 },
		{ "HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n"
		  "status=Error&error=x",
		    201 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct canned c = { .how = ANSWER,
			.bytes = cases[i].bytes,
			.size = strlen(cases[i].bytes) };
		struct paynow_reply r;
		struct loopback s;
		int result = start_with(&r, &s, gateway, &c, &web_order);

		if (result != PAYNOW_LOST ||
		    r.http_status != cases[i].http_status)
			fail_msg("%d, HTTP %ld on %s", result, r.http_status,
			    cases[i].bytes);
		assert_non_null(r.raw);
		assert_null(r.poll_url);
		assert_null(r.error);
	}
}

static void
what_came_of_a_lost_answer_is_kept(void **state)
{
	static const char bytes[] = "HTTP/1.1 502 Bad Gateway\r\n"
				    "Content-Length: 90\r\n\r\n<html>cut";
	struct canned c = { ANSWER, bytes, sizeof bytes - 1 };
	struct paynow_reply r;
	struct loopback s;

	(void)state;
	assert_int_equal(
	    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_LOST);
	assert_string_equal(r.raw, "<html>cut");
	assert_int_equal(r.raw_size, 9);
	assert_int_equal(r.http_status, 502);
}

static void
silence_is_lost_when_time_is_up(void **state)
{
	struct canned c = { .how = SILENCE };
	struct paynow_reply r;
	struct loopback s;
	struct paynow p;

	(void)state;
	loopback_open(&s, gateway, &c);
	p = on_port(s.port);
	p.total_ms = IMPATIENCE_MS;
	assert_int_equal(
	    paynow_start(&r, arena, &p, &account, &web_order), PAYNOW_LOST);
	loopback_close(&s);
	assert_int_equal(r.http_status, 0);
	assert_string_equal(r.raw, "");
}

static void
a_reset_or_a_closed_door_is_lost(void **state)
{
	struct canned c = { .how = RESET };
	struct paynow_reply r;
	struct loopback s;
	struct paynow p;
	int port;

	(void)state;
	assert_int_equal(
	    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_LOST);
	assert_non_null(strstr(s.heard, V4_HASH)); /* it may well have acted */

	(void)close(loopback_listen(&port, 0));
	p = on_port(port);
	assert_int_equal(
	    paynow_start(&r, arena, &p, &account, &web_order), PAYNOW_LOST);
}

static void
a_redirect_is_lost_and_never_followed(void **state)
{
	static const char *const codes[] = { "301", "302", "303", "307",
		"308" };
	int port;
	int elsewhere = loopback_listen(&port, SOCK_NONBLOCK);

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		struct canned c = { .how = ANSWER };
		struct paynow_reply r;
		struct loopback s;

		c.bytes = arena_printf(arena,
		    "HTTP/1.1 %s Over There\r\n"
		    "Location: http://127.0.0.1:%d/interface/checkpayment/\r\n"
		    "Content-Length: 0\r\n\r\n",
		    codes[i], port);
		c.size = strlen(c.bytes);
		assert_int_equal(
		    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_LOST);
		assert_int_equal(r.http_status, strtol(codes[i], NULL, 10));
		assert_true(accept4(elsewhere, NULL, NULL, SOCK_CLOEXEC) < 0);
		assert_int_equal(errno, EAGAIN);
	}
	(void)close(elsewhere);
}

static void
a_reply_past_the_cap_is_lost_and_cut(void **state)
{
	static const char head[] = "HTTP/1.1 200 OK\r\n"
				   "Content-Length: 71680\r\n\r\n"
				   "status=Error&error=";
	struct canned c = { .how = ANSWER };
	struct paynow_reply r;
	struct loopback s;
	struct buf b;

	(void)state;
	buf_open(&b, arena, LONG_REPLY + 1024);
	buf_text(&b, head);
	while (b.len < LONG_REPLY)
		buf_text(&b, LONG_TAIL);
	c.bytes = b.data;
	c.size = b.len;
	assert_int_equal(
	    start_with(&r, &s, gateway, &c, &web_order), PAYNOW_LOST);
	assert_int_equal(r.raw_size, PAYNOW_REPLY_MAX);
	assert_int_equal(strlen(r.raw), PAYNOW_REPLY_MAX);
	assert_null(r.error);
}

static void
a_bad_order_or_setting_never_leaves(void **state)
{
	static const struct paynow_account keyless = { .id = "1201",
		.key = "" };
	static const struct paynow_account nameless = { .id = "", .key = K };
	struct paynow_order orders[10];
	size_t n = 0;
	int port;
	int listener = loopback_listen(&port, SOCK_NONBLOCK);
	struct paynow p = on_port(port);
	struct paynow_update u;
	struct paynow_reply r;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		orders[i] = web_order;
	orders[n++].amount_cents = 0;
	orders[n++].amount_cents = -1050;
	orders[n++].reference = " ";
	orders[n++].return_url = NULL;
	orders[n++].trace = "";
	orders[n++].trace = "123456789012345678901234567890123";
	orders[n] = express_order;
	orders[n++].phone = NULL;
	orders[n] = express_order;
	orders[n++].email = "";
	for (size_t i = 0; i < n; i++)
		assert_int_equal(
		    paynow_start(&r, arena, &p, &account, &orders[i]),
		    PAYNOW_REFUSED);
	assert_int_equal(
	    paynow_start(&r, arena, &p, &keyless, &web_order), PAYNOW_REFUSED);
	assert_int_equal(
	    paynow_start(&r, arena, &p, &nameless, &web_order), PAYNOW_REFUSED);
	assert_string_equal(r.raw, "");
	assert_int_equal(
	    paynow_trace(&u, arena, &p, &account, ""), PAYNOW_REFUSED);
	assert_int_equal(
	    paynow_poll(&u, arena, &p, &account, poll_url), PAYNOW_REFUSED);
	assert_int_equal(paynow_poll(&u, arena, &p, &account,
			     arena_printf(arena, "%s/elsewhere", p.base_url)),
	    PAYNOW_REFUSED);

	p.loopback = false; /* plain http again needs the setting */
	assert_int_equal(
	    paynow_start(&r, arena, &p, &account, &web_order), PAYNOW_REFUSED);
	assert_int_equal(
	    paynow_trace(&u, arena, &p, &account, "T1"), PAYNOW_REFUSED);
	assert_int_equal(
	    paynow_poll(&u, arena, &p, &account,
		arena_printf(arena, "%s/interface/checkpayment/", p.base_url)),
	    PAYNOW_REFUSED);

	assert_true(accept4(listener, NULL, NULL, SOCK_CLOEXEC) < 0);
	assert_int_equal(errno, EAGAIN);
	(void)close(listener);
}

/* Says Error to whoever will speak with it. */
static void
tls_gateway(int fd, int note, const void *script)
{
	struct canned c = http_200("status=Error&error=heard");
	SSL *tls = identity_accept(script, fd);
	char request[4096];
	int n = tls ? SSL_read(tls, request, sizeof request) : 0;

	if (n > 0 && write(note, request, (size_t)n) == n)
		(void)SSL_write(tls, c.bytes, (int)c.size);
	SSL_free(tls);
}

static void
only_a_gateway_that_proves_its_name_hears_us(void **state)
{
	static const struct {
		const char *host;
		bool trusted;
		enum paynow_result result;
	} cases[] = {
		{ "localhost", true, PAYNOW_ERROR },
		{ "localhost", false, PAYNOW_LOST },
		{ "127.0.0.1", true, PAYNOW_LOST }, /* not in its name */
	};
	struct identity id;

	(void)state;
	identity_open(&id);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct paynow_reply r;
		struct loopback s;
		struct paynow p;

		loopback_open(&s, tls_gateway, &id);
		p = on_port(s.port);
		p.loopback = false;
		p.base_url =
		    arena_printf(arena, "https://%s:%d", cases[i].host, s.port);
		p.ca_file = cases[i].trusted ? id.path : NULL;
		assert_int_equal(
		    paynow_start(&r, arena, &p, &account, &web_order),
		    cases[i].result);
		loopback_close(&s);
		if (cases[i].result == PAYNOW_LOST)
			assert_string_equal(s.heard, "");
	}
	identity_close(&id);
}

/* ---- Polls and traces ---- */

static void
updating_gateway(int fd, int note, const void *script)
{
	const char *status = script;
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	const char *pairs[] = { "reference", "BB000000000042",
		"paynowreference", "15655543", "amount", "10.50", "status",
		status, "pollurl", NULL, NULL };
	struct canned c;

	if (getsockname(fd, (struct sockaddr *)&at, &size) != 0)
		return;
	pairs[9] = arena_printf(arena,
	    "http://127.0.0.1:%d/Interface/CheckPayment/?guid=" GUID,
	    ntohs(at.sin_port));
	c = http_200(signed_body(pairs));
	gateway(fd, note, &c);
}

static enum paynow_result
poll_with(struct paynow_update *out, struct loopback *s,
    loopback_speaker *speaker, const void *script)
{
	enum paynow_result result;
	struct paynow p;

	loopback_open(s, speaker, script);
	p = on_port(s->port);
	result = paynow_poll(out, arena, &p, &account,
	    arena_printf(
		arena, "%s/Interface/CheckPayment/?guid=" GUID, p.base_url));
	loopback_close(s);
	return result;
}

static enum paynow_result
trace_with(struct paynow_update *out, struct loopback *s,
    loopback_speaker *speaker, const void *script)
{
	enum paynow_result result;
	struct paynow p;

	loopback_open(s, speaker, script);
	p = on_port(s->port);
	result = paynow_trace(out, arena, &p, &account, "BB000000000042A1");
	loopback_close(s);
	return result;
}

static void
a_poll_is_an_empty_post(void **state)
{
	struct paynow_update u;
	struct loopback s;

	(void)state;
	assert_int_equal(
	    poll_with(&u, &s, updating_gateway, "paid"), PAYNOW_OK);
	assert_ptr_equal(
	    strstr(s.heard,
		"POST /Interface/CheckPayment/?guid=" GUID " HTTP/1.1\r\n"),
	    s.heard);
	assert_non_null(strcasestr(s.heard, "\r\nContent-Length: 0\r\n"));
	assert_string_equal(heard_body(&s), "");
	assert_string_equal(u.status, "Paid");
	assert_string_equal(u.reference, "BB000000000042");
	assert_int_equal(u.amount_cents, 1050);
	assert_true(u.exact);
	assert_int_equal(u.http_status, 200);
	assert_int_equal(u.raw_size, strlen(u.raw));
	assert_null(u.error);
}

static void
a_poll_that_says_nothing_sure_is_lost(void **state)
{
	static const char *const bodies[] = {
		"",
		V8_CORE,
		V8_BODY, /* signed, and of another host than asked */
		"status=NotFound&hash=" V10_HASH,
	};
	struct paynow_update u;
	struct loopback s;
	struct canned c;

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		c = http_200(bodies[i]);
		assert_int_equal(poll_with(&u, &s, gateway, &c), PAYNOW_LOST);
		assert_string_equal(u.raw, bodies[i]);
		assert_null(u.status);
	}
	c = http_200("status=Error&error=No+such");
	assert_int_equal(poll_with(&u, &s, gateway, &c), PAYNOW_ERROR);
	assert_string_equal(u.error, "No such");
}

static void
a_trace_goes_out_as_v9_and_finds_or_does_not(void **state)
{
	struct canned c = http_200("status=NotFound&hash=" V10_HASH);
	struct paynow_update u;
	struct loopback s;

	(void)state;
	assert_int_equal(trace_with(&u, &s, gateway, &c), PAYNOW_NOT_FOUND);
	assert_ptr_equal(
	    strstr(s.heard, "POST /interface/trace HTTP/1.1\r\n"), s.heard);
	assert_string_equal(heard_body(&s),
	    "id=1201&merchanttrace=BB000000000042A1&status=Message"
	    "&hash=" V9_HASH);

	assert_int_equal(
	    trace_with(&u, &s, updating_gateway, "Created"), PAYNOW_OK);
	assert_string_equal(u.status, "Created");
	assert_non_null(u.poll_url);
}

/* Any of these would let a second payment start beside the first. */
static void
only_a_verified_not_found_is_one(void **state)
{
	static const char *const lost[] = {
		"status=NotFound",
		"status=NotFound&hash=" V9_HASH,
		"status=NotFound&hash=",
		"",
	};
	struct paynow_update u;
	struct loopback s;
	struct canned c;

	(void)state;
	for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++) {
		c = http_200(lost[i]);
		assert_int_equal(trace_with(&u, &s, gateway, &c), PAYNOW_LOST);
	}
	c = http_200("status=Error&error=Trace+failed");
	assert_int_equal(trace_with(&u, &s, gateway, &c), PAYNOW_ERROR);
	assert_string_equal(u.error, "Trace failed");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_published_vector_comes_out),
		CASE(messages_off_the_wire_are_signed),
		CASE(an_unsigned_or_touched_message_is_not_signed),
		CASE(an_old_key_counts_while_it_is_set),
		CASE(an_empty_key_signs_nothing),
		CASE(a_shifted_boundary_passes_and_shows_in_the_values),
		CASE(a_relabelled_message_passes_and_is_not_exact),
		CASE(an_update_is_read_whole),
		CASE(an_incomplete_or_doubled_update_is_refused),
		CASE(only_the_documented_form_is_exact),
		CASE(an_amount_is_plain_decimal_text),
		CASE(a_status_comes_in_its_documented_spelling),
		CASE(the_gateways_own_addresses_are_good),
		CASE(anybody_elses_addresses_are_not),
		CASE(a_base_is_https_or_loopback_by_a_setting),
		CASE(phones_come_out_in_one_form),
		CASE(a_web_order_goes_out_as_v4),
		CASE(an_express_order_goes_out_as_v5),
		CASE(an_ok_that_leads_elsewhere_is_lost),
		CASE(an_error_is_told_in_its_own_words),
		CASE(an_answer_that_is_not_whole_and_signed_is_lost),
		CASE(what_came_of_a_lost_answer_is_kept),
		CASE(silence_is_lost_when_time_is_up),
		CASE(a_reset_or_a_closed_door_is_lost),
		CASE(a_redirect_is_lost_and_never_followed),
		CASE(a_reply_past_the_cap_is_lost_and_cut),
		CASE(a_bad_order_or_setting_never_leaves),
		CASE(only_a_gateway_that_proves_its_name_hears_us),
		CASE(a_poll_is_an_empty_post),
		CASE(a_poll_that_says_nothing_sure_is_lost),
		CASE(a_trace_goes_out_as_v9_and_finds_or_does_not),
		CASE(only_a_verified_not_found_is_one),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
