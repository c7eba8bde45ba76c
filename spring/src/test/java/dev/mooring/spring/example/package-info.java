/** What a user of the starter has, end to end. */
@NullMarked
package dev.mooring.spring.example;

import org.jspecify.annotations.NullMarked;
