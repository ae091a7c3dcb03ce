/** The command {@code import}. */
@NullMarked
package com.techcourse.loading.oulad.cli;

import org.jspecify.annotations.NullMarked;
