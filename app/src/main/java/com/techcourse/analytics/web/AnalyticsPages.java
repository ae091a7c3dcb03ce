package com.techcourse.analytics.web;

import com.techcourse.platform.StaffPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The room's place in the navigation, and who may enter. */
@Configuration(proxyBeanMethods = false)
class AnalyticsPages {

    @Bean
    @Order(3)
    StaffPage analyticsPage() {
        return new StaffPage("/analytics/passing-score", "passing-score.name", "analyst");
    }
}
