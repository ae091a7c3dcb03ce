/** The auditors' pages. */
@NullMarked
package com.techcourse.audit.web;

import org.jspecify.annotations.NullMarked;
