/** The analytics commands; each prints a view of the room. */
@NullMarked
package com.techcourse.analytics.cli;

import org.jspecify.annotations.NullMarked;
