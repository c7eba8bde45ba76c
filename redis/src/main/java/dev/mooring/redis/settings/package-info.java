/** How to reach one Redis: the definitions of the settings {@code REDIS_*}, and their values. What may come in: more of them. */
@NullMarked
package dev.mooring.redis.settings;

import org.jspecify.annotations.NullMarked;
