/** The public pages of the catalogue and of a course. */
@NullMarked
package com.techcourse.catalog.web;

import org.jspecify.annotations.NullMarked;
