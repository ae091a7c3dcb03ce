package com.techcourse.platform.web;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Finds the pages and endpoints of all rooms. */
@SpringBootApplication(scanBasePackages = "com.techcourse")
class WebApplication {}
