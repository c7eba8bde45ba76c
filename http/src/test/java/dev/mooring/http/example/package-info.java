/** The code of the page docs/how-to/http-backends.md, and the test that runs it. */
@NullMarked
package dev.mooring.http.example;

import org.jspecify.annotations.NullMarked;
