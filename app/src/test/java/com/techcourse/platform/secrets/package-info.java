/** Tests of sealed secrets. */
@NullMarked
package com.techcourse.platform.secrets;

import org.jspecify.annotations.NullMarked;
