/** JSON that is written at places where no framework may be needed: health bodies, problem answers, log lines. */
@NullMarked
package dev.mooring.spring.json;

import org.jspecify.annotations.NullMarked;
