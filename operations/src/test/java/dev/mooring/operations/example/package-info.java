/** Another service: it has the starter and operations, and nothing else of ours. */
@NullMarked
package dev.mooring.operations.example;

import org.jspecify.annotations.NullMarked;
