package com.techcourse.reporting.web;

import com.techcourse.platform.StaffPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The room's place in the navigation, and who may enter. */
@Configuration(proxyBeanMethods = false)
class ReportingPages {

    @Bean
    @Order(1)
    StaffPage reportingPage() {
        return new StaffPage("/reports/daily-sales", "daily-sales.name", "accountant");
    }
}
