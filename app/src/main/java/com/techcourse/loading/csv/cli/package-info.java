/** The commands {@code import users}, {@code courses}, {@code enrollments} and {@code coupons}. */
@NullMarked
package com.techcourse.loading.csv.cli;

import org.jspecify.annotations.NullMarked;
