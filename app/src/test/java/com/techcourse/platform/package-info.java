/** The front door under attack: killed processes, taken ports, foreign folders, full disks. */
@NullMarked
package com.techcourse.platform;

import org.jspecify.annotations.NullMarked;
