/** The payments service: records the payment of each reserved order. It writes the table {@code payments}. */
@NullMarked
package dev.mooring.examples.flow.payments;

import org.jspecify.annotations.NullMarked;
