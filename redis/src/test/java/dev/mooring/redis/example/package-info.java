/** The code of the page docs/how-to/redis.md, and the test that runs it. */
@NullMarked
package dev.mooring.redis.example;

import org.jspecify.annotations.NullMarked;
