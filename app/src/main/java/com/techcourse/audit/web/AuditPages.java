package com.techcourse.audit.web;

import com.techcourse.platform.StaffPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The room's place in the navigation, and who may enter. */
@Configuration(proxyBeanMethods = false)
class AuditPages {

    @Bean
    @Order(2)
    StaffPage auditPage() {
        return new StaffPage("/audit/prices", "prices.name", "auditor");
    }
}
