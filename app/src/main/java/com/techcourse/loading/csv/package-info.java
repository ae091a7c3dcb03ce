/** CSV files of an academy's own data: users, courses, enrolments, coupons, through every rule of the database. */
@NullMarked
package com.techcourse.loading.csv;

import org.jspecify.annotations.NullMarked;
