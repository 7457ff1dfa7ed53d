/*
 * identity.h: a certificate for "localhost" that nobody has heard of.
 *
 * Shape   identity_open makes a key, signs the certificate with it, and puts
 *         the certificate into a file for those who are told to trust it.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum { IDENTITY_PATH_SIZE = 32, IDENTITY_LIFE_S = 86400 };

struct identity {
	char path[IDENTITY_PATH_SIZE]; /* of the certificate, PEM */
	SSL_CTX *ctx;                  /* for a server that shows it */
};

__attribute__((unused)) static inline void
identity_extend(X509 *cert, int nid, const char *value)
{
	X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(ext);
	assert_int_equal(X509_add_ext(cert, ext, -1), 1);
	X509_EXTENSION_free(ext);
}

__attribute__((unused)) static inline X509 *
identity_certificate(EVP_PKEY *key)
{
	X509 *cert = X509_new();
	X509_NAME *name;

	assert_non_null(cert);
	name = X509_get_subject_name(cert);
	assert_int_equal(X509_set_version(cert, 2), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(cert), 1), 1);
	assert_non_null(X509_gmtime_adj(X509_getm_notBefore(cert), -60));
	assert_non_null(
	    X509_gmtime_adj(X509_getm_notAfter(cert), IDENTITY_LIFE_S));
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
			     (const unsigned char *)"localhost", -1, -1, 0),
	    1);
	assert_int_equal(X509_set_issuer_name(cert, name), 1);
	assert_int_equal(X509_set_pubkey(cert, key), 1);
	identity_extend(cert, NID_subject_alt_name, "DNS:localhost");
	identity_extend(cert, NID_basic_constraints, "critical,CA:TRUE");
	assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
	return cert;
}

__attribute__((unused)) static inline void
identity_open(struct identity *out)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *cert;
	FILE *file;

	assert_non_null(key);
	cert = identity_certificate(key);
	(void)snprintf(out->path, sizeof out->path, "/tmp/identity-XXXXXX");
	file = fdopen(mkstemp(out->path), "w");
	assert_non_null(file);
	assert_int_equal(PEM_write_X509(file, cert), 1);
	assert_int_equal(fclose(file), 0);

	out->ctx = SSL_CTX_new(TLS_server_method());
	assert_non_null(out->ctx);
	assert_int_equal(SSL_CTX_use_certificate(out->ctx, cert), 1);
	assert_int_equal(SSL_CTX_use_PrivateKey(out->ctx, key), 1);
	X509_free(cert);
	EVP_PKEY_free(key);
}

__attribute__((unused)) static inline void
identity_close(struct identity *id)
{
	SSL_CTX_free(id->ctx);
	assert_int_equal(unlink(id->path), 0);
}

/* The server's side of a handshake; NULL when the other side would not. */
__attribute__((unused)) static inline SSL *
identity_accept(const struct identity *id, int fd)
{
	SSL *tls = SSL_new(id->ctx);

	if (tls && SSL_set_fd(tls, fd) == 1 && SSL_accept(tls) == 1)
		return tls;
	SSL_free(tls);
	return NULL;
}

#endif
