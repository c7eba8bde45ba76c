/** Certificates and keys in files: what TLS connections to PostgreSQL need of them. */
@NullMarked
package dev.mooring.postgres.tls;

import org.jspecify.annotations.NullMarked;
