/** Commands that fill the academy. */
@NullMarked
package com.techcourse.loading.cli;

import org.jspecify.annotations.NullMarked;
