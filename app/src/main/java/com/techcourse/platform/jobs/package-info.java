/** Background work, kept in the database and done by any node, and work that comes again and again. */
@NullMarked
package com.techcourse.platform.jobs;

import org.jspecify.annotations.NullMarked;
