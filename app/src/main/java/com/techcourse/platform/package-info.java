/** The technical room: the opened database, who acts in it, and how commands print. */
@NullMarked
package com.techcourse.platform;

import org.jspecify.annotations.NullMarked;
