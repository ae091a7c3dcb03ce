/** The analysts' pages. */
@NullMarked
package com.techcourse.analytics.web;

import org.jspecify.annotations.NullMarked;
