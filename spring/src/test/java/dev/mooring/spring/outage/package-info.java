@NullMarked
package dev.mooring.spring.outage;

import org.jspecify.annotations.NullMarked;
