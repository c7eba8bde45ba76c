/** The layered diagnosis of Redis: its checks, and the steps that verify them. What may come in: what looks at a server and changes nothing. */
@NullMarked
package dev.mooring.redis.diagnosis;

import org.jspecify.annotations.NullMarked;
