/** Bulk loading: the sample academy, generated rows, and imports, as set-based SQL through the same rules as the pages. */
@NullMarked
package com.techcourse.loading;

import org.jspecify.annotations.NullMarked;
