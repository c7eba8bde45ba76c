/**
 * Lists that clients read page by page, with the parameters {@code limit} and {@code page_token}. A controller calls these classes
 * itself; the package has no beans. What may come in: how a client asks for a page and where the next one begins. Not: what a list
 * holds.
 */
@NullMarked
package dev.mooring.spring.page;

import org.jspecify.annotations.NullMarked;
