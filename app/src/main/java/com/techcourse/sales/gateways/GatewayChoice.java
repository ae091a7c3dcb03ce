package com.techcourse.sales.gateways;

import com.techcourse.platform.mail.PublicUrl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One gateway at a time: Stripe where its key is given, else the demo. */
@Configuration(proxyBeanMethods = false)
class GatewayChoice {

    @Bean
    Gateway gateway(StripeSettings stripe, ObjectProvider<StripeApi> api, DemoBank bank, PublicUrl publicUrl) {
        return stripe.areGiven() ? new StripeGateway(api.getObject()) : new DemoGateway(bank, publicUrl);
    }
}
