/** The command {@code import questions}. */
@NullMarked
package com.techcourse.catalog.cli;

import org.jspecify.annotations.NullMarked;
