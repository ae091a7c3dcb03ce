/** Secrets that the database keeps and cannot read: sealed under a key of the installation, and again under a new one. */
@NullMarked
package com.techcourse.platform.secrets;

import org.jspecify.annotations.NullMarked;
