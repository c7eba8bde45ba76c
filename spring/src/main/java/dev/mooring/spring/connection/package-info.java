/**
 * Decides which connections of clients may stay: how long each phase may last, and which connections end when places run out. Knows no
 * web server. What may come in: rules about connections. Not: sockets, requests.
 */
@NullMarked
package dev.mooring.spring.connection;

import org.jspecify.annotations.NullMarked;
