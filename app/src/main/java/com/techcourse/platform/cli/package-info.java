/** Commands that start, migrate and describe the academy. */
@NullMarked
package com.techcourse.platform.cli;

import org.jspecify.annotations.NullMarked;
