/** Figures for data scientists: item analysis, cohorts, passing scores. */
@NullMarked
package com.techcourse.analytics;

import org.jspecify.annotations.NullMarked;
