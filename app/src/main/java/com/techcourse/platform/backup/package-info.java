/** Backups of the embedded academy, their verification, and the way back to any moment. */
@NullMarked
package com.techcourse.platform.backup;

import org.jspecify.annotations.NullMarked;
