/**
 * What a system expects of its database: the scripts that make its schema, the tables that must exist, the name of the database and the
 * time limits of the job that creates them. What may come in: further systems and their scripts. Not: what a system does with its tables.
 */
@NullMarked
package dev.mooring.profiles;

import org.jspecify.annotations.NullMarked;
