/** Programs of the system that do one thing and end, and files and folders that only one user may read. */
@NullMarked
package com.techcourse.platform.programs;

import org.jspecify.annotations.NullMarked;
