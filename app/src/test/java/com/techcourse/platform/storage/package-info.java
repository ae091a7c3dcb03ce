/** Tests of the store of files. */
@NullMarked
package com.techcourse.platform.storage;

import org.jspecify.annotations.NullMarked;
