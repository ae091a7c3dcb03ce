/** Commands for those who pay out. */
@NullMarked
package com.techcourse.sales.cli;

import org.jspecify.annotations.NullMarked;
