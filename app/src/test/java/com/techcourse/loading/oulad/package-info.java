/** The import on real PostgreSQL: a small set with every oddity, and the whole data set where it is at hand. */
@NullMarked
package com.techcourse.loading.oulad;

import org.jspecify.annotations.NullMarked;
