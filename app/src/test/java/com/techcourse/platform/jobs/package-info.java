/** Tests of background work. */
@NullMarked
package com.techcourse.platform.jobs;

import org.jspecify.annotations.NullMarked;
