/**
 * JSON bodies, the same for every controller: {@link dev.mooring.spring.body.BodyReader} reads a request field by field and answers
 * all mistakes at once, {@link dev.mooring.spring.body.Answer} gives every response one style. A controller calls these classes
 * itself; the package has no beans and changes nothing in an application that does not use it. It needs Jackson, which
 * {@code spring-boot-starter-webmvc} brings. What may come in: forms of bodies. Not: what a call means.
 */
@NullMarked
package dev.mooring.spring.body;

import org.jspecify.annotations.NullMarked;
