/** The orders service: takes orders, reserves their amounts, and learns when they are paid. It writes the table {@code orders}. */
@NullMarked
package dev.mooring.examples.flow.orders;

import org.jspecify.annotations.NullMarked;
