/** Build time only: Java names for every table and column, read from a really migrated PostgreSQL. */
@NullMarked
package com.techcourse.codegen;

import org.jspecify.annotations.NullMarked;
