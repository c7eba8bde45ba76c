/** An application without a web server that reads its database in a constructor and in a runner. */
@NullMarked
package dev.mooring.applications.noweb;

import org.jspecify.annotations.NullMarked;
