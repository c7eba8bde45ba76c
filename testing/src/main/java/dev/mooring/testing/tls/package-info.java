/** Certificates that a test makes for its servers. What may come in: keys and certificates, no servers. */
@NullMarked
package dev.mooring.testing.tls;

import org.jspecify.annotations.NullMarked;
