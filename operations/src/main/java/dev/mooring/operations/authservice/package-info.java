/**
 * Keys that another service validates, the auth service: its questions and answers, the keys known from earlier answers, and what happens
 * while it gives no clear answer. What may come in: how a key is validated. Not: what a key opens, which is {@code access}.
 */
@NullMarked
package dev.mooring.operations.authservice;

import org.jspecify.annotations.NullMarked;
