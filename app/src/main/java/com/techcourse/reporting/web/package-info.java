/** The accountants' pages. */
@NullMarked
package com.techcourse.reporting.web;

import org.jspecify.annotations.NullMarked;
