/** What is taught: categories, courses, lessons, quizzes, prices. */
@NullMarked
package com.techcourse.catalog;

import org.jspecify.annotations.NullMarked;
