/** Transactions that wait for a database which is away. What may come in: how a request copes with an outage. */
@NullMarked
package dev.mooring.examples.flow.transactions;

import org.jspecify.annotations.NullMarked;
