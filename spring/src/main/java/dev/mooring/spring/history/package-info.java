/** What has been of the dependencies, remembered and told over HTTP. What may come in: its questions and answers. Not: keeping it on disk. */
@NullMarked
package dev.mooring.spring.history;

import org.jspecify.annotations.NullMarked;
