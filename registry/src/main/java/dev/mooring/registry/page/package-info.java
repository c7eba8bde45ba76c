/** Lists that are given out page by page. What may come in: how a page is asked for and where the next begins. Not: what is listed. */
@NullMarked
package dev.mooring.registry.page;

import org.jspecify.annotations.NullMarked;
