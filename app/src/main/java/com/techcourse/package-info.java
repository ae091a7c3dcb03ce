/** The front door: the command line of TechCourse. */
@NullMarked
package com.techcourse;

import org.jspecify.annotations.NullMarked;
