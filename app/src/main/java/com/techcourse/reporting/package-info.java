/** Views for people who do not write joins: daily sales, payouts, segments. */
@NullMarked
package com.techcourse.reporting;

import org.jspecify.annotations.NullMarked;
