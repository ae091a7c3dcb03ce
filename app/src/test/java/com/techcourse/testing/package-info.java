/** What all tests stand on: real PostgreSQL, one migrated template, a clone for each test that writes. */
@NullMarked
package com.techcourse.testing;

import org.jspecify.annotations.NullMarked;
