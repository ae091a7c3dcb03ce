/** Tests of CSV imports. */
@NullMarked
package com.techcourse.loading.csv;

import org.jspecify.annotations.NullMarked;
