/** Tests of the sample academy, the seed and the imports on real PostgreSQL. */
@NullMarked
package com.techcourse.loading;

import org.jspecify.annotations.NullMarked;
