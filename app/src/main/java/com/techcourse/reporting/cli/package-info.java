/** The report commands; each prints a view of the room. */
@NullMarked
package com.techcourse.reporting.cli;

import org.jspecify.annotations.NullMarked;
