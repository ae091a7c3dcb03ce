/** Questions about the health of the database, each one SQL file, answered without a superuser and without a change. */
@NullMarked
package com.techcourse.platform.doctor;

import org.jspecify.annotations.NullMarked;
