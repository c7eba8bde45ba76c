/**
 * What every request passes before it reaches the application: its id, a place among the request threads, a limit of size and of
 * time, and the rule which web pages may call. What may come in: bounds of requests, whatever they are about.
 */
@NullMarked
package dev.mooring.spring.request;

import org.jspecify.annotations.NullMarked;
